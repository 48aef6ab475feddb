/**
 * Checks of `linearBetas` and `cosineBetas`, against their definitions in float64.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectTensor, read } from "../../../lib/course/expect.ts";
import type { Student } from "../../../lib/course/student.ts";
import type { TypedArray } from "../../../lib/tensor/dtype.ts";
import { angleShare, cosineSchedule, LARGEST_BETA, linearSchedule } from "../oracles.ts";

/** T, betaMin and betaMax. */
type Limits = readonly [T: number, betaMin: number, betaMax: number];

/** As in the paper. */
const PAPER: Limits = [1000, 1e-4, 0.02];
/** Others; the last falls. */
const LIMITS: readonly Limits[] = [
  [2, 0.1, 0.3],
  [13, 0.001, 0.2],
  [100, 0.02, 0.25],
  [50, 0.05, 0.01],
];
/** From no noise to next to nothing but noise. */
const WIDEST: Limits = [5, 0, 0.96];

/** Three roundings of 6e-8 each of numbers no larger than the larger end. */
const ROUNDING = 5e-7;

async function linear(student: Student, [T, betaMin, betaMax]: Limits): Promise<TypedArray> {
  const result = await student.call("linearBetas", [T, betaMin, betaMax]);
  const [betas] = await read(expectTensor(result, "betas", [T], ofLimits([T, betaMin, betaMax])));
  return betas;
}

function ofLimits([T, betaMin, betaMax]: Limits): string {
  return `for T = ${T}, betaMin = ${betaMin}, betaMax = ${betaMax}`;
}

/** Compares a straight line's values with the definition. */
export async function checkLinear(student: Student, limits: Limits): Promise<void> {
  expectClose(await linear(student, limits), linearSchedule(...limits), {
    rtol: ROUNDING,
    atol: ROUNDING * Math.max(...limits.slice(1)),
    what: "betas",
    where: ofLimits(limits),
  });
}

async function cosine(student: Student, T: number): Promise<TypedArray> {
  const result = await student.call("cosineBetas", [T]);
  const [betas] = await read(expectTensor(result, "betas", [T], `for T = ${T}`));
  return betas;
}

/**
 * Rounding, if all is computed in float32: angles of up to 1.6 are off by some 2e-7, which tan(angle)
 * makes a relative error of the cosine; it is squared, and 1 - beta is a quotient of two.
 */
function cosineRounding(T: number, betas: readonly number[]): number[] {
  const slope = (step: number) => Math.tan(Math.PI / 2 * Math.min(angleShare(step, T), 0.9999));
  return betas.map((beta, i) => 1e-6 + 5e-7 * (1 - beta) * (1 + slope(i) + slope(i + 1)));
}

/** Compares the cosine schedule's values with the definition, up to a step. */
export async function checkCosine(student: Student, T: number, steps = T): Promise<void> {
  const betas = cosineSchedule(T);
  const received = await cosine(student, T);
  expectClose(received.subarray(0, steps), betas.slice(0, steps), {
    atol: cosineRounding(T, betas),
    what: "betas",
    where: `for T = ${T}`,
  });
}

const LINEAR = { function: "linearBetas", visibility: "public" } as const;
const COSINE = { function: "cosineBetas", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const scheduleChecks: readonly Check[] = [
  {
    ...LINEAR,
    id: "linear-shape",
    points: 0,
    message: "there is one beta for each of the T steps, shape [T]",
    hint: "Count the numbers you make: both ends are among the T.",
    async run(student) {
      for (const limits of [PAPER, ...LIMITS]) await linear(student, limits);
    },
  },
  {
    ...LINEAR,
    id: "linear-ends",
    points: 1,
    message: "the first step has betaMin and the last has betaMax",
    hint: "Steps come in the order of time, from 1 to T. Is the last number reached, or one short?",
    async run(student) {
      const [T, betaMin, betaMax] = PAPER;
      const betas = await linear(student, PAPER);
      for (const [i, end] of [[0, betaMin], [T - 1, betaMax]]) {
        const at = { what: `betas[${i}]`, shape: [], where: ofLimits(PAPER) };
        expectClose([betas[i]], [end], { rtol: ROUNDING, ...at });
      }
    },
  },
  {
    ...LINEAR,
    id: "linear-between",
    points: 1,
    message: "between its ends beta grows in a straight line: equal steps, equal differences",
    hint: "Evenly spaced are the betas themselves, not their roots or logarithms.",
    run: (student) => checkLinear(student, PAPER),
  },
  {
    ...LINEAR,
    id: "linear-limits",
    points: 1,
    message: "T, betaMin and betaMax are those that are passed in",
    hint:
      "Use them by name, nowhere the numbers 1000, 0.0001 and 0.02. Nothing is scaled by T or " +
      "clamped, and a betaMin of 0 is a number like any other.",
    async run(student) {
      for (const limits of [...LIMITS, WIDEST]) await checkLinear(student, limits);
    },
  },
  {
    ...COSINE,
    id: "cosine-shape",
    points: 0,
    message: "there is one beta for each of the T steps, shape [T]",
    hint: "T + 1 times, from 0 to T, have T steps between them.",
    async run(student) {
      for (const T of [4, 50, 1000]) await cosine(student, T);
    },
  },
  {
    ...COSINE,
    id: "cosine-values",
    points: 1,
    message: "each beta is the share of the signal's variance that its step takes away",
    hint:
      "Step t comes from time t - 1 and leads to time t: what share of f does it leave? Mind the " +
      "square, the offset s in both places, and that angles are in radians.",
    run: (student) => checkCosine(student, 50, 49),
  },
  {
    ...COSINE,
    id: "cosine-largest",
    points: 1,
    message: "no beta is larger than 0.999, so that something of the signal is left after the last",
    hint: "f is 0 at the end. Limit each beta, the last among them, and nothing below 0.999.",
    async run(student) {
      const T = 50;
      const betas = await cosine(student, T);
      expectClose(betas.subarray(T - 1), [LARGEST_BETA], {
        rtol: 1e-6,
        what: "the last of betas",
        shape: [],
        where: `for T = ${T}`,
      });
    },
  },
  {
    ...COSINE,
    id: "cosine-steps",
    points: 1,
    message: "it is right for other numbers of steps as well, few and many",
    hint: "f takes t / T: time as a share of all time, whatever T is. Limit each beta to 0.999.",
    async run(student) {
      for (const T of [1, 4, 9, 1000]) await checkCosine(student, T);
    },
  },
];
