/**
 * Checks of `alphaBars`, `posteriorVariance` and `snr`: of what follows from the betas.
 *
 * @module
 */
import { type Check, CheckFailure } from "../../../lib/course/check.ts";
import { digits, expectClose, expectTensor, read } from "../../../lib/course/expect.ts";
import { type Sample, sampleOf, uniforms } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Student } from "../../../lib/course/student.ts";
import type { TypedArray } from "../../../lib/tensor/dtype.ts";
import { cosineSchedule, linearSchedule, mixtureOf, posteriorOf, signalLeft } from "../oracles.ts";

/** Rounding of a few operations, 6e-8 each, and of logarithms of up to 25 that are added up. */
const ROUNDING = 1e-5;

/**
 * Of what was left before, that a step takes beta of it is rounded to 6e-8. Where nearly all is taken,
 * that is more of what remains, by 1 / (1 - beta), and stays with all that follows.
 */
const TAKEN = 1.2e-7;

function listOf(values: ArrayLike<number>): Sample {
  return sampleOf(values, [values.length]);
}

/** Betas in no order, so that every place counts. */
function scattered(seed: number, T: number): Sample {
  return uniforms(seeded(seed), [T], 0.01, 0.4);
}

/** Calls a function of a list over time, which gives such a list. */
async function overTime(
  student: Student,
  name: string,
  { tensor }: Sample,
  { what, where }: { what: string; where: string },
): Promise<TypedArray> {
  const result = await student.call(name, [tensor]);
  const [values] = await read(expectTensor(result, what, tensor.shape, where));
  return values;
}

function bars(student: Student, betas: Sample, where: string): Promise<TypedArray> {
  return overTime(student, "alphaBars", betas, { what: "alphaBars", where });
}

/** Compares what is left of the signal with a signal that is sent through the chain. */
export async function checkBars(student: Student, betas: Sample, note: string): Promise<void> {
  const where = `for ${note}`;
  const expected = signalLeft(betas.values);
  let largest = 0;
  expectClose(await bars(student, betas, where), expected, {
    atol: expected.map((left, i) => {
      largest = Math.max(largest, betas.values[i]);
      return left * (ROUNDING + TAKEN / (1 - largest));
    }),
    what: "alphaBars",
    where,
  });
}

function posterior(student: Student, betas: Sample, where: string): Promise<TypedArray> {
  return overTime(student, "posteriorVariance", betas, { what: "the variances", where });
}

/** Compares variances with those that Bayes' rule gives. */
export async function checkPosterior(
  student: Student,
  betas: Sample,
  note: string,
): Promise<void> {
  const where = `for ${note}`;
  const left = [1, ...signalLeft(betas.values)];
  const expected = left.slice(1).map((after, i) => posteriorOf(after, left[i]).variance);
  expectClose(await posterior(student, betas, where), expected, {
    // In float32 what is lost, 1 - alphaBar, is rounded to a multiple of 6e-8.
    atol: expected.map((variance, i) =>
      i === 0 ? 1e-7 : variance * (ROUNDING + 3e-7 * (1 / (1 - left[i]) + 1 / (1 - left[i + 1])))
    ),
    what: "variance",
    where,
  });
}

function ratios(student: Student, alphaBars: Sample, where: string): Promise<TypedArray> {
  return overTime(student, "snr", alphaBars, { what: "the ratios", where });
}

/** Compares signal-to-noise ratios with those of the mixture. */
export async function checkRatios(student: Student, alphaBars: Sample): Promise<void> {
  const { values } = alphaBars;
  const where = `for alphaBars of shape [${values.length}]`;
  const received = await ratios(student, alphaBars, where);
  for (const [i, alphaBar] of values.entries()) {
    const { signal, noise } = mixtureOf(alphaBar);
    expectClose([received[i]], [(signal / noise) ** 2], {
      // 1 / (1 / alphaBar - 1) and 1 / (1 - alphaBar) - 1 are two ways to write it, and lose what is
      // small beside 1.
      rtol: 1e-6 + 5e-7 / (1 - alphaBar),
      atol: 3e-7,
      what: `snr of alphaBar ${digits(alphaBar)}`,
      shape: [],
      where,
    });
  }
}

const BARS = { function: "alphaBars", visibility: "public" } as const;
const POSTERIOR = {
  function: "posteriorVariance",
  visibility: "public",
  needs: ["alphaBars"],
} as const;
const SNR = { function: "snr", visibility: "public" } as const;

/** Of `alphaBars`. */
export const barsChecks: readonly Check[] = [
  {
    ...BARS,
    id: "bars-shape",
    points: 0,
    message: "there is one value for each step, in the shape of betas",
    hint: "One for each step, after it. Time 0, at which nothing is lost yet, is not in the list.",
    async run(student) {
      for (const T of [1, 2, 37]) await bars(student, scattered(101, T), `for betas [${T}]`);
    },
  },
  {
    ...BARS,
    id: "bars-first",
    points: 1,
    message: "the first value is what the first step leaves",
    hint: "A step that takes a tenth leaves nine tenths: so much is left after step 1.",
    async run(student) {
      const betas = listOf([0.1, 0.3, 0.2]);
      const where = "for betas [0.1, 0.3, 0.2]";
      const [first] = await bars(student, betas, where);
      expectClose([first], [signalLeft(betas.values)[0]], {
        rtol: ROUNDING,
        what: "alphaBars[0]",
        shape: [],
        where,
      });
    },
  },
  {
    ...BARS,
    id: "bars-steps",
    points: 1,
    message: "every further step leaves its share of what was left before",
    hint: "Shares of shares: are they added, or multiplied? And every step counts once.",
    async run(student) {
      await checkBars(student, listOf([0.1, 0.3, 0.2]), "betas [0.1, 0.3, 0.2]");
      for (const T of [1, 2, 37]) {
        await checkBars(student, scattered(102, T), `${T} betas between 0.01 and 0.4`);
      }
      await checkBars(student, listOf([0.5, 0, 0.25, 0]), "betas [0.5, 0, 0.25, 0]");
    },
  },
  {
    ...BARS,
    id: "bars-long",
    points: 1,
    message:
      "after a thousand steps next to nothing is left, and exactly as much as there should be",
    hint: "Keep to what is left as it comes: no clamp, and nothing added to it.",
    async run(student) {
      const linear = listOf(linearSchedule(1000, 1e-4, 0.02));
      await checkBars(student, linear, "1000 betas in a straight line from 0.0001 to 0.02");
      await checkBars(student, listOf(cosineSchedule(1000)), "1000 betas of the cosine schedule");
    },
  },
];

/** Of `posteriorVariance`. */
export const posteriorChecks: readonly Check[] = [
  {
    ...POSTERIOR,
    id: "posterior-shape",
    points: 0,
    message: "there is one variance for each step, in the shape of betas",
    hint:
      "Before step t the value of step t - 1 counts. Put time 0 in front, and leave the last out.",
    async run(student) {
      for (const T of [2, 37]) await posterior(student, scattered(111, T), `for betas [${T}]`);
    },
  },
  {
    ...POSTERIOR,
    id: "posterior-bound",
    points: 1,
    message: "a step back is no less certain than the step forward: from 0 to beta, from step 2 on",
    hint:
      "To know the data as well can only take uncertainty away. So the factor of beta is at most 1: " +
      "which of the two, 1 - alphaBar before the step or after it, is the smaller? (Some answer " +
      "sheets have it upside down.)",
    async run(student) {
      const betas = scattered(112, 12);
      const where = "for 12 betas between 0.01 and 0.4";
      const received = await posterior(student, betas, where);
      betas.values.forEach((beta, i) => {
        const fits = received[i] >= 0 && received[i] <= beta * (1 + ROUNDING);
        if (i === 0 || fits) return;
        const expected = `variance[${i}] from 0 to betas[${i}] = ${digits(beta)}`;
        throw new CheckFailure({ expected, received: digits(received[i]), where });
      });
    },
  },
  {
    ...POSTERIOR,
    id: "posterior-first",
    points: 1,
    message: "in the first step there is nothing to be uncertain of: variance 0",
    hint: "Before step 1 nothing of the signal is lost. What is alphaBar at time 0?",
    async run(student) {
      const where = "for 12 betas between 0.01 and 0.4";
      const [first] = await posterior(student, scattered(112, 12), where);
      expectClose([first], [0], { atol: 1e-7, what: "variance[0]", shape: [], where });
    },
  },
  {
    ...POSTERIOR,
    id: "posterior-values",
    points: 1,
    message: "the variances are those that Bayes' rule gives for x_{t-1}, given x_t and x_0",
    hint:
      "Check each factor: beta of step t, what is lost before the step, and what is lost after it. " +
      "A variance, not a standard deviation.",
    async run(student) {
      for (const T of [2, 1, 37]) {
        await checkPosterior(student, scattered(113, T), `${T} betas between 0.01 and 0.4`);
      }
    },
  },
  {
    ...POSTERIOR,
    id: "posterior-long",
    points: 1,
    message: "they are right over a thousand steps, from the smallest to the largest",
    hint: "Use them as they come: no clamp, no floor, and nothing added to a denominator.",
    async run(student) {
      const linear = listOf(linearSchedule(1000, 1e-4, 0.02));
      await checkPosterior(student, linear, "1000 betas in a straight line from 0.0001 to 0.02");
      const cosine = listOf(cosineSchedule(1000));
      await checkPosterior(student, cosine, "1000 betas of the cosine schedule");
    },
  },
];

/** Of `snr`. */
export const snrChecks: readonly Check[] = [
  {
    ...SNR,
    id: "snr-shape",
    points: 0,
    message: "there is one ratio for each step, in the shape of alphaBars",
    hint: "Every operation you need works element by element.",
    async run(student) {
      for (const T of [1, 5]) await ratios(student, scattered(121, T), `for alphaBars [${T}]`);
    },
  },
  {
    ...SNR,
    id: "snr-balance",
    points: 1,
    message: "where signal and noise have equal variances, the ratio is 1",
    hint: "alphaBar is the signal's share of variance 1. What is the noise's? Take no logarithm.",
    run: (student) => checkRatios(student, listOf([0.5])),
  },
  {
    ...SNR,
    id: "snr-falls",
    points: 1,
    message: "the more signal is left, the larger the ratio",
    hint: "Signal over noise, not noise over signal.",
    async run(student) {
      const where = "for alphaBars [0.9, 0.5, 0.1]";
      const received = await ratios(student, listOf([0.9, 0.5, 0.1]), where);
      if (received[0] > received[1] && received[1] > received[2]) return;
      throw new CheckFailure({
        expected: "ratios that fall",
        received: Array.from(received, digits).join(", "),
        where,
      });
    },
  },
  {
    ...SNR,
    id: "snr-values",
    points: 1,
    message: "the ratio is that of the two variances, from very small to very large",
    hint:
      "Variances, not standard deviations, and no clamp: from 1e-6 to 100,000. What is passed in are " +
      "alphaBars already, not betas.",
    async run(student) {
      await checkRatios(student, listOf([0.9, 0.8, 0.3, 0.1]));
      await checkRatios(student, listOf([0.99999, 0.9999, 0.999, 0.01, 4e-5, 1e-6, 0]));
      await checkRatios(student, uniforms(seeded(122), [31], 0.01, 0.99));
    },
  },
];
