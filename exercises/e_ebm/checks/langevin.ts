/**
 * Checks of `langevinStep`. The noise is given, so everything is checked exactly.
 *
 * @module
 */
import { type Check, CheckFailure } from "../../../lib/course/check.ts";
import {
  digits,
  expectClose,
  expectNothingDrawn,
  expectTensor,
  indexOf,
  read,
} from "../../../lib/course/expect.ts";
import { constant, normals, type Sample, uniforms } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Argument, Student } from "../../../lib/course/student.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { bowl, type Landscape, landscapes } from "../energies.ts";
import { type Scales, slopesOf } from "../oracles.ts";
import { FLAT, numbersIn, RTOL, SHAPES, steepness } from "./data.ts";

/** What the function is called with. */
interface Case extends Scales {
  readonly landscape: Landscape;
  readonly x: Sample;
  readonly noise: Sample;
}

function argumentsOf({ landscape, x, stepSize, noiseScale, noise }: Case): Argument[] {
  return [landscape.energy, x.tensor, stepSize, noiseScale, noise.tensor];
}

async function step(student: Student, given: Case): Promise<Tensor> {
  const result = await student.call("langevinStep", argumentsOf(given));
  return expectTensor(result, "the next x", given.x.tensor.shape, where(given));
}

function where({ landscape, x, stepSize, noiseScale }: Case): string {
  return `for x and noise of shape ${format(x.tensor.shape)}, ${landscape.name}, ` +
    `stepSize = ${stepSize} and noiseScale = ${noiseScale}`;
}

/** Where chains are next, for all cases, computed in one run. */
async function steps(student: Student, cases: readonly Case[]): Promise<ArrayLike<number>[]> {
  const tensors: Tensor[] = [];
  for (const given of cases) tensors.push(await step(student, given));
  return await read(...tensors);
}

/** Compares what comes next with the definition. */
async function checkCases(student: Student, cases: readonly Case[], note: string): Promise<void> {
  const received = await steps(student, cases);
  cases.forEach((given, i) => {
    const { landscape, x, stepSize, noiseScale, noise } = given;
    const slopes = slopesOf(landscape, x.values);
    const steepest = steepness(slopes);
    const parts = (j: number) => [x.values[j], -stepSize * slopes[j], noiseScale * noise.values[j]];
    const expected = slopes.map((_, j) => parts(j).reduce((sum, part) => sum + part));
    expectClose(received[i], expected, {
      atol: slopes.map((_, j) => {
        const [at, , added] = parts(j).map(Math.abs);
        return RTOL * (at + stepSize * steepest + added);
      }),
      what: "the next x",
      shape: x.tensor.shape,
      where: `${where(given)}, ${note}`,
    });
  });
}

/** Compares steps on energies of every kind with the definition. */
export async function checkValues(
  student: Student,
  seed: number,
  shapes: readonly Shape[],
): Promise<void> {
  const cases = shapes.flatMap((shape) => {
    const generator = seeded(seed);
    const [x, noise] = [normals(generator, shape, 2), normals(generator, shape)];
    return landscapes(numbersIn(shape), seeded(seed + 1)).map((landscape, i) => {
      const [stepSize, noiseScale] = [[0.03, 0.4], [1.5, 0.01]][i % 2];
      return { landscape, x, stepSize, noiseScale, noise };
    });
  });
  await checkCases(student, cases, "with other noise for each number");
}

/** What no gradient of a later loss may reach: x, and what the energy computes with. */
export async function checkDetached(student: Student, seed: number, shape: Shape): Promise<void> {
  const generator = seeded(seed);
  const x = normals(generator, shape);
  const noise = normals(generator, shape);
  for (const landscape of landscapes(numbersIn(shape), seeded(seed + 1))) {
    const given = { landscape, x, stepSize: 0.3, noiseScale: 0.2, noise };
    const { parameters } = landscape.energy;
    const [byX, ...byParameters] = grad((await step(student, given)).sum(), [
      x.tensor,
      ...parameters,
    ]);
    const values = await read(byX, ...byParameters);
    for (const [i, { shape }] of [byX, ...byParameters].entries()) {
      expectClose(values[i], new Float64Array(values[i].length), {
        what: i === 0 ? "gradient by x" : "gradient by the energy's parameters",
        shape,
        where: `${where(given)}, of the sum of the next x`,
      });
    }
  }
}

/** Chains that start near 0 in a wide bowl, where small steps and noise lead to no bound. */
function nearby(shape: Shape, scales: Scales, noise?: Sample): Case {
  const x = uniforms(seeded(51), shape, -0.3, 0.3);
  const landscape = bowl(numbersIn(shape), 0.5, 0.1);
  return { landscape, x, ...scales, noise: noise ?? constant(shape, 0) };
}

/** Cases of every shape: all values with the first, and one of them with each other, in turn. */
function inTurn<T>(values: readonly T[], caseOf: (shape: Shape, value: T) => Case): Case[] {
  const [first, ...others] = SHAPES;
  return [
    ...values.map((value) => caseOf(first, value)),
    ...others.map((shape, i) => caseOf(shape, values[i % values.length])),
  ];
}

const FUNCTION = {
  function: "langevinStep",
  visibility: "public",
  needs: ["inputGradient"],
} as const;

/** In the order in which a student meets them. */
export const langevinChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "langevin-shape",
    points: 0,
    message: "the next x has the shape of x, for any batch size and any shape of examples",
    hint: "x, its gradient and the noise have one shape: nothing is summed or averaged.",
    async run(student) {
      for (const shape of SHAPES) {
        await step(student, nearby(shape, { stepSize: 0.1, noiseScale: 0.1 }));
      }
    },
  },
  {
    ...FUNCTION,
    id: "langevin-given-noise",
    points: 1,
    message: "the noise is the one that is given: the function draws none",
    hint: "Whoever calls has drawn the noise: take it from the argument of that name, always.",
    async run(student) {
      const given = nearby([8, 2], { stepSize: 0.1, noiseScale: 0.1 });
      expectNothingDrawn(await student.trace("langevinStep", argumentsOf(given)), where(given));
    },
  },
  {
    ...FUNCTION,
    id: "langevin-downhill",
    points: 1,
    message: "without noise every number moves to where the energy is lower",
    hint: "The gradient points uphill.",
    async run(student) {
      const cases = SHAPES.map((shape) => nearby(shape, { stepSize: 0.5, noiseScale: 0.2 }));
      const received = await steps(student, cases);
      cases.forEach((given, i) => {
        const { landscape, x } = given;
        slopesOf(landscape, x.values).forEach((slope, j) => {
          const moved = received[i][j] - x.values[j];
          const isFlat = Math.abs(slope) < FLAT;
          if (isFlat || Math.sign(moved) === -Math.sign(slope)) return;
          const direction = slope > 0 ? "less" : "more";
          throw new CheckFailure({
            expected: `the next x${indexOf(j, x.tensor.shape)} ${direction} than ${
              digits(x.values[j])
            }`,
            received: digits(received[i][j]),
            where: `${where(given)}, noise of zeros`,
          });
        });
      });
    },
  },
  {
    ...FUNCTION,
    id: "langevin-step",
    points: 1,
    message: "without noise it moves by the gradient times stepSize",
    hint:
      "stepSize multiplies the gradient once, and noiseScale has no part in it. The gradient is the " +
      "one your inputGradient gives at x, as long as it is.",
    async run(student) {
      const pairs = [[0.01, 0.2], [0.4, 0], [1.5, 0.2], [0, 0.2]];
      const cases = inTurn(pairs, (shape, [stepSize, noiseScale]) => {
        return nearby(shape, { stepSize, noiseScale });
      });
      await checkCases(student, cases, "noise of zeros");
    },
  },
  {
    ...FUNCTION,
    id: "langevin-noise",
    points: 1,
    message: "the noise that is given is added once, times noiseScale, whatever stepSize is",
    hint:
      "noiseScale is a standard deviation: it multiplies the noise as it is. Who wants the root of " +
      "2 stepSize passes that in. The gradient is that at x, where there is no noise yet.",
    async run(student) {
      const pairs = [[0.1, 0.15], [0.1, 0.05], [0.5, 0.15], [0, 0.1], [0.02, 0]];
      const cases = inTurn(pairs, (shape, [stepSize, noiseScale]) => {
        return nearby(shape, { stepSize, noiseScale }, normals(seeded(52), shape));
      });
      const still = cases.map((given) => ({ ...given, noise: constant(given.x.tensor.shape, 0) }));
      const all = await steps(student, [...cases, ...still]);
      cases.forEach((given, i) => {
        const { noise, noiseScale, x } = given;
        const without = all[cases.length + i];
        expectClose(all[i], noise.values.map((z, j) => without[j] + noiseScale * z), {
          atol: RTOL,
          what: "the next x",
          shape: x.tensor.shape,
          where: `${where(given)}, reckoned from your step with noise of zeros`,
        });
      });
    },
  },
  {
    ...FUNCTION,
    id: "langevin-unbounded",
    points: 1,
    message: "nothing is clipped: far from 0, on steep slopes and with wide noise it holds as well",
    hint:
      "Bounds are clampToBounds' business, and whoever samples decides when to call it. Take x, " +
      "gradient and noise as they are.",
    async run(student) {
      const extremes = [[0.5, 0.3, 1], [40, 0.02, 3], [1, 0.1, 3000]];
      const cases = inTurn(extremes, (shape, [curvature, stepSize, noiseScale]) => {
        const generator = seeded(61);
        const x = normals(generator, shape, 20);
        const noise = normals(generator, shape, 5);
        return {
          landscape: bowl(numbersIn(shape), curvature),
          x,
          stepSize,
          noiseScale,
          noise,
        };
      });
      await checkCases(student, cases, "x up to 60");
    },
  },
  {
    ...FUNCTION,
    id: "langevin-values",
    points: 1,
    message: "it is right for energies of any kind",
    hint: "Compute with the energy that is passed in, at the x that is passed in.",
    run: (student) => checkValues(student, 71, [[6, 2], [1, 3], [2, 1, 2, 2]]),
  },
  {
    ...FUNCTION,
    id: "langevin-detached",
    points: 1,
    message: "the next x is detached: no gradient flows through it to x, or into the energy",
    hint:
      "In training, samples are data: the loss must not reach the network through them. Detach the " +
      "result; detaching x alone leaves the way through the energy's weights open.",
    run: (student) => checkDetached(student, 81, [5, 2]),
  },
];
