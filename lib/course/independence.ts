/**
 * Statistics that tell whether noise is independent from one example to the next, and from one
 * dimension to the next.
 *
 * Each bound is a theorem's, for the number of values at hand, so its rate of false alarms is known
 * without simulation: all together less than once in 10^7.
 *
 * @module
 */
import type { Shape } from "../tensor/shape.ts";
import { CheckFailure } from "./check.ts";
import { digits } from "./expect.ts";

/** The noise that a function under check draws for a shape `[B, D]`, in row-major order. */
export type NoiseOf = (shape: readonly [number, number]) => Promise<Float32Array>;

/**
 * Whether every example, and every dimension of it, has noise of its own. Noise that is one number
 * everywhere is passed over: it is no noise at all, which is another check's.
 *
 * @param noiseOf draws the noise; it is called three times
 * @param what names the noise: `z`
 * @param where says what a function was called with to get noise of a shape
 * @throws {CheckFailure} naming the first two examples or dimensions that share noise
 */
export async function expectIndependent(
  noiseOf: NoiseOf,
  what: string,
  where: (shape: Shape) => string,
): Promise<void> {
  const square = await noiseOf(SQUARE);
  const [columns, rows] = [columnsOf(square, SQUARE, what), rowsOf(square, SQUARE, what)];
  expectDistinct(columns, where(SQUARE));
  expectDistinct(rows, where(SQUARE));
  const [long, wide] = [await noiseOf(LONG), await noiseOf(WIDE)];
  expectUncorrelated(columnsOf(long, LONG, what), where(LONG));
  expectUncorrelated(rowsOf(wide, WIDE, what), where(WIDE));
  if (isConstant(square)) return;
  expectVaried(columns, where(SQUARE));
  expectVaried(rows, where(SQUARE));
  // The distribution of so few numbers shows them (see `expectStandardNormal`).
  if (sizesIn(square) < FEW) return;
  expectFresh(square, what, where(SQUARE));
  expectFresh(long, what, where(LONG));
  expectFresh(wide, what, where(WIDE));
  expectFreeSums([square, long, wide], what, where(SQUARE));
  expectFreeSpread([columns, rows], where(SQUARE));
  expectFreeSpread([{ ...rows, values: [square, long, wide], name: () => what }], where(SQUARE));
}

/** Many of both, for noise that is used again; none so many that a loop over them is too long. */
const SQUARE = [64, 64] as const;
/** Many examples, for the correlation of dimensions. */
const LONG = [1000, 6] as const;
/** Many dimensions, for the correlation of examples. */
const WIDE = [4, 1000] as const;

/** The dimensions of a batch. */
function columnsOf(noise: Float32Array, [B, D]: readonly [number, number], what: string): Groups {
  const column = (j: number) => Float32Array.from({ length: B }, (_, i) => noise[i * D + j]);
  return {
    values: Array.from({ length: D }, (_, j) => column(j)),
    name: (j) => `${what}[:, ${j}]`,
    expected: "independent noise in every dimension",
  };
}

/** The examples of a batch. */
function rowsOf(noise: Float32Array, [B, D]: readonly [number, number], what: string): Groups {
  return {
    values: Array.from({ length: B }, (_, i) => noise.subarray(i * D, (i + 1) * D)),
    name: (i) => `${what}[${i}]`,
    expected: "independent noise in every example",
  };
}

/** Rows or columns of noise, and what to call them. */
interface Groups {
  readonly values: readonly ArrayLike<number>[];
  /** One of them by its number: `z[:, 2]`. */
  name(index: number): string;
  /** What there should be. */
  readonly expected: string;
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
 * Groups that are constant are passed over: they are no noise at all (see `expectVaried`).
 *
 * @throws {CheckFailure} naming the first pair that is not
 */
function expectUncorrelated({ values, name, expected }: Groups, where: string): void {
  const n = values[0].length;
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
  if (isConstant(centred)) return centred.fill(0);
  const mean = centred.reduce((sum, value) => sum + value, 0) / centred.length;
  for (let i = 0; i < centred.length; i++) centred[i] -= mean;
  const sd = Math.sqrt(dot(centred, centred) / centred.length);
  for (let i = 0; i < centred.length; i++) centred[i] /= sd;
  return centred;
}

/**
 * Whether no group of noise is another, or minus another. Of 64 independent normal values all would
 * have to be equal by chance, each with a chance of less than 2^-20: never.
 *
 * @throws {CheckFailure} naming the first pair that is
 */
function expectDistinct({ values, name, expected }: Groups, where: string): void {
  const seen = new Map<string, number>();
  for (const [i, group] of values.entries()) {
    const numbers = Array.from(group);
    // Groups of one value only are no noise at all (see `expectVaried`).
    if (isConstant(numbers)) continue;
    for (const sign of [1, -1]) {
      const first = seen.get(numbers.map((value) => sign * value).join());
      if (first === undefined) continue;
      const received = `${name(i)} = ${sign < 0 ? "-" : ""}${name(first)}`;
      throw new CheckFailure({ expected, received, where });
    }
    seen.set(numbers.join(), i);
  }
}

/**
 * Whether no group of noise is one number 64 times, which by chance never is.
 *
 * @throws {CheckFailure} naming the first that is
 */
function expectVaried({ values, name, expected }: Groups, where: string): void {
  const flat = values.findIndex(isConstant);
  if (flat < 0) return;
  const received = `${name(flat)} = ${digits(values[flat][0])} in all its elements`;
  throw new CheckFailure({ expected, received, where });
}

/** With so few numbers the distribution has steps of 1/64, which no continuous one comes near. */
const FEW = 64;

/**
 * Whether nearly all values differ in size, as they do not where noise is used again elsewhere, with
 * either sign. Two float32 draws from N(0, 1) have one size with a chance of less than 2^-20, and of
 * 6000 draws less than 18 pairs do. That a tenth do, 600, has by Poisson's distribution a chance below
 * (18 e / 600)^600 (and for 4000 draws below (8 e / 400)^400).
 *
 * @throws {CheckFailure} if they do not
 */
function expectFresh(noise: Float32Array, what: string, where: string): void {
  const distinct = sizesIn(noise);
  if (distinct >= 0.9 * noise.length) return;
  throw new CheckFailure({
    expected: "a number of its own in every element",
    received: `${distinct} different sizes among the ${noise.length} elements of ${what}`,
    where,
  });
}

/** How many values differ in size. */
function sizesIn(noise: Float32Array): number {
  return new Set(noise.map(Math.abs)).size;
}

/**
 * Whether sums of noise are free to differ from 0, as they are not where the mean is taken out. A sum
 * of n draws from N(0, 1), over sqrt(n), is within 1e-3 of 0 with a chance of 8e-4, and that of three
 * batches with 5.1e-10.
 *
 * @throws {CheckFailure} if they are not
 */
function expectFreeSums(batches: readonly Float32Array[], what: string, where: string): void {
  const sumOf = (noise: Float32Array) => noise.reduce((sum, z) => sum + z, 0);
  if (batches.some((noise) => !(Math.abs(sumOf(noise)) <= 1e-3 * Math.sqrt(noise.length)))) return;
  throw new CheckFailure({
    expected: "noise that knows nothing of the other elements' noise",
    received: `${what} with the mean of its elements taken out: their sum is 0`,
    where,
  });
}

/**
 * Whether groups of noise are free to differ in how far they spread, as they are not where noise is
 * divided by its own standard deviation or length. The mean square of n draws from N(0, 1) has a
 * standard deviation of sqrt(2 / n), and so has their variance: one of a batch is within 1e-3 of it
 * from 1 with a chance of 8e-4, three batches are with 5.1e-10, and of 64 groups of 64 never all.
 * (The variance is taken over n as well as over n - 1.)
 *
 * @throws {CheckFailure} if they are not
 */
function expectFreeSpread(all: readonly Groups[], where: string): void {
  for (const { values, name, expected } of all) {
    for (const spread of [meanSquare, variance, unbiasedVariance]) {
      const isFixed = values.every((group) =>
        Math.abs(spread(group) - 1) <= 1e-3 * Math.sqrt(2 / group.length)
      );
      if (!isFixed) continue;
      const received = `noise divided by its own size: the ${
        spread === meanSquare ? "mean square" : "variance"
      } of ${name(0)} is 1`;
      throw new CheckFailure({ expected, received, where });
    }
  }
}

function meanSquare(values: ArrayLike<number>): number {
  const numbers = Float64Array.from(values);
  return dot(numbers, numbers) / numbers.length;
}

function variance(values: ArrayLike<number>): number {
  const numbers = Float64Array.from(values);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return meanSquare(numbers.map((value) => value - mean));
}

function unbiasedVariance(values: ArrayLike<number>): number {
  return variance(values) * values.length / (values.length - 1);
}

function isConstant(values: ArrayLike<number>): boolean {
  return Array.prototype.every.call(values, (value) => value === values[0]);
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
