/**
 * Checks of `reverseMean`, against Bayes' rule in float64.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectNothingDrawn, expectTensor } from "../../../lib/course/expect.ts";
import { constant, normals, type Sample, sampleOf } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Argument, Student } from "../../../lib/course/student.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { mixtureOf, posteriorMeanOf } from "../oracles.ts";
import {
  coefficients,
  columnOf,
  expectSum,
  expectSumGradients,
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

function argumentsOf({ xt, epsHat, betaT, alphaBarT }: Batch): Argument[] {
  return [xt, epsHat, betaT, alphaBarT].map(({ tensor }) => tensor);
}

async function mean(student: Student, given: Batch): Promise<Tensor> {
  const { shape } = given.xt.tensor;
  const result = await student.call("reverseMean", argumentsOf(given));
  return expectTensor(result, "the mean", shape, where(shape));
}

function where(shape: Shape): string {
  const column = format(columnOf(shape));
  return `for xt and epsHat of shape ${format(shape)} and betaT and alphaBarT of shape ${column}`;
}

/** One step for all examples. */
interface Step {
  readonly beta: number;
  readonly alphaBar: number;
}

const STEPS: readonly Step[] = [{ beta: 0.36, alphaBar: 0.19 }, { beta: 0.02, alphaBar: 0.75 }];

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

function termsOf({ xt, epsHat, betaT, alphaBarT }: Batch): Term[] {
  const weights = (example: number) => {
    const alphaBar = alphaBarT.values[example];
    return posteriorMeanOf(alphaBar, alphaBar / (1 - betaT.values[example]));
  };
  return [
    { name: "xt", data: xt, weight: (example) => weights(example).xt },
    { name: "epsHat", data: epsHat, weight: (example) => weights(example).eps },
  ];
}

async function checkBatch(student: Student, given: Batch, note: string): Promise<void> {
  const { shape } = given.xt.tensor;
  const at = { what: "mean", where: `${where(shape)}, ${note}` };
  await expectSum(await mean(student, given), termsOf(given), at);
}

/** Compares means with Bayes' rule, where each example is at a time of its own. */
export async function checkExamples(
  student: Student,
  seed: number,
  shapes = SHAPES,
): Promise<void> {
  for (const shape of shapes) {
    const note = "another betaT and alphaBarT for each example, from the mean of " +
      "q(x_{t-1} | x_t, x_0)";
    await checkBatch(student, batch(shape, seed), note);
  }
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
      for (const shape of SHAPES) await mean(student, batch(shape, 221));
    },
  },
  {
    ...FUNCTION,
    id: "reverse-no-noise",
    points: 1,
    message: "it is the mean alone: the function draws no noise",
    hint: "Whoever samples adds the noise of a step to its mean, outside.",
    async run(student) {
      const shape = [7, 3];
      const graph = await student.trace("reverseMean", argumentsOf(batch(shape, 221)));
      expectNothingDrawn(graph, where(shape));
    },
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
        const note = `betaT = ${step.beta} and alphaBarT = ${step.alphaBar}`;
        await checkBatch(student, given, `xt = 1, epsHat = 0, ${note}`);
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
        const note = `betaT = ${step.beta} and alphaBarT = ${step.alphaBar}`;
        await checkBatch(student, given, `xt = 0, epsHat = 1, ${note}`);
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
        await expectSum(await mean(student, { xt, epsHat, betaT, alphaBarT }), terms, {
          what: "mean",
          where: `${where(shape)}, betaT = ${beta}, of xt made from x0 with epsHat`,
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
        const given = batch(shape, 241);
        const at = { what: "the mean", where: where(shape) };
        await expectSumGradients(await mean(student, given), termsOf(given), 245, at);
      }
    },
  },
];
