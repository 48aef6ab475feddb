/**
 * Checks of `qSample`: data and noise with the coefficients that keep variance 1.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectNothingDrawn, expectTensor } from "../../../lib/course/expect.ts";
import { constant, normals, type Sample } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Argument, Student } from "../../../lib/course/student.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { mixtureOf } from "../oracles.ts";
import {
  coefficients,
  columnOf,
  expectSum,
  expectSumGradients,
  SHAPES,
  type Term,
} from "./data.ts";

/** Data, what is left of their variance, and noise. */
interface Batch {
  readonly x0: Sample;
  readonly alphaBarT: Sample;
  readonly eps: Sample;
}

function argumentsOf({ x0, alphaBarT, eps }: Batch): Argument[] {
  return [x0.tensor, alphaBarT.tensor, eps.tensor];
}

async function noisy(student: Student, given: Batch): Promise<Tensor> {
  const { shape } = given.x0.tensor;
  const result = await student.call("qSample", argumentsOf(given));
  return expectTensor(result, "xt", shape, where(shape));
}

function where(shape: Shape): string {
  return `for x0 and eps of shape ${format(shape)} and alphaBarT of shape ${
    format(columnOf(shape))
  }`;
}

function batch(shape: Shape, seed: number): Batch {
  return {
    x0: normals(seeded(seed), shape, 2),
    alphaBarT: coefficients(shape, seed + 1),
    eps: normals(seeded(seed + 2), shape),
  };
}

function termsOf({ x0, alphaBarT, eps }: Batch): Term[] {
  const mixture = (example: number) => mixtureOf(alphaBarT.values[example]);
  return [
    { name: "x0", data: x0, weight: (example) => mixture(example).signal },
    { name: "eps", data: eps, weight: (example) => mixture(example).noise },
  ];
}

async function checkBatch(student: Student, given: Batch, note: string): Promise<void> {
  const { shape } = given.x0.tensor;
  const at = { what: "xt", where: `${where(shape)}, ${note}` };
  await expectSum(await noisy(student, given), termsOf(given), at);
}

/** Compares noisy data with the mixture at each example's own time. */
export async function checkExamples(
  student: Student,
  seed: number,
  shapes = SHAPES,
): Promise<void> {
  for (const shape of shapes) {
    await checkBatch(student, batch(shape, seed), "another alphaBarT for each example");
  }
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
      for (const shape of SHAPES) await noisy(student, batch(shape, 201));
    },
  },
  {
    ...FUNCTION,
    id: "q-given-noise",
    points: 1,
    message: "the noise is the one that is given: the function draws none",
    hint:
      "Whoever calls has drawn eps, and needs to know it: a network is to find that very noise.",
    async run(student) {
      const shape = [7, 3];
      const graph = await student.trace("qSample", argumentsOf(batch(shape, 201)));
      expectNothingDrawn(graph, where(shape));
    },
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
          ? checkBatch(student, { ...given, x0: constant(shape, 1) }, `x0 = 1, ${note}`)
          : checkBatch(student, given, note));
      }
    },
  },
  {
    ...FUNCTION,
    id: "q-noise",
    points: 1,
    message: "of data that are 0 there is only the noise given, with what is left of variance 1",
    hint: "The variances of signal and noise add up to 1. Their sizes do not.",
    async run(student) {
      for (const { alphaBar, shape, plain } of CASES) {
        const alphaBarT = constant(columnOf(shape), alphaBar);
        const given = { ...batch(shape, 207), alphaBarT, x0: constant(shape, 0) };
        const note = `x0 = 0 and alphaBarT = ${alphaBar}`;
        await (plain
          ? checkBatch(student, { ...given, eps: constant(shape, 1) }, `eps = 1, ${note}`)
          : checkBatch(student, given, note));
      }
    },
  },
  {
    ...FUNCTION,
    id: "q-ends",
    points: 1,
    message: "where all of the signal is left xt is x0, and where nothing is left it is eps",
    hint: "Use alphaBarT as it comes: no clamp, and nothing added under a root.",
    async run(student) {
      for (const [alphaBar, what] of [[1, "x0"], [0, "eps"]] as const) {
        const shape = [4, 4];
        const given = { ...batch(shape, 210), alphaBarT: constant([4, 1], alphaBar) };
        const is = { name: what, data: given[what], weight: () => 1 };
        await expectSum(await noisy(student, given), [is], {
          what: "xt",
          where: `${where(shape)}, alphaBarT = ${alphaBar}`,
        });
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
        const given = batch(shape, 216);
        const at = { what: "xt", where: where(shape) };
        await expectSumGradients(await noisy(student, given), termsOf(given), 219, at);
      }
    },
  },
];
