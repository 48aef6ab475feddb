/**
 * A random number generator that yields PyTorch's CPU stream: the same seed gives the same draws.
 *
 * @module
 */

import { GenlabError } from "../errors.ts";
import { MersenneTwister, STATE_WORDS } from "./mersenne_twister.ts";

/** The seed of a generator that was given none: PyTorch's `default_rng_seed_val`. */
export const DEFAULT_SEED = 67280421310721n;

const MIN_SEED = -(2n ** 63n);
const MAX_SEED = 2n ** 64n - 1n;

/**
 * Byte offsets in a saved state, which is laid out as `torch.get_rng_state()` lays out its own
 * (`CPUGeneratorImplState`, little endian), so that a stream begun in PyTorch can go on here.
 */
const AT = { seed: 0, left: 8, seeded: 12, next: 16, words: 24, normal: 5024, hasNormal: 5040 };
const STATE_BYTES = 5056;

/**
 * A seeded source of random draws, like `torch.Generator` on CPU.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Generator } from "./generator.ts";
 *
 * const generator = new Generator(0);
 * assertEquals(generator.float(), 0.49625658988952637); // torch.manual_seed(0); torch.rand(())
 * const state = generator.getState();
 * const next = generator.float();
 * assertEquals(generator.setState(state).float(), next);
 * ```
 */
export class Generator {
  #twister = new MersenneTwister(0);
  #seed = DEFAULT_SEED;
  /** The second value of the last Box-Muller pair, until it is used. */
  #nextGaussian: number | undefined;

  /**
   * A generator seeded with `seed`, by default {@linkcode DEFAULT_SEED}.
   *
   * @throws {GenlabError} as {@linkcode Generator.manualSeed} does.
   */
  constructor(seed: number | bigint = DEFAULT_SEED) {
    this.manualSeed(seed);
  }

  /**
   * Starts the stream of `seed`, an integer in [-2^63, 2^64). Only its low 32 bits reach the engine,
   * as in PyTorch 1.13.
   *
   * @throws {GenlabError} if `seed` is not an integer, is a number too large to be exact, or is out
   * of range.
   */
  manualSeed(seed: number | bigint): this {
    this.#seed = validSeed(seed);
    this.#twister.seed(Number(BigInt.asUintN(32, this.#seed)));
    this.#nextGaussian = undefined;
    return this;
  }

  /** The seed last set, in [0, 2^64): negative seeds come back plus 2^64, as in PyTorch. */
  initialSeed(): bigint {
    return this.#seed;
  }

  /** 32 random bits: an integer in [0, 2^32). One draw of the engine. */
  uint32(): number {
    return this.#twister.next();
  }

  /** 64 random bits: an integer in [0, 2^64). Two draws, the high word first. */
  uint64(): bigint {
    const high = this.#twister.next();
    return (BigInt(high) << 32n) | BigInt(this.#twister.next());
  }

  /** A multiple of 2^-24 in [0, 1), uniform: the low 24 bits of one draw. */
  float(): number {
    return (this.#twister.next() & 0xffffff) / 0x1000000;
  }

  /** A multiple of 2^-53 in [0, 1), uniform: the low 53 bits of a 64-bit draw. */
  double(): number {
    const high = this.#twister.next() & 0x1fffff;
    return (high * 2 ** 32 + this.#twister.next()) / 2 ** 53;
  }

  /**
   * A standard normal value, in double precision. Values are made in pairs, and every second call
   * returns what the one before kept: `r cos(theta)` and `r sin(theta)`, where
   * `r = sqrt(-2 log(1 - u2))` and `theta = 2 pi u1` (G. Box and M. Muller, 1958).
   */
  gaussian(): number {
    const kept = this.#nextGaussian;
    if (kept !== undefined) {
      this.#nextGaussian = undefined;
      return kept;
    }
    const theta = 2 * Math.PI * this.double();
    const radius = Math.sqrt(-2 * Math.log1p(-this.double()));
    this.#nextGaussian = radius * Math.sin(theta);
    return radius * Math.cos(theta);
  }

  /** Everything needed to go on from here, as 5056 bytes that PyTorch's `set_rng_state` takes. */
  getState(): Uint8Array<ArrayBuffer> {
    const state = new DataView(new ArrayBuffer(STATE_BYTES));
    state.setBigUint64(AT.seed, this.#seed, true);
    // PyTorch counts the draws left of a block, plus one.
    state.setInt32(AT.left, STATE_WORDS - this.#twister.position + 1, true);
    state.setInt32(AT.seeded, 1, true);
    state.setUint32(AT.next, this.#twister.position, true);
    this.#twister.words.forEach((word, i) => state.setUint32(AT.words + 8 * i, word, true));
    state.setFloat64(AT.normal, this.#nextGaussian ?? 0, true);
    state.setInt32(AT.hasNormal, this.#nextGaussian === undefined ? 0 : 1, true);
    return new Uint8Array(state.buffer);
  }

  /**
   * Goes back to a state that {@linkcode Generator.getState} or PyTorch's `get_rng_state` gave.
   *
   * @throws {GenlabError} if the bytes are not such a state.
   */
  setState(bytes: Uint8Array): this {
    if (bytes.length !== STATE_BYTES) {
      throw new GenlabError(
        `setState: a generator's state has ${STATE_BYTES} bytes, got ${bytes.length}; ` +
          "pass what getState() returned",
      );
    }
    const state = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const left = state.getInt32(AT.left, true);
    if (state.getInt32(AT.seeded, true) !== 1 || left < 1 || left > STATE_WORDS) {
      throw new GenlabError(
        "setState: these bytes are not a generator's state; pass what getState() returned",
      );
    }
    this.#seed = state.getBigUint64(AT.seed, true);
    this.#twister.position = STATE_WORDS - left + 1;
    for (let i = 0; i < STATE_WORDS; i++) {
      this.#twister.words[i] = state.getInt32(AT.words + 8 * i, true);
    }
    const hasNormal = state.getInt32(AT.hasNormal, true) !== 0;
    this.#nextGaussian = hasNormal ? state.getFloat64(AT.normal, true) : undefined;
    return this;
  }
}

function validSeed(seed: number | bigint): bigint {
  if (typeof seed !== "bigint" && !Number.isSafeInteger(seed)) {
    throw new GenlabError(
      `manualSeed: a seed is an integer of at most 53 bits, or a bigint, got ${String(seed)}; ` +
        "pass a whole number such as 0",
    );
  }
  const value = BigInt(seed);
  if (value < MIN_SEED || value > MAX_SEED) {
    throw new GenlabError(
      `manualSeed: a seed lies in [-2^63, 2^64), got ${value}; pass a smaller one`,
    );
  }
  return BigInt.asUintN(64, value);
}
