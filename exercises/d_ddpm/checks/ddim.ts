/**
 * Checks of `ddimStep`, against Bayes' rule and a right triangle in float64.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { constant, normals, type Sample, sampleOf } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Student } from "../../../lib/course/student.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import { dataOf, ddimOf, posteriorMeanOf, posteriorOf } from "../oracles.ts";
import {
  coefficients,
  columnOf,
  type DataFunction,
  expectGivenNoise,
  expectGradients,
  expectSum,
  resultOf,
  SHAPES,
  type Term,
} from "./data.ts";

/** Noisy data, the noise found in them, the two times, and new noise. */
interface Batch {
  readonly xt: Sample;
  readonly epsHat: Sample;
  readonly alphaBarT: Sample;
  readonly alphaBarPrev: Sample;
  readonly noise: Sample;
}

/** What the function is called with. */
interface Case extends Batch {
  readonly eta: number;
}

const DDIM_STEP: DataFunction<Case> = {
  name: "ddimStep",
  result: "x at the earlier time",
  element: "x",
  argumentsOf: ({ xt, epsHat, alphaBarT, alphaBarPrev, eta, noise }) => [
    ...[xt, epsHat, alphaBarT, alphaBarPrev].map(({ tensor }) => tensor),
    eta,
    noise.tensor,
  ],
  shapeOf: ({ xt }) => xt.tensor.shape,
  termsOf: (given) => termsOf(given, bySchedule(given.eta)),
  where({ xt, alphaBarT, eta }) {
    const [shape, column] = [xt, alphaBarT].map(({ tensor }) => format(tensor.shape));
    return `for xt of shape ${shape}, alphaBars of shape ${column}, eta = ${eta}`;
  },
};

/** The two times of a step, for all examples. */
interface Step {
  readonly from: number;
  readonly to: number;
}

/** Small and large, early and late; the last comes from the end of the paper's schedule. */
const STEPS: readonly Step[] = [
  { from: 0.36, to: 0.64 },
  { from: 0.05, to: 0.95 },
  { from: 0.9, to: 0.92 },
  { from: 0.0025, to: 0.004 },
  { from: 4e-5, to: 0.004 },
];

function batch(shape: Shape, seed: number, between?: Step): Batch {
  const column = columnOf(shape);
  const alphaBarPrev = between === undefined
    ? coefficients(shape, seed + 2, 0.2, 0.98)
    : constant(column, between.to);
  const part = coefficients(shape, seed + 3, 0.2, 0.95);
  const alphaBarT = between === undefined
    ? sampleOf(alphaBarPrev.values.map((left, i) => left * part.values[i]), column)
    : constant(column, between.from);
  return {
    xt: normals(seeded(seed), shape, 2),
    epsHat: normals(seeded(seed + 1), shape),
    alphaBarT,
    alphaBarPrev,
    noise: normals(seeded(seed + 4), shape),
  };
}

/** What a plain batch holds. */
const PLAIN = "xt = 1, epsHat = 0.5, noise = 0.25";

/** The same with plain numbers: what is wrong can be seen from the result. */
function plainBatch(between: Step): Batch {
  const [xt, epsHat, noise] = [1, 0.5, 0.25].map((value) => constant([7, 3], value));
  return { ...batch([7, 3], 0, between), xt, epsHat, noise };
}

/** Coefficients of the three, from the two alphaBars. */
type Weights = (
  from: number,
  to: number,
) => { readonly xt: number; readonly eps: number; readonly noise: number };

function termsOf({ xt, epsHat, alphaBarT, alphaBarPrev, noise }: Batch, weights: Weights): Term[] {
  const at = (example: number) => weights(alphaBarT.values[example], alphaBarPrev.values[example]);
  return [
    { name: "xt", data: xt, weight: (example) => at(example).xt },
    { name: "epsHat", data: epsHat, weight: (example) => at(example).eps },
    { name: "noise", data: noise, weight: (example) => at(example).noise },
  ];
}

const bySchedule = (eta: number): Weights => (from, to) => ddimOf(from, to, eta);

/** DDPM's step, from Bayes' rule alone. */
const byBayes: Weights = (from, to) => ({
  ...posteriorMeanOf(from, to),
  noise: Math.sqrt(posteriorOf(from, to).variance),
});

function describe({ from, to }: Step): string {
  return `alphaBarT = ${from}, alphaBarPrev = ${to}`;
}

/** Compares a step from and to the same times for all examples, first of plain numbers. */
async function checkBetween(
  student: Student,
  between: Step,
  eta: number,
  { seed, weights = bySchedule(eta), note = "" }: {
    seed: number;
    weights?: Weights;
    note?: string;
  },
): Promise<void> {
  const batches = [
    { given: plainBatch(between), said: `${PLAIN}, ${describe(between)}` },
    { given: batch([7, 3], seed, between), said: describe(between) },
  ];
  for (const { given, said } of batches) {
    const terms = termsOf(given, weights);
    await expectSum(student, DDIM_STEP, { ...given, eta }, { note: said + note, terms });
  }
}

/** Compares steps of which each example has its own with the definition. */
export async function checkExamples(
  student: Student,
  seed: number,
  etas: readonly number[],
  shapes = SHAPES,
): Promise<void> {
  const note = "another alphaBarT and alphaBarPrev for each example";
  for (const eta of etas) {
    for (const shape of shapes) {
      await expectSum(student, DDIM_STEP, { ...batch(shape, seed), eta }, { note });
    }
  }
}

const FUNCTION = { function: "ddimStep", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const ddimChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "ddim-shape",
    points: 0,
    message: "the result has the shape of xt, of vectors as well as of images",
    hint: "Every operation you need works element by element, and alphaBars broadcast as they are.",
    async run(student) {
      for (const shape of SHAPES) {
        await resultOf(student, DDIM_STEP, { ...batch(shape, 271), eta: 0.5 });
      }
    },
  },
  {
    ...FUNCTION,
    id: "ddim-given-noise",
    points: 1,
    message: "the noise is the one that is given: the function draws none",
    hint: "Whoever samples has drawn the noise: take it from the argument of that name, always.",
    async run(student) {
      for (const eta of [0, 1]) {
        await expectGivenNoise(student, DDIM_STEP, { ...batch([7, 3], 271), eta });
      }
    },
  },
  {
    ...FUNCTION,
    id: "ddim-data",
    points: 1,
    message: "a step to time 0 gives the data that xt comes from if epsHat is the noise in it",
    hint:
      "At time 0 alphaBar is 1: there is no noise, neither old nor new, and the data are there in " +
      "full. Solve what qSample computes for x0; nothing is clipped. (NaN is 0 / 0 or the root of a " +
      "negative number: 1 - alphaBarPrev is 0 here, so nothing can be divided by it.)",
    async run(student) {
      for (const from of [0.64, 0.25, 0.01]) {
        for (const eta of [0, 1]) {
          const weights: Weights = (from) => ({ ...dataOf(from), noise: 0 });
          await checkBetween(student, { from, to: 1 }, eta, { seed: 276, weights });
        }
      }
    },
  },
  {
    ...FUNCTION,
    id: "ddim-still",
    points: 1,
    message: "a step from a time to the same time changes nothing",
    hint:
      "The data and the old noise are put together as they were: with which coefficients was xt " +
      "made of them? Between equal times there is no new noise, whatever eta is.",
    async run(student) {
      const weights: Weights = () => ({ xt: 1, eps: 0, noise: 0 });
      for (const at of [0.64, 0.25]) {
        for (const eta of [0, 1]) {
          const between = { from: at, to: at };
          const given = { ...plainBatch(between), eta };
          const note = `${PLAIN}, ${describe(between)}`;
          await expectSum(student, DDIM_STEP, given, { note, terms: termsOf(given, weights) });
        }
      }
    },
  },
  {
    ...FUNCTION,
    id: "ddim-deterministic",
    points: 1,
    message:
      "with eta = 0 all noise at the earlier time is the noise that was found, and none is new",
    hint:
      "The data belong to the earlier time's alphaBar, and so does the variance of the noise. " +
      "Which alphaBar makes xt into data, and which makes data noisy again? (NaN is the root of a " +
      "negative number: of the two, the earlier time's alphaBar is the larger.)",
    async run(student) {
      for (const between of STEPS) {
        await checkBetween(student, between, 0, { seed: 286 });
      }
    },
  },
  {
    ...FUNCTION,
    id: "ddim-posterior",
    points: 1,
    message: "with eta = 1 it is a step of DDPM: mean and variance of q(x_prev | x_t, x_0)",
    hint:
      "The new noise has the posterior's standard deviation, the root of its variance; in place of " +
      "beta_t stands 1 - alphaBarT / alphaBarPrev. What is new is taken from the old noise, so that " +
      "their variances (not their sizes) add up to what the earlier time has.",
    async run(student) {
      for (const between of STEPS) {
        const how = { weights: byBayes, note: ", from Bayes' rule" };
        await checkBetween(student, between, 1, { seed: 291, ...how });
      }
    },
  },
  {
    ...FUNCTION,
    id: "ddim-eta",
    points: 1,
    message:
      "eta is a share of the new noise's standard deviation, and the old noise makes room for it",
    hint: "sigma is proportional to eta, so its variance to the square of eta.",
    async run(student) {
      for (const eta of [0.5, 0.2]) {
        for (const between of STEPS) {
          await checkBetween(student, between, eta, { seed: 296 });
        }
      }
    },
  },
  {
    ...FUNCTION,
    id: "ddim-examples",
    points: 1,
    message: "each example has times of its own",
    hint: "alphaBarT and alphaBarPrev are [B, 1, ...]: leave their shape as it is.",
    run: (student) => checkExamples(student, 301, [0, 0.7]),
  },
  {
    ...FUNCTION,
    id: "ddim-gradients",
    points: 1,
    message: "gradients flow through the step to xt, epsHat and noise",
    hint: "Compute with tensor operations alone; detach cuts gradients off.",
    async run(student) {
      for (const eta of [0.7, 1]) {
        await expectGradients(student, DDIM_STEP, { ...batch([7, 3], 306), eta }, 311);
      }
    },
  },
];
