/**
 * Checks of `conditionalScoreXtGivenX0`, against the definition in float64 and against automatic
 * differentiation of the density.
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
import {
  constant,
  cycle,
  normals,
  type Sample,
  sampleOf,
  uniforms,
} from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import { slope } from "../../../lib/course/slope.ts";
import type { Student } from "../../../lib/course/student.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { DEFAULTS, scoreAt, sigmaAt } from "../oracles.ts";

const SHAPES: readonly (readonly [number, number])[] = [
  ...([[64, 2], [8, 3], [1, 4], [5, 1]] as const),
  ...([[1, 1], [4, 4], [33, 20]] as const),
];

/**
 * Rounding: a difference, a square and a division, 6e-8 each, and as much again for other orders. As
 * xt and x0 may be divided before they are subtracted, it is a share of the scores of both.
 */
const RTOL = 3e-6;

/** Noisy data, the data they came from, and the noise's standard deviation. */
interface Batch {
  readonly xt: Sample;
  readonly x0: Sample;
  readonly sigmaT: Sample;
}

async function score(student: Student, { xt, x0, sigmaT }: Batch): Promise<Tensor> {
  const { shape } = xt.tensor;
  const args = [xt.tensor, x0.tensor, sigmaT.tensor];
  const result = await student.call("conditionalScoreXtGivenX0", args);
  return expectTensor(result, "the score", shape, where(shape));
}

function where(shape: Shape): string {
  return `for xt and x0 of shape ${format(shape)} and sigmaT of shape [${shape[0]}, 1]`;
}

/** Data and noisy data that differ by up to a few, exactly: both are multiples of 1/8. */
function batch(shape: Shape, seed: number, sigmaT: Sample): Batch {
  const generator = seeded(seed);
  const eighths = (sample: Sample) =>
    cycle([...sample.values].map((x) => Math.round(8 * x) / 8), shape);
  return {
    x0: eighths(normals(generator, shape, 2)),
    xt: eighths(normals(generator, shape, 3)),
    sigmaT,
  };
}

/** The batch with no xt at x0, where |xt - x0| in a solution would have no derivative. */
function apart({ xt, x0, sigmaT }: Batch): Batch {
  const moved = xt.values.map((x, i) => x === x0.values[i] ? x + 1 / 8 : x);
  return { xt: sampleOf(moved, xt.tensor.shape), x0, sigmaT };
}

/** Standard deviations of a batch, all different, on the schedule. */
function sigmas(B: number, seed: number): Sample {
  const t = uniforms(seeded(seed), [B, 1]);
  return cycle([...t.values].map((u) => sigmaAt(u, DEFAULTS)), [B, 1]);
}

/** The scores of a batch, by the definition. */
function scoresOf({ xt, x0, sigmaT }: Batch): Float64Array {
  const [, d] = xt.tensor.shape;
  return Float64Array.from(
    xt.values,
    (x, i) => scoreAt(x, x0.values[i], sigmaT.values[Math.floor(i / d)]),
  );
}

/** How far off each score may be. */
function tolerances({ xt, x0, sigmaT }: Batch): Float64Array {
  const [, d] = xt.tensor.shape;
  return Float64Array.from(xt.values, (x, i) => {
    const farthest = Math.abs(x) + Math.abs(x0.values[i]);
    return RTOL * Math.abs(scoreAt(farthest, 0, sigmaT.values[Math.floor(i / d)]));
  });
}

/** Compares scores with the definition. */
async function checkBatch(student: Student, given: Batch, note: string): Promise<void> {
  const { shape } = given.xt.tensor;
  const [received] = await read(await score(student, given));
  expectClose(received, scoresOf(given), {
    atol: tolerances(given),
    what: "score",
    shape,
    where: `${where(shape)}, ${note}`,
  });
}

/** Compares scores of examples that each have a sigma of their own with the definition. */
export async function checkExamples(
  student: Student,
  seed: number,
  shapes: typeof SHAPES = SHAPES,
): Promise<void> {
  for (const shape of shapes) {
    const given = batch(shape, seed, sigmas(shape[0], seed + 1));
    await checkBatch(student, given, "another sigma for each example");
  }
}

/** Compares scores with the gradient of log q(xt | x0) that automatic differentiation gives. */
export async function checkDensity(
  student: Student,
  seed: number,
  shapes: typeof SHAPES = SHAPES,
): Promise<void> {
  for (const shape of shapes) {
    const given = batch(shape, seed, sigmas(shape[0], seed + 1));
    const { xt, x0, sigmaT } = given;
    const quadratic = xt.tensor.sub(x0.tensor).div(sigmaT.tensor).square().sum().mul(-0.5);
    const [received, expected] = await read(
      await score(student, given),
      ...grad(quadratic, [xt.tensor]),
    );
    expectClose(received, expected, {
      rtol: RTOL,
      atol: tolerances(given),
      what: "score",
      shape,
      where: `${where(shape)}, from the gradient of log q(xt | x0) by xt`,
    });
  }
}

const FUNCTION = { function: "conditionalScoreXtGivenX0", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const scoreChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "score-shape",
    points: 0,
    message: "the score has the shape of xt: one direction for each example",
    hint:
      "Every operation you need works element by element: nothing is summed. sigmaT is a column, " +
      "and broadcasts by itself.",
    async run(student) {
      for (const [B, d] of SHAPES) {
        const zero = constant([B, d], 0);
        await score(student, { xt: zero, x0: zero, sigmaT: constant([B, 1], 1) });
      }
    },
  },
  {
    ...FUNCTION,
    id: "score-direction",
    points: 1,
    message: "the score points from xt to where the density is larger",
    hint:
      "The density of q(xt | x0) is largest at x0. Which way is it from xt to x0? Mind signs, and " +
      "that each element has a sign of its own.",
    async run(student) {
      for (const shape of SHAPES) {
        const given = batch(shape, 51, constant([shape[0], 1], 0.5));
        const { xt, x0, sigmaT } = given;
        const args = [xt.tensor, x0.tensor, sigmaT.tensor];
        expectNothingDrawn(await student.trace(FUNCTION.function, args), where(shape));
        const [received] = await read(await score(student, given));
        received.forEach((value, i) => {
          const uphill = Math.sign(x0.values[i] - xt.values[i]);
          if (Math.sign(value) === uphill) return;
          throw new CheckFailure({
            expected: `score${indexOf(i, shape)} ${["negative", "0", "positive"][uphill + 1]}`,
            received: digits(value),
            where: `${where(shape)}, at xt = ${xt.values[i]}, x0 = ${x0.values[i]}`,
          });
        });
      }
    },
  },
  {
    ...FUNCTION,
    id: "score-sigma",
    points: 1,
    message:
      "the wider the noise, the flatter the density: the score falls with sigma as it should",
    hint:
      "When sigma doubles, the same distance is half as many standard deviations, and each of " +
      "them is twice as long. By which factor does the slope of log q fall?",
    async run(student) {
      const shape = [8, 3];
      const narrow = batch(shape, 52, constant([8, 1], 1));
      const [reference] = await read(await score(student, narrow));
      for (const factor of [0.5, 2, 16]) {
        const wide = { ...narrow, sigmaT: constant([8, 1], factor) };
        const [received] = await read(await score(student, wide));
        const ratio = scoreAt(1, 0, factor) / scoreAt(1, 0, 1);
        expectClose(received, reference.map((value) => value * ratio), {
          atol: tolerances(wide),
          what: "score",
          shape,
          where: `${where(shape)}, sigmaT = ${factor}, given the score at sigmaT = 1`,
        });
      }
    },
  },
  {
    ...FUNCTION,
    id: "score-values",
    points: 1,
    message: "with sigma = 1 the score is that of a standard normal distribution around x0",
    hint:
      "Write down log q for one dimension and sigma = 1, and differentiate it by xt. Nothing but " +
      "xt - x0 is left.",
    async run(student) {
      for (const shape of SHAPES) {
        await checkBatch(student, batch(shape, 53, constant([shape[0], 1], 1)), "sigmaT = 1");
      }
    },
  },
  {
    ...FUNCTION,
    id: "score-extreme",
    points: 1,
    message: "it holds for very small and very large sigma as well",
    hint: "Use sigmaT as it comes, from 1e-6 to 1e6: no clamp, and nothing added to it.",
    async run(student) {
      const shape = [6, 5];
      for (const sigma of [1e-6, 0.001, 0.01, 0.05, 0.3, 5, 50, 1000, 1e6]) {
        const given = batch(shape, 55, constant([6, 1], sigma));
        await checkBatch(student, given, `sigmaT = ${sigma}`);
      }
      const near = batch(shape, 55, constant([6, 1], 50));
      const xt = sampleOf(near.xt.values.map((x) => 64 * x), shape);
      await checkBatch(student, { ...near, xt }, "sigmaT = 50, xt far from x0");
    },
  },
  {
    ...FUNCTION,
    id: "score-examples",
    points: 1,
    message: "each example's score uses its own sigma",
    hint:
      "sigmaT is [B, 1]: the first row of xt belongs to its first element, and so on. Leave its " +
      "shape as it is.",
    run: (student) => checkExamples(student, 54),
  },
  {
    ...FUNCTION,
    id: "score-density",
    points: 1,
    message: "it equals the gradient of log q(xt | x0) that automatic differentiation gives",
    hint: "Differentiate the logarithm of the Gaussian density by xt, on paper.",
    run: (student) => checkDensity(student, 56),
  },
  {
    ...FUNCTION,
    id: "score-gradients",
    points: 1,
    message: "the score is a function of xt, x0 and sigmaT that can be differentiated again",
    hint: "Compute with tensor operations alone; detach cuts gradients off.",
    async run(student) {
      for (const shape of SHAPES) {
        const [B, d] = shape;
        const given = apart(batch(shape, 57, sigmas(B, 58)));
        const weight = normals(seeded(59), shape);
        const total = (await score(student, given)).mul(weight.tensor).sum();
        const { xt, x0, sigmaT } = given;
        const slopes = await read(...grad(total, [xt.tensor, x0.tensor, sigmaT.tensor]));
        const byXt = new Float64Array(B * d);
        const bySigma = new Float64Array(B);
        const sizes = new Float64Array(B);
        weight.values.forEach((w, i) => {
          const row = Math.floor(i / d);
          const [x, mean, sigma] = [xt.values[i], x0.values[i], sigmaT.values[row]];
          byXt[i] = w * slope((at) => scoreAt(at, mean, sigma), x);
          bySigma[row] += w * slope((at) => scoreAt(x, mean, at), sigma, 1e-4 * sigma);
          const farthest = Math.abs(x) + Math.abs(mean);
          sizes[row] += Math.abs(w * slope((at) => scoreAt(farthest, 0, at), sigma, 1e-4 * sigma));
        });
        const options = { rtol: RTOL, shape, where: `${where(shape)}, with random weights` };
        expectClose(slopes[0], byXt, { ...options, what: "gradient by xt" });
        expectClose(slopes[1], byXt.map((x) => -x), { ...options, what: "gradient by x0" });
        expectClose(slopes[2], bySigma, {
          atol: sizes.map((size) => 1e-5 * size),
          what: "gradient by sigmaT",
          shape: [B, 1],
          where: options.where,
        });
      }
    },
  },
];
