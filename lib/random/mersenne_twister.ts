/**
 * The 32-bit Mersenne Twister, mt19937: the engine under PyTorch's CPU generator.
 *
 * Source: M. Matsumoto and T. Nishimura, "Mersenne Twister: A 623-Dimensionally Equidistributed
 * Uniform Pseudo-Random Number Generator", ACM TOMACS 8(1), 1998; seeding as in their 2002 revision.
 *
 * @module
 */

/** Words of state. */
export const STATE_WORDS = 624;

/** The recurrence joins each word with the one this many places on. */
const OFFSET = 397;
const TWIST_MATRIX = 0x9908b0df | 0;
const UPPER_BIT = 0x80000000 | 0;
const LOWER_BITS = 0x7fffffff;

/**
 * mt19937. A whole block of 624 words is advanced at a time; each draw tempers one of them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MersenneTwister } from "./mersenne_twister.ts";
 *
 * assertEquals(new MersenneTwister(5489).next(), 3499211612);
 * ```
 */
export class MersenneTwister {
  /** The 624 state words as signed integers, which engines keep unboxed. */
  readonly words = new Int32Array(STATE_WORDS);
  /** How many words of the block have been drawn, 0 to 624; at 624 the next draw makes a block. */
  position = STATE_WORDS;

  /** Seeds with the low 32 bits of `seed`. */
  constructor(seed: number) {
    this.seed(seed);
  }

  /** Starts the sequence of `seed` again, of which only the low 32 bits count. */
  seed(seed: number): void {
    const words = this.words;
    words[0] = seed;
    for (let i = 1; i < STATE_WORDS; i++) {
      const previous = words[i - 1];
      words[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
    this.position = STATE_WORDS;
  }

  /** The next 32 random bits, as an integer in [0, 2^32). */
  next(): number {
    if (this.position >= STATE_WORDS) this.#advance();
    let y = this.words[this.position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  #advance(): void {
    const words = this.words;
    const wrap = STATE_WORDS - OFFSET;
    let i = 0;
    for (; i < wrap; i++) words[i] = words[i + OFFSET] ^ twist(words[i], words[i + 1]);
    for (; i < STATE_WORDS - 1; i++) words[i] = words[i - wrap] ^ twist(words[i], words[i + 1]);
    words[i] = words[i - wrap] ^ twist(words[i], words[0]);
    this.position = 0;
  }
}

/** The top bit of `u` and the low bits of `v`, shifted right by one, times the twist matrix. */
function twist(u: number, v: number): number {
  return (((u & UPPER_BIT) | (v & LOWER_BITS)) >>> 1) ^ (-(v & 1) & TWIST_MATRIX);
}
