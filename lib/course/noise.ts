/**
 * Statistics that tell standard normal noise from what is mistaken for it.
 *
 * Each bound is a theorem's, for the number of values at hand, so its rate of false alarms is known
 * without simulation: all together less than once in 10^7.
 *
 * @module
 */
import { CheckFailure } from "./check.ts";
import { digits } from "./expect.ts";

/** So many values should have some beyond 4. */
const MANY = 300_000;

/** Chance of a false alarm in one comparison is at most 2 exp(-EXPONENT) = 1.5e-9. */
const EXPONENT = 21;

/**
 * What a kurtosis other than 3 moves while mean and variance stay: the Hermite polynomial
 * He4(z) = z^4 - 6 z^2 + 3, held beyond 3.5 to be bounded.
 */
function flatness(z: number): number {
  const square = Math.min(z * z, 12.25);
  return (square - 6) * square + 3;
}

/** Mean and variance of `flatness` for z ~ N(0, 1), by the midpoint rule, to 1e-8. */
const FLATNESS = moments(flatness);
/** How far `flatness` gets from its mean: at 3.5, where it is largest. */
const FLATNESS_RANGE = flatness(3.5) - FLATNESS.mean;

/**
 * Whether values are draws from N(0, 1): their mean, variance, distribution and tails.
 *
 * - Mean: m ~ N(0, 1/n), so P(|m| > x) <= 2 exp(-n x^2 / 2).
 * - Mean square: P(|s - 1| > 2 sqrt(u/n) + 2 u/n) <= 2 exp(-u) (Laurent and Massart 2000, Lemma 1).
 * - Distribution: P(sup |F_n - F| > x) <= 2 exp(-2 n x^2) (Dvoretzky, Kiefer and Wolfowitz 1956, with
 *   the constant of Massart 1990); the supremum is taken over a grid, which can only make it smaller.
 * - Kurtosis: for a mean h of values with variance v that are never farther than b from their
 *   expectation, P(|h - E h| > x) <= 2 exp(-n x^2 / (2 v + 2 b x / 3)) (Bernstein 1924).
 * - Tails: P(|z| > 4) = 6.334e-5, so n values all lie within with probability exp(-6.334e-5 n),
 *   5.6e-9 for n = 300,000. Of fewer values they are not looked at.
 *
 * @param values the more, the finer the comparison: 10,000 tell a uniform distribution of variance 1
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
  const fail = (expected: string, received: string) => {
    throw new CheckFailure({ expected: `${what} with ${expected}`, received, where });
  };
  if (Array.prototype.every.call(values, (value) => value === values[0])) {
    fail("different noise everywhere", `${digits(values[0])} in all of ${n} elements`);
  }
  const { mean, meanSquare, meanFourth, meanFlatness, largest, counts } = summary(values);
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
  const slack = EXPONENT * FLATNESS_RANGE / 3;
  const bound = (slack + Math.sqrt(slack ** 2 + 2 * EXPONENT * FLATNESS.variance * n)) / n;
  if (!(Math.abs(meanFlatness - FLATNESS.mean) <= bound)) {
    fail(
      "the kurtosis of a normal distribution, 3",
      `mean 0 and standard deviation 1, but kurtosis ${round(meanFourth / meanSquare ** 2)}`,
    );
  }
  if (n >= MANY && !(largest > 4)) {
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
  let [sum, squares, fourths, flatnesses, largest] = [0, 0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const z = values[i];
    const square = z * z;
    sum += z;
    squares += square;
    fourths += square * square;
    flatnesses += flatness(z);
    largest = Math.max(largest, Math.abs(z));
    // A value on an edge counts as below it, as in a distribution function.
    const cell = Math.max(0, Math.ceil(z / WIDTH) - 1 + CELLS / 2);
    if (cell < CELLS) counts[cell]++;
  }
  const n = values.length;
  return {
    mean: sum / n,
    meanSquare: squares / n,
    meanFourth: fourths / n,
    meanFlatness: flatnesses / n,
    largest,
    counts,
  };
}

/** Mean and variance of a function of a standard normal value. */
function moments(f: (z: number) => number): { mean: number; variance: number } {
  const step = 1 / 512;
  let [mean, square] = [0, 0];
  for (let z = -9 + step / 2; z < 9; z += step) {
    const weight = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * step;
    mean += weight * f(z);
    square += weight * f(z) ** 2;
  }
  return { mean, variance: square - mean * mean };
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

function round(x: number): string {
  return x.toFixed(3);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
