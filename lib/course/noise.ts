/**
 * Statistics that tell standard normal noise, independent in every direction, from everything that
 * is mistaken for it.
 *
 * Each bound is a theorem's, for the number of values at hand, so its rate of false alarms is known
 * without simulation. One call of `expectStandardNormal` raises a false alarm less than once in 10^7,
 * one of `expectUncorrelated` less than once in 10^8 for up to 15 pairs.
 *
 * @module
 */
import { CheckFailure } from "./check.ts";
import { digits } from "./expect.ts";

/** Chance of a false alarm in one comparison is at most 2 exp(-EXPONENT) = 1.5e-9. */
const EXPONENT = 21;

/**
 * Whether values are draws from N(0, 1): their mean, variance, distribution and tails.
 *
 * - Mean: m ~ N(0, 1/n), so P(|m| > x) <= 2 exp(-n x^2 / 2).
 * - Mean square: P(|s - 1| > 2 sqrt(u/n) + 2 u/n) <= 2 exp(-u) (Laurent and Massart 2000, Lemma 1).
 * - Distribution: P(sup |F_n - F| > x) <= 2 exp(-2 n x^2) (Dvoretzky, Kiefer and Wolfowitz 1956, with
 *   the constant of Massart 1990); the supremum is taken over a grid, which can only make it smaller.
 * - Tails: P(|z| > 4) = 6.334e-5, so n values all lie within with probability exp(-6.334e-5 n),
 *   5.6e-9 for n = 300,000.
 *
 * @param values at least 300,000
 * @param what names them: `the noise in z`
 * @param where says what the function was called with
 * @throws {CheckFailure} naming the first of these that is off
 */
export function expectStandardNormal(
  values: ArrayLike<number>,
  what: string,
  where: string,
): void {
  const n = values.length;
  if (n < 300_000) throw new Error(`expectStandardNormal: ${n} values are too few`);
  const fail = (expected: string, received: string) => {
    throw new CheckFailure({ expected: `${what} with ${expected}`, received, where });
  };
  const { mean, meanSquare, largest, counts } = summary(values);
  const sd = Math.sqrt(meanSquare - mean * mean);
  if (!(Math.abs(mean) <= Math.sqrt(2 * EXPONENT / n))) fail("mean 0", `mean ${round(mean)}`);
  const spread = 2 * Math.sqrt(EXPONENT / n) + 2 * EXPONENT / n;
  if (!(Math.abs(meanSquare - 1) <= spread)) {
    fail("standard deviation 1", `standard deviation ${round(sd)}`);
  }
  const distance = Math.sqrt(EXPONENT / (2 * n));
  let below = 0;
  for (const [cell, count] of counts.entries()) {
    below += count;
    const edge = (cell + 1 - CELLS / 2) * WIDTH;
    const share = normalCdf(edge);
    if (Math.abs(below / n - share) > distance) {
      fail(
        `a normal distribution, ${percent(share)} of it below ${edge}`,
        `mean 0 and standard deviation 1, but ${percent(below / n)} below ${edge}`,
      );
    }
  }
  if (!(largest > 4)) {
    fail(
      "the tails of a normal distribution, which pass 4 about 6 times in 100,000",
      `none of ${n} values beyond ${digits(largest)}`,
    );
  }
}

/** The grid of the distribution: cells of this width over [-4, 4). */
const WIDTH = 1 / 8;
const CELLS = 64;

function summary(values: ArrayLike<number>) {
  const counts = new Array<number>(CELLS).fill(0);
  let [sum, squares, largest] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const z = values[i];
    sum += z;
    squares += z * z;
    largest = Math.max(largest, Math.abs(z));
    // A value on an edge counts as below it, as in a distribution function.
    const cell = Math.max(0, Math.ceil(z / WIDTH) - 1 + CELLS / 2);
    if (cell < CELLS) counts[cell]++;
  }
  const n = values.length;
  return { mean: sum / n, meanSquare: squares / n, largest, counts };
}

/** Standard normal distribution function, to 1e-7 (Abramowitz and Stegun 7.1.26). */
function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = series * Math.exp(-z * z) / 2;
  return x < 0 ? tail : 1 - tail;
}

/** Rows or columns of noise, and what to call them. */
export interface Groups {
  /** Each as long as the others, at least 1,000 values. */
  readonly values: readonly ArrayLike<number>[];
  /** One of them by its number: `z[:, 2]`. */
  name(index: number): string;
}

/**
 * Whether groups of standard normal values are independent, pair by pair: their correlation, and the
 * correlation of the signs of |z| - 0.6745 (whether a value is larger than usual), which noise with
 * independent signs but one common size would show.
 *
 * - The correlation r of n independent normal pairs has density proportional to (1 - r^2)^((n-4)/2),
 *   so P(|r| > x) <= exp(-(n - 4) x^2 / 2) once x^2 n > 1. With x = sqrt(45 / (n - 4)): 1.7e-10.
 * - Independent signs: P(|mean of products| > x) <= 2 exp(-n x^2 / 2) (Hoeffding 1963), 3.4e-10. Each
 *   group's own mean keeps the same bound, so that taking the means out makes of x at most
 *   (x + x^2) / (1 - x^2) = x / (1 - x).
 *
 * Groups that are constant are passed over: they are no noise at all, which is another check's.
 *
 * @param expected what should be: `independent noise in each dimension`
 * @param where says what the function was called with
 * @throws {CheckFailure} naming the first pair that is not
 */
export function expectUncorrelated(
  { values, name }: Groups,
  expected: string,
  where: string,
): void {
  const n = values[0].length;
  if (n < 1000) throw new Error(`expectUncorrelated: groups of ${n} are too small`);
  const bound = Math.sqrt(45 / (n - 4));
  const tests: [string, number, Float64Array[]][] = [
    ["correlation", bound, values.map(standardized)],
    ["correlation of sizes", bound / (1 - bound), values.map(sizes).map(standardized)],
  ];
  for (const [kind, largest, groups] of tests) {
    for (let i = 0; i < groups.length; i++) {
      for (let j = 0; j < i; j++) {
        const r = dot(groups[i], groups[j]) / n;
        if (Math.abs(r) > largest) {
          const received = `${kind} ${round(r)} between ${name(j)} and ${name(i)}`;
          throw new CheckFailure({ expected, received, where });
        }
      }
    }
  }
}

/** Values less their mean, over their standard deviation; zeros if they are constant. */
function standardized(values: ArrayLike<number>): Float64Array {
  const centred = Float64Array.from(values);
  // Not by the standard deviation, which rounding keeps from being 0.
  if (centred.every((value) => value === centred[0])) return centred.fill(0);
  const mean = centred.reduce((sum, value) => sum + value, 0) / centred.length;
  for (let i = 0; i < centred.length; i++) centred[i] -= mean;
  const sd = Math.sqrt(dot(centred, centred) / centred.length);
  for (let i = 0; i < centred.length; i++) centred[i] /= sd;
  return centred;
}

/** 1 where a standard normal value is larger than usual in size, -1 where it is smaller. */
function sizes(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (z) => Math.abs(z) > 0.6745 ? 1 : -1);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function round(x: number): string {
  return x.toFixed(3);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
