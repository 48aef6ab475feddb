/**
 * Checks of `epsilonLoss` and `guidedEpsilon`: of what is done with the noise a network finds.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectTensor, read } from "../../../lib/course/expect.ts";
import { constant, normals, type Sample } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import { slope } from "../../../lib/course/slope.ts";
import type { Student } from "../../../lib/course/student.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import {
  type DataFunction,
  expectGradients,
  expectSum,
  resultOf,
  SHAPES,
  type Term,
} from "./data.ts";

/** Rounding: a difference, a square and a sum of up to 100 parts. */
const ROUNDING = 1e-5;

function pair(shape: Shape, seed: number): [Sample, Sample] {
  return [normals(seeded(seed), shape), normals(seeded(seed + 1), shape)];
}

async function loss(student: Student, [eps, epsHat]: [Sample, Sample]): Promise<Tensor> {
  const result = await student.call("epsilonLoss", [eps.tensor, epsHat.tensor]);
  return expectTensor(result, "the loss", [], ofNoise(eps.tensor.shape));
}

function ofNoise(shape: Shape): string {
  return `for eps and epsHat of shape ${format(shape)}`;
}

/** The squared errors' average, by adding them up. */
function averageError(eps: ArrayLike<number>, epsHat: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < eps.length; i++) total += (eps[i] - epsHat[i]) ** 2;
  return total / eps.length;
}

/** Compares the loss with the average of squared errors. */
export async function checkLoss(student: Student, seed: number, shapes = SHAPES): Promise<void> {
  for (const shape of shapes) {
    const given = pair(shape, seed);
    const [received] = await read(await loss(student, given));
    expectClose(received, [averageError(given[0].values, given[1].values)], {
      rtol: ROUNDING,
      what: "loss",
      shape: [],
      where: `${ofNoise(shape)}, both random`,
    });
  }
}

/** The noise found without the class and with it, and how far to go. */
interface Guidance {
  readonly uncond: Sample;
  readonly cond: Sample;
  readonly scale: number;
}

const GUIDED_EPSILON: DataFunction<Guidance> = {
  name: "guidedEpsilon",
  result: "the noise",
  element: "noise",
  argumentsOf: ({ uncond, cond, scale }) => [uncond.tensor, cond.tensor, scale],
  shapeOf: ({ uncond }) => uncond.tensor.shape,
  termsOf: ({ uncond, cond, scale }) => [
    { name: "epsUncond", data: uncond, weight: () => 1 - scale },
    { name: "epsCond", data: cond, weight: () => scale },
  ],
  where: ({ uncond, scale }) =>
    `for epsUncond and epsCond of shape ${format(uncond.tensor.shape)}, scale = ${scale}`,
};

function guidance(shape: Shape, seed: number, scale: number): Guidance {
  const [uncond, cond] = pair(shape, seed);
  return { uncond, cond, scale };
}

/**
 * The terms in parts: whoever starts from one end and goes towards the other adds an end that is taken
 * away again, and rounds it.
 */
function inParts(given: Guidance): Term[] {
  return GUIDED_EPSILON.termsOf(given).flatMap((term) => [
    term,
    ...[1, -1].map((weight) => ({ ...term, weight: () => weight })),
  ]);
}

/** Compares guided noise with the point on the line through the two. */
export async function checkGuidance(
  student: Student,
  seed: number,
  scales: readonly number[],
  shapes: readonly Shape[] = [[7, 3]],
): Promise<void> {
  for (const scale of scales) {
    for (const shape of shapes) {
      const given = guidance(shape, seed, scale);
      await expectSum(student, GUIDED_EPSILON, given, { terms: inParts(given) });
    }
  }
}

const LOSS = { function: "epsilonLoss", visibility: "public" } as const;
const GUIDANCE = { function: "guidedEpsilon", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const noiseChecks: readonly Check[] = [
  {
    ...LOSS,
    id: "epsilon-loss-shape",
    points: 0,
    message: "the loss is one number, shape []",
    hint: "A network is trained by one number: average over everything.",
    async run(student) {
      for (const shape of SHAPES) await loss(student, pair(shape, 251));
    },
  },
  {
    ...LOSS,
    id: "epsilon-loss-one",
    points: 1,
    message: "of errors that are all alike, it is the square of one, whatever the shape",
    hint:
      "An average does not grow with the number of elements, and a square has no factor in front. " +
      "Is it the square that you average, or the root of it?",
    async run(student) {
      for (const shape of [[1, 1], ...SHAPES]) {
        for (const error of [0, 3, -3, 40]) {
          const given: [Sample, Sample] = [constant(shape, 1), constant(shape, 1 + error)];
          const [received] = await read(await loss(student, given));
          expectClose(received, [error ** 2], {
            rtol: ROUNDING,
            what: "loss",
            shape: [],
            where: `${ofNoise(shape)}, eps = 1 and epsHat = ${1 + error}`,
          });
        }
      }
    },
  },
  {
    ...LOSS,
    id: "epsilon-loss-values",
    points: 1,
    message: "of errors that differ, it is the average of their squares",
    hint: "Square each error first, then average over all elements of all examples.",
    run: (student) => checkLoss(student, 253),
  },
  {
    ...LOSS,
    id: "epsilon-loss-gradients",
    points: 1,
    message: "gradients flow from the loss to epsHat, so that a network can learn",
    hint: "Compute with tensor operations alone; detach cuts gradients off.",
    async run(student) {
      for (const shape of [[7, 3], [3, 1, 5, 5]]) {
        const given = pair(shape, 255);
        const [eps, epsHat] = given;
        const [received] = await read(...grad(await loss(student, given), [epsHat.tensor]));
        const count = eps.values.length;
        const expected = epsHat.values.map((found, i) =>
          slope((x) => averageError([eps.values[i]], [x]), found) / count
        );
        expectClose(received, expected, {
          rtol: ROUNDING,
          atol: ROUNDING / count,
          what: "gradient by epsHat",
          shape,
          where: ofNoise(shape),
        });
      }
    },
  },
  {
    ...GUIDANCE,
    id: "guided-shape",
    points: 0,
    message: "the noise has the shape of the two that it is made of",
    hint: "Every operation you need works element by element.",
    async run(student) {
      for (const shape of SHAPES) {
        await resultOf(student, GUIDED_EPSILON, guidance(shape, 261, 2));
      }
    },
  },
  {
    ...GUIDANCE,
    id: "guided-ends",
    points: 1,
    message: "scale 0 gives the noise found without the class, scale 1 that found with it",
    hint:
      "Begin without the class and go towards the class, scale times the way. (In the paper's own " +
      "form, no guidance is w = 0: its w is one less than the scale here.)",
    async run(student) {
      for (const scale of [0, 1]) {
        const given = { uncond: constant([7, 3], 1), cond: constant([7, 3], 3), scale };
        await expectSum(student, GUIDED_EPSILON, given, {
          note: "epsUncond = 1 and epsCond = 3",
          terms: inParts(given),
        });
      }
      await checkGuidance(student, 263, [0, 1]);
    },
  },
  {
    ...GUIDANCE,
    id: "guided-beyond",
    points: 1,
    message: "other scales lie on the same straight line, beyond the class for more than 1",
    hint: "The difference of the two, scale times, whatever scale is: nothing is clamped.",
    run: (student) => checkGuidance(student, 265, [0.5, 2, 7.5, 30, -1], SHAPES),
  },
  {
    ...GUIDANCE,
    id: "guided-gradients",
    points: 1,
    message: "gradients flow to both",
    hint: "Compute with tensor operations alone; detach cuts gradients off.",
    async run(student) {
      for (const scale of [2, 0.5]) {
        await expectGradients(student, GUIDED_EPSILON, guidance([7, 3], 267, scale), 269);
      }
    },
  },
];
