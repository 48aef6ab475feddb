/**
 * Uniform and exponential values in PyTorch's order of draws. Normal values are in normal.ts,
 * integers and permutations in integers.ts, categories in multinomial.ts.
 *
 * @module
 */

import { GenlabError } from "../errors.ts";
import { checkCount } from "./count.ts";
import type { Generator } from "./generator.ts";

/**
 * `n` values uniform in [from, to), as `torch.empty(n, dtype).uniform_(from, to)` fills them; with
 * the default bounds 0 and 1, as `torch.rand(n)`. Equal to the last bit in float32; in float64 the
 * scaling to other bounds may differ by one rounding, where PyTorch's compiler fuses it.
 *
 * @throws {GenlabError} if `n` is not a count, or `from` is more than `to` or either is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { uniform } from "./distributions.ts";
 * import { Generator } from "./generator.ts";
 *
 * const u = uniform(new Generator(0), 2); // torch.manual_seed(0); torch.rand(2)
 * assertEquals([...u], [0.49625658988952637, 0.7682217955589294]);
 * ```
 */
export function uniform(
  generator: Generator,
  n: number,
  from?: number,
  to?: number,
  dtype?: "float32",
): Float32Array<ArrayBuffer>;
export function uniform(
  generator: Generator,
  n: number,
  from: number,
  to: number,
  dtype: "float64",
): Float64Array<ArrayBuffer>;
export function uniform(
  generator: Generator,
  n: number,
  from: number,
  to: number,
  dtype: "float32" | "float64",
): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
export function uniform(
  generator: Generator,
  n: number,
  from = 0,
  to = 1,
  dtype: "float32" | "float64" = "float32",
): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
  checkCount("uniform", n);
  // PyTorch rounds float32 bounds and their difference to float32, then scales in double.
  const round = dtype === "float32" ? Math.fround : (x: number) => x;
  const low = round(from);
  const width = round(round(to) - low);
  if (!(from <= to && Number.isFinite(width))) {
    throw new GenlabError(
      `uniform: the bounds must be finite in ${dtype} with from <= to, got from = ${from}, to = ${to}`,
    );
  }
  return dtype === "float32"
    ? uniformFloat32(generator, n, low, width)
    : uniformFloat64(generator, n, low, width);
}

function uniformFloat32(
  generator: Generator,
  n: number,
  low: number,
  width: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) out[i] = generator.float() * width + low;
  return out;
}

function uniformFloat64(
  generator: Generator,
  n: number,
  low: number,
  width: number,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) out[i] = generator.double() * width + low;
  return out;
}

/**
 * `n` values of the exponential distribution with rate 1, as `torch.empty(n).exponential_()` fills
 * them: `-log(1 - u)` of a double `u`.
 *
 * @throws {GenlabError} if `n` is not a count.
 */
export function exponential(generator: Generator, n: number): Float32Array<ArrayBuffer> {
  checkCount("exponential", n);
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) out[i] = -Math.log1p(-generator.double());
  return out;
}
