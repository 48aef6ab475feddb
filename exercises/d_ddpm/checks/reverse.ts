/**
 * Checks of `reverseMean`, against Bayes' rule in float64.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { constant, normals, type Sample, sampleOf } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Student } from "../../../lib/course/student.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import { mixtureOf, posteriorMeanOf } from "../oracles.ts";
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

/** Noisy data, the noise found in them, and where in time they are. */
interface Batch {
  readonly xt: Sample;
  readonly epsHat: Sample;
  readonly betaT: Sample;
  readonly alphaBarT: Sample;
}

const REVERSE_MEAN: DataFunction<Batch> = {
  name: "reverseMean",
  result: "the mean",
  element: "mean",
  argumentsOf: ({ xt, epsHat, betaT, alphaBarT }) =>
    [xt, epsHat, betaT, alphaBarT].map(({ tensor }) => tensor),
  shapeOf: ({ xt }) => xt.tensor.shape,
  termsOf({ xt, epsHat, betaT, alphaBarT }) {
    const weights = (example: number) => {
      const alphaBar = alphaBarT.values[example];
      return posteriorMeanOf(alphaBar, alphaBar / (1 - betaT.values[example]));
    };
    return [
      { name: "xt", data: xt, weight: (example) => weights(example).xt },
      { name: "epsHat", data: epsHat, weight: (example) => weights(example).eps },
    ];
  },
  where({ xt, betaT }) {
    const [shape, column] = [xt, betaT].map(({ tensor }) => format(tensor.shape));
    return `for xt and epsHat of shape ${shape} and betaT and alphaBarT of shape ${column}`;
  },
};

/** One step for all examples. */
interface Step {
  readonly beta: number;
  readonly alphaBar: number;
}

const STEPS: readonly Step[] = [{ beta: 0.36, alphaBar: 0.19 }, { beta: 0.02, alphaBar: 0.75 }];

function describe({ beta, alphaBar }: Step): string {
  return `betaT = ${beta} and alphaBarT = ${alphaBar}`;
}

function batch(shape: Shape, seed: number, step?: Step): Batch {
  const betaT = step === undefined
    ? coefficients(shape, seed + 2, 0.01, 0.5)
    : constant(columnOf(shape), step.beta);
  // What is left after the step is at most what the step leaves.
  const before = coefficients(shape, seed + 3);
  const alphaBarT = step === undefined
    ? sampleOf(before.values.map((left, i) => left * (1 - betaT.values[i])), columnOf(shape))
    : constant(columnOf(shape), step.alphaBar);
  return {
    xt: normals(seeded(seed), shape, 2),
    epsHat: normals(seeded(seed + 1), shape),
    betaT,
    alphaBarT,
  };
}

/** Compares means with Bayes' rule, where each example is at a time of its own. */
export async function checkExamples(
  student: Student,
  seed: number,
  shapes = SHAPES,
): Promise<void> {
  const note = "another betaT and alphaBarT for each example, from the mean of " +
    "q(x_{t-1} | x_t, x_0)";
  for (const shape of shapes) await expectSum(student, REVERSE_MEAN, batch(shape, seed), { note });
}

const FUNCTION = { function: "reverseMean", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const reverseChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "reverse-shape",
    points: 0,
    message: "the mean has the shape of xt, of vectors as well as of images",
    hint:
      "Every operation you need works element by element, and coefficients broadcast as they are.",
    async run(student) {
      for (const shape of SHAPES) await resultOf(student, REVERSE_MEAN, batch(shape, 221));
    },
  },
  {
    ...FUNCTION,
    id: "reverse-no-noise",
    points: 1,
    message: "it is the mean alone: the function draws no noise",
    hint: "Whoever samples adds the noise of a step to its mean, outside.",
    run: (student) => expectGivenNoise(student, REVERSE_MEAN, batch([7, 3], 221)),
  },
  {
    ...FUNCTION,
    id: "reverse-signal",
    points: 1,
    message: "where no noise is found, the scaling of the step forward is undone",
    hint:
      "The step forward multiplied x_{t-1} by the root of alpha_t = 1 - beta_t: of this one step, " +
      "not of all that were before. Nothing is clipped.",
    async run(student) {
      for (const step of STEPS) {
        const [xt, epsHat] = [constant([7, 3], 1), constant([7, 3], 0)];
        const given = { ...batch([7, 3], 225, step), xt, epsHat };
        await expectSum(student, REVERSE_MEAN, given, {
          note: `xt = 1, epsHat = 0, ${describe(step)}`,
        });
      }
    },
  },
  {
    ...FUNCTION,
    id: "reverse-noise",
    points: 1,
    message: "the noise that is found is taken away as far as this step added it",
    hint:
      "Of the noise, beta_t over the standard deviation of all noise in x_t is taken off, before " +
      "the scaling is undone. How large is the variance of all noise?",
    async run(student) {
      for (const step of STEPS) {
        const [xt, epsHat] = [constant([7, 3], 0), constant([7, 3], 1)];
        const given = { ...batch([7, 3], 229, step), xt, epsHat };
        await expectSum(student, REVERSE_MEAN, given, {
          note: `xt = 0, epsHat = 1, ${describe(step)}`,
        });
      }
    },
  },
  {
    ...FUNCTION,
    id: "reverse-first",
    points: 1,
    message: "the first step back, with the very noise that is in x_1, gives the data",
    hint: "In step 1 alphaBar is alpha: put it into your formula, and xt made of data and noise.",
    async run(student) {
      const shape = [4, 4];
      // Powers of 2, from 0.0001 on: float32 holds 1 - beta exactly.
      for (const beta of [2 ** -13, 2 ** -6, 0.5]) {
        const [betaT, alphaBarT] = [beta, 1 - beta].map((value) => constant([4, 1], value));
        const x0 = normals(seeded(233), shape);
        const epsHat = normals(seeded(234), shape);
        const { signal, noise } = mixtureOf(1 - beta);
        const xt = sampleOf(x0.values.map((x, i) => signal * x + noise * epsHat.values[i]), shape);
        const terms: Term[] = [
          { name: "x0", data: x0, weight: () => 1 },
          // The noise that is in xt, and is taken away.
          ...[noise, -noise].map((w) => ({ name: "epsHat", data: epsHat, weight: () => w })),
        ];
        await expectSum(student, REVERSE_MEAN, { xt, epsHat, betaT, alphaBarT }, {
          note: `betaT = ${beta}, of xt made from x0 with epsHat`,
          terms,
        });
      }
    },
  },
  {
    ...FUNCTION,
    id: "reverse-examples",
    points: 1,
    message: "each example is at a time of its own, and its mean is the one that Bayes' rule gives",
    hint:
      "betaT and alphaBarT are [B, 1, ...]: leave their shape as it is. Nothing is clipped, neither " +
      "the mean nor the data it points to.",
    run: (student) => checkExamples(student, 237),
  },
  {
    ...FUNCTION,
    id: "reverse-gradients",
    points: 1,
    message: "gradients flow through the mean to xt and epsHat",
    hint: "Compute with tensor operations alone; detach cuts gradients off.",
    async run(student) {
      for (const shape of [[7, 3], [3, 1, 5, 5]]) {
        await expectGradients(student, REVERSE_MEAN, batch(shape, 241), 245);
      }
    },
  },
];
