/**
 * Draws from unnormalised categorical distributions, as `torch.multinomial` makes them.
 *
 * @module
 */

import { GenlabError } from "../errors.ts";
import { exponential } from "./distributions.ts";
import type { Generator } from "./generator.ts";

/**
 * `n` category indices drawn in proportion to the weights `p` (non-negative, not all zero, of any
 * sum), as `torch.multinomial(p, n, replacement)` draws them for float32 weights `[K]`. With
 * `rows` = B, `p` holds B distributions `[B, K]` and the result is `[B, n]`, both row by row.
 *
 * Draws with replacement invert the cumulative sums. Those without are the n largest of `p / q`,
 * largest first, q exponential: the Gumbel top-k trick without its logarithms (W. Kool et al.,
 * "Stochastic Beams and Where to Find Them", ICML 2019).
 *
 * @throws {GenlabError} if `n` is not 1 or more, a weight is negative or not finite, a row has no
 * positive weight, or more are asked for without replacement than a row has positive weights.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Generator } from "./generator.ts";
 * import { multinomial } from "./multinomial.ts";
 *
 * const draws = multinomial(new Generator(0), Float32Array.of(0, 3, 0), 4, true);
 * assertEquals([...draws], [1, 1, 1, 1]);
 * ```
 */
export function multinomial(
  generator: Generator,
  p: Float32Array,
  n: number,
  replacement: boolean,
  rows = 1,
): Int32Array<ArrayBuffer> {
  const categories = p.length / rows;
  if (!(Number.isInteger(rows) && rows > 0 && Number.isInteger(categories))) {
    throw new GenlabError(
      `multinomial: ${p.length} weights do not make ${rows} rows of equal length`,
    );
  }
  checkDraws(n, categories, replacement);
  for (let row = 0; row < rows; row++) {
    const positive = checkWeights(p.subarray(row * categories, (row + 1) * categories), row);
    if (!replacement && n > positive) {
      throw new GenlabError(
        `multinomial: cannot draw ${n} without replacement from row ${row}, which has ${positive} ` +
          "positive weights; ask for fewer, or pass replacement: true",
      );
    }
  }
  const draw = replacement ? withReplacement : largestRatios;
  return draw(generator, p, n, rows, categories);
}

function withReplacement(
  generator: Generator,
  p: Float32Array,
  n: number,
  rows: number,
  categories: number,
): Int32Array<ArrayBuffer> {
  const out = new Int32Array(rows * n);
  const cumulative = new Float32Array(categories);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let k = 0; k < categories; k++) {
      sum = Math.fround(sum + p[row * categories + k]);
      cumulative[k] = sum;
    }
    for (let k = 0; k < categories; k++) cumulative[k] /= sum;
    for (let i = 0; i < n; i++) out[row * n + i] = firstAtLeast(cumulative, generator.double());
  }
  return out;
}

/** The least index whose value is `u` or more, in a non-decreasing array that ends with 1. */
function firstAtLeast(cumulative: Float32Array, u: number): number {
  let low = 0;
  let high = cumulative.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] < u) low = middle + 1;
    else high = middle;
  }
  return low;
}

function largestRatios(
  generator: Generator,
  p: Float32Array,
  n: number,
  rows: number,
  categories: number,
): Int32Array<ArrayBuffer> {
  const ratios = exponential(generator, p.length);
  for (let i = 0; i < p.length; i++) ratios[i] = p[i] / ratios[i];
  const out = new Int32Array(rows * n);
  for (let row = 0; row < rows; row++) {
    const ratio = ratios.subarray(row * categories, (row + 1) * categories);
    const order = Int32Array.from(ratio, (_, k) => k).sort((a, b) => ratio[b] - ratio[a]);
    out.set(order.subarray(0, n), row * n);
  }
  return out;
}

/**
 * Throws unless `n` categories can be drawn of so many, for those who draw later.
 *
 * @throws {GenlabError} if there are none, or `n` is not 1 or more, or without replacement more than
 * there are
 */
export function checkDraws(n: number, categories: number, replacement: boolean): void {
  if (!(Number.isSafeInteger(n) && n > 0)) {
    throw new GenlabError(
      `multinomial: the number of draws must be a whole number, 1 or more, got ${n}`,
    );
  }
  if (categories < 1) {
    throw new GenlabError(
      "multinomial: there are no categories to draw from; weights are [K] or [B, K], K at least 1",
    );
  }
  if (!replacement && n > categories) {
    throw new GenlabError(
      `multinomial: cannot draw ${n} of ${categories} categories without replacement; ask for ` +
        "fewer, or pass replacement: true",
    );
  }
}

/** How many weights of one row are positive: at least one. */
function checkWeights(weights: Float32Array, row: number): number {
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad >= 0) {
    throw new GenlabError(
      `multinomial: every weight must be finite and 0 or more, got ${
        weights[bad]
      } at index ${bad} ` +
        `of row ${row}; apply softmax if these are logits`,
    );
  }
  const positive = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  if (positive === 0) {
    throw new GenlabError(
      `multinomial: row ${row} has no positive weight among its ${weights.length}; give at least one`,
    );
  }
  return positive;
}
