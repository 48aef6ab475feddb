/**
 * Checks of `qSample`: data and noise with the coefficients that keep variance 1.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { constant, normals, type Sample } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Student } from "../../../lib/course/student.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import { mixtureOf } from "../oracles.ts";
import {
  coefficients,
  columnOf,
  type DataFunction,
  expectGivenNoise,
  expectGradients,
  expectSum,
  resultOf,
  SHAPES,
} from "./data.ts";

/** Data, what is left of their variance, and noise. */
interface Batch {
  readonly x0: Sample;
  readonly alphaBarT: Sample;
  readonly eps: Sample;
}

const Q_SAMPLE: DataFunction<Batch> = {
  name: "qSample",
  result: "xt",
  element: "xt",
  argumentsOf: ({ x0, alphaBarT, eps }) => [x0.tensor, alphaBarT.tensor, eps.tensor],
  shapeOf: ({ x0 }) => x0.tensor.shape,
  termsOf({ x0, alphaBarT, eps }) {
    const mixture = (example: number) => mixtureOf(alphaBarT.values[example]);
    return [
      { name: "x0", data: x0, weight: (example) => mixture(example).signal },
      { name: "eps", data: eps, weight: (example) => mixture(example).noise },
    ];
  },
  where({ x0, alphaBarT }) {
    const [shape, column] = [x0, alphaBarT].map(({ tensor }) => format(tensor.shape));
    return `for x0 and eps of shape ${shape} and alphaBarT of shape ${column}`;
  },
};

function batch(shape: Shape, seed: number): Batch {
  return {
    x0: normals(seeded(seed), shape, 2),
    alphaBarT: coefficients(shape, seed + 1),
    eps: normals(seeded(seed + 2), shape),
  };
}

/** Compares noisy data with the mixture at each example's own time. */
export async function checkExamples(
  student: Student,
  seed: number,
  shapes = SHAPES,
): Promise<void> {
  const note = "another alphaBarT for each example";
  for (const shape of shapes) await expectSum(student, Q_SAMPLE, batch(shape, seed), { note });
}

/** The plain ones are first: what is wrong can be seen from their numbers. */
const CASES = [
  ...[0.64, 0.25].map((alphaBar) => ({ alphaBar, shape: [7, 3], plain: true })),
  { alphaBar: 0.64, shape: [3, 1, 5, 5], plain: false },
];

const FUNCTION = { function: "qSample", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const forwardChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "q-shape",
    points: 0,
    message: "xt has the shape of x0, of vectors as well as of images",
    hint: "Every operation you need works element by element, and alphaBarT broadcasts as it is.",
    async run(student) {
      for (const shape of SHAPES) await resultOf(student, Q_SAMPLE, batch(shape, 201));
    },
  },
  {
    ...FUNCTION,
    id: "q-given-noise",
    points: 1,
    message: "the noise is the one that is given: the function draws none",
    hint:
      "Whoever calls has drawn eps, and needs to know it: a network is to find that very noise.",
    run: (student) => expectGivenNoise(student, Q_SAMPLE, batch([7, 3], 201)),
  },
  {
    ...FUNCTION,
    id: "q-data",
    points: 1,
    message: "without noise, the data shrink as far as their share of the variance says",
    hint:
      "alphaBar is a share of the variance: a quarter of it belongs to data of half the size. Large " +
      "data shrink as small ones do: nothing is clipped.",
    async run(student) {
      for (const { alphaBar, shape, plain } of CASES) {
        const alphaBarT = constant(columnOf(shape), alphaBar);
        const given = { ...batch(shape, 204), alphaBarT, eps: constant(shape, 0) };
        const note = `eps = 0 and alphaBarT = ${alphaBar}`;
        await (plain
          ? expectSum(student, Q_SAMPLE, { ...given, x0: constant(shape, 1) }, {
            note: `x0 = 1, ${note}`,
          })
          : expectSum(student, Q_SAMPLE, given, { note }));
      }
    },
  },
  {
    ...FUNCTION,
    id: "q-noise",
    points: 1,
    message: "of data that are 0 there is only the noise given, with what is left of variance 1",
    hint:
      "The variances of signal and noise add up to 1. Their sizes do not. (A tensor never changes: " +
      "add gives a new one.)",
    async run(student) {
      for (const { alphaBar, shape, plain } of CASES) {
        const alphaBarT = constant(columnOf(shape), alphaBar);
        const given = { ...batch(shape, 207), alphaBarT, x0: constant(shape, 0) };
        const note = `x0 = 0 and alphaBarT = ${alphaBar}`;
        await (plain
          ? expectSum(student, Q_SAMPLE, { ...given, eps: constant(shape, 1) }, {
            note: `eps = 1, ${note}`,
          })
          : expectSum(student, Q_SAMPLE, given, { note }));
      }
    },
  },
  {
    ...FUNCTION,
    id: "q-ends",
    points: 1,
    message:
      "where all of the signal is left xt is x0, and where next to nothing is left it is eps",
    hint: "Use alphaBarT as it comes: no clamp, and nothing added under a root.",
    async run(student) {
      // Not 0, which no schedule reaches: (x0 + eps / sqrt(snr)) sqrt(alphaBar) is right as well.
      for (const alphaBar of [1, 1e-10]) {
        const given = { ...batch([4, 4], 210), alphaBarT: constant([4, 1], alphaBar) };
        await expectSum(student, Q_SAMPLE, given, { note: `alphaBarT = ${alphaBar}` });
      }
    },
  },
  {
    ...FUNCTION,
    id: "q-examples",
    points: 1,
    message: "each example has its own alphaBar",
    hint: "alphaBarT is [B, 1, ...]: leave its shape as it is, and broadcasting does the rest.",
    run: (student) => checkExamples(student, 213),
  },
  {
    ...FUNCTION,
    id: "q-gradients",
    points: 1,
    message: "gradients flow through xt to x0 and eps",
    hint: "Compute with tensor operations alone; detach cuts gradients off.",
    async run(student) {
      for (const shape of [[7, 3], [3, 1, 5, 5]]) {
        await expectGradients(student, Q_SAMPLE, batch(shape, 216), 219);
      }
    },
  },
];
