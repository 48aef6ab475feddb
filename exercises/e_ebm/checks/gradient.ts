/**
 * Checks of `inputGradient`, against differences of the energies' definitions in float64.
 *
 * @module
 */
import { type Check, CheckFailure } from "../../../lib/course/check.ts";
import { digits, expectClose, expectTensor, indexOf, read } from "../../../lib/course/expect.ts";
import { normals, type Sample, sampleOf } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Student } from "../../../lib/course/student.ts";
import { format, type Shape, sizeOf } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { bowl, type Landscape, landscapes, linear, pictures } from "../energies.ts";
import { largest, slopesOf } from "../oracles.ts";
import { FLAT, numbersIn, RTOL, SHAPES, steepness } from "./data.ts";

/** What is far off is told apart from what is inexact: the last check says that. */
const COARSE = 0.02;

/** What the function is called with. */
interface Case {
  readonly landscape: Landscape;
  readonly x: Sample;
  /** What is special about it. */
  readonly note?: string;
}

async function gradient(student: Student, given: Case): Promise<Tensor> {
  const { landscape, x } = given;
  const result = await student.call("inputGradient", [landscape.energy, x.tensor]);
  return expectTensor(result, "dE/dx", x.tensor.shape, where(given));
}

function where({ landscape, x, note }: Case): string {
  const called = `for x of shape ${format(x.tensor.shape)} and ${landscape.name}`;
  return note === undefined ? called : `${called}, ${note}`;
}

/** The gradients of cases, computed in one run. */
async function gradients(student: Student, cases: readonly Case[]): Promise<ArrayLike<number>[]> {
  const tensors: Tensor[] = [];
  for (const given of cases) tensors.push(await gradient(student, given));
  return await read(...tensors);
}

/** Compares gradients with slopes, to a share of the largest. */
async function checkCases(
  student: Student,
  cases: readonly Case[],
  tolerance: (slopes: ArrayLike<number>) => number,
): Promise<void> {
  const received = await gradients(student, cases);
  cases.forEach((given, i) => {
    const { landscape, x } = given;
    const expected = slopesOf(landscape, x.values);
    expectClose(received[i], expected, {
      atol: tolerance(expected),
      what: "dE/dx",
      shape: x.tensor.shape,
      where: where(given),
    });
  });
}

/** Compares gradients with slopes, of energies of every kind: two kinds for each shape, in turn. */
export async function checkValues(
  student: Student,
  seed: number,
  shapes: readonly Shape[] = SHAPES,
): Promise<void> {
  const cases = shapes.flatMap((shape, i) => {
    const x = normals(seeded(seed), shape, 1.2);
    const kinds = landscapes(numbersIn(shape), seeded(seed + 1));
    return [0, 1].map((j) => ({ landscape: kinds[(i + j) % kinds.length], x }));
  });
  const shape = [3, 1, 4, 5];
  cases.push({
    landscape: pictures([4, 5], seeded(seed + 2)),
    x: normals(seeded(seed), shape),
  });
  await checkCases(student, cases, (slopes) => RTOL * steepness(slopes));
}

/** Compares each example's gradient with the one it has without the others. */
export async function checkExamples(student: Student, seed: number, shape: Shape): Promise<void> {
  const D = numbersIn(shape);
  const x = normals(seeded(seed), shape);
  const each = Array.from({ length: shape[0] }, (_, i) => {
    return sampleOf(x.values.slice(i * D, (i + 1) * D), [1, ...shape.slice(1)]);
  });
  const [, , , network] = landscapes(D, seeded(seed + 1));
  const batch = { landscape: network, x, note: "where each example alone gave this" };
  const alone = each.map((x) => ({ landscape: network, x }));
  const [together, ...apart] = await gradients(student, [batch, ...alone]);
  const expected = apart.flatMap((slopes) => Array.from(slopes));
  expectClose(together, expected, {
    atol: COARSE * largest(expected),
    what: "dE/dx",
    shape,
    where: where(batch),
  });
}

const FUNCTION = { function: "inputGradient", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const gradientChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "gradient-shape",
    points: 0,
    message: "the gradient has the shape of x, for any batch size and any shape of examples",
    hint:
      "grad takes one number and an array of tensors, and gives an array of gradients. Return the " +
      "one by x, as it comes.",
    async run(student) {
      for (const shape of SHAPES) {
        const x = sampleOf(new Float32Array(sizeOf(shape)).fill(0.5), shape);
        await gradient(student, { landscape: bowl(numbersIn(shape), 1), x });
      }
    },
  },
  {
    ...FUNCTION,
    id: "gradient-direction",
    points: 1,
    message: "it points to where the energy grows, in every example",
    hint:
      "It is the gradient itself that is asked for: no sign is turned here, and nothing detached " +
      "before it is differentiated. Every example needs one: reduce the energies with sum().",
    async run(student) {
      const cases = SHAPES.map((shape) => {
        const x = normals(seeded(11), shape);
        return { landscape: bowl(numbersIn(shape), 1, 0.5), x };
      });
      const received = await gradients(student, cases);
      cases.forEach((given, i) => {
        const { landscape, x } = given;
        slopesOf(landscape, x.values).forEach((slope, j) => {
          const isFlat = Math.abs(slope) < FLAT;
          if (isFlat || Math.sign(received[i][j]) === Math.sign(slope)) return;
          throw new CheckFailure({
            expected: `dE/dx${indexOf(j, x.tensor.shape)} ${slope > 0 ? "positive" : "negative"}`,
            received: digits(received[i][j]),
            where: where(given),
          });
        });
      });
    },
  },
  {
    ...FUNCTION,
    id: "gradient-examples",
    points: 1,
    message: "each example has the gradient of its own energy, however many others there are",
    hint:
      "The mean of the energies shrinks with the batch, and so does its gradient. Of their sum, " +
      "each example's part is untouched by the others.",
    async run(student) {
      for (const shape of [[6, 3], [9, 2], [3, 1, 2, 2]]) await checkExamples(student, 21, shape);
    },
  },
  {
    ...FUNCTION,
    id: "gradient-size",
    points: 1,
    message: "it is as long as the slope is steep: nothing scales, clips or normalizes it",
    hint: "Return what grad gives. Steps and clipping are for those who use the gradient.",
    async run(student) {
      const points = (shape: Shape) => normals(seeded(31), shape, 10);
      // x² + 3x = (x + 1.5)² - 2.25.
      const parabola = bowl(1, 2, -1.5);
      await checkCases(student, [
        { landscape: parabola, x: sampleOf([2], [1, 1]), note: "E = x² + 3x at x = 2" },
        ...[1e-3, 2, 1e3].map((curvature) => ({
          landscape: bowl(3, curvature),
          x: points([5, 3]),
          note: `curvature ${curvature}`,
        })),
        {
          landscape: linear(sampleOf([0.001, -0.04, 1, 30, -1000], [5])),
          x: points([4, 5]),
          note: "which has the same slope everywhere",
        },
      ], (slopes) => COARSE * largest(slopes));
    },
  },
  {
    ...FUNCTION,
    id: "gradient-values",
    points: 1,
    message: "it is the slope of any energy, at x itself, to the accuracy of float32",
    hint:
      "Differentiate energy(x) with respect to that very x: not a changed x, nor anything but " +
      "energy(x), and by grad, which makes no error of differences.",
    run: (student) => checkValues(student, 41),
  },
];
