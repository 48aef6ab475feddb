/**
 * Random integers and permutations in PyTorch's order of draws.
 *
 * @module
 */

import { GenlabError } from "../errors.ts";
import { checkCount } from "./count.ts";
import type { Generator } from "./generator.ts";

/** From this range on, PyTorch takes 64 random bits for each integer, unless they are int32. */
const WIDE_RANGE = 2 ** 32;

/**
 * `n` integers uniform in [low, high), as `torch.randint(low, high, (n,))` draws them: 32 random
 * bits modulo the range, or 64 bits for a range of 2^32 and more. `into` chooses the array: int32, or
 * float64 for integers of up to 53 bits.
 *
 * @throws {GenlabError} if `n` is not a count, the bounds are not integers with low < high, or they
 * do not fit `into`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Generator } from "./generator.ts";
 * import { randint } from "./integers.ts";
 *
 * const dice = randint(new Generator(0), 5, 1, 7); // torch.manual_seed(0); torch.randint(1, 7, (5,))
 * assertEquals([...dice], [3, 4, 6, 1, 2]);
 * ```
 */
export function randint(
  generator: Generator,
  n: number,
  low: number,
  high: number,
  into?: "int32",
): Int32Array<ArrayBuffer>;
export function randint(
  generator: Generator,
  n: number,
  low: number,
  high: number,
  into: "float64",
): Float64Array<ArrayBuffer>;
export function randint(
  generator: Generator,
  n: number,
  low: number,
  high: number,
  into: "int32" | "float64" = "int32",
): Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
  checkCount("randint", n);
  checkBounds(low, high, into);
  const range = high - low;
  if (into === "float64" && range >= WIDE_RANGE) return wideIntegers(generator, n, low, high);
  const out = into === "int32" ? new Int32Array(n) : new Float64Array(n);
  for (let i = 0; i < n; i++) out[i] = generator.uint32() % range + low;
  return out;
}

function wideIntegers(
  generator: Generator,
  n: number,
  low: number,
  high: number,
): Float64Array<ArrayBuffer> {
  const base = BigInt(low);
  const range = BigInt(high) - base;
  return Float64Array.from({ length: n }, () => Number(generator.uint64() % range + base));
}

/**
 * Throws unless integers can be drawn from [low, high), for those who draw later.
 *
 * @throws {GenlabError} if a bound is no integer, the range is empty, or it is beyond the dtype
 */
export function checkBounds(
  low: number,
  high: number,
  into: "int32" | "float32" | "float64",
): void {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high)) {
    throw new GenlabError(
      `randint: a bound is an integer of at most 53 bits, got low = ${low}, high = ${high}; ` +
        "pass whole numbers",
    );
  }
  if (low >= high) {
    throw new GenlabError(
      `randint: low must be less than high, which is never drawn, got low = ${low}, high = ${high}`,
    );
  }
  if (into === "int32" && (low < -(2 ** 31) || high > 2 ** 31)) {
    throw new GenlabError(
      `randint: [${low}, ${high}) is beyond int32, which goes from -2^31 to 2^31 - 1; ` +
        "take narrower bounds or float64",
    );
  }
  if (into === "float32" && (low < -(2 ** 24) || high - 1 > 2 ** 24)) {
    throw new GenlabError(
      `randint: float32 does not hold all whole numbers of [${low}, ${high}), only those from -2^24 ` +
        "to 2^24; take narrower bounds or float64",
    );
  }
}

/**
 * A 63-bit integer, in [0, 2^63): `torch.empty((), dtype=torch.int64).random_()`, with which
 * PyTorch's DataLoader and samplers seed their own generators.
 */
export function random63(generator: Generator): bigint {
  return BigInt.asUintN(63, generator.uint64());
}

/**
 * The integers 0 to n - 1 in random order, as `torch.randperm(n)`: a shuffle that swaps place i with
 * place `i + draw mod (n - i)`, i from 0 to n - 2.
 *
 * @throws {GenlabError} if `n` is not a count, or is 2^32 / 20 or more, where PyTorch shuffles
 * otherwise.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Generator } from "./generator.ts";
 * import { randperm } from "./integers.ts";
 *
 * assertEquals([...randperm(new Generator(0), 5)].sort(), [0, 1, 2, 3, 4]);
 * ```
 */
export function randperm(generator: Generator, n: number): Int32Array<ArrayBuffer> {
  checkCount("randperm", n);
  if (n >= 2 ** 32 / 20) {
    throw new GenlabError(`randperm: n must be below 2^32 / 20 = 214748364.8, got ${n}`);
  }
  const out = new Int32Array(n);
  for (let i = 0; i < n; i++) out[i] = i;
  for (let i = 0; i < n - 1; i++) {
    const j = i + generator.uint32() % (n - i);
    const moved = out[i];
    out[i] = out[j];
    out[j] = moved;
  }
  return out;
}
