/**
 * Checks of `bernoulliNllFromLogits`, against the definition in float64.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectTensor, read } from "../../../lib/course/expect.ts";
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
import type { Generator } from "../../../lib/random/mod.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { nllOf, nllOfElement } from "../oracles.ts";

const SHAPES: readonly (readonly [number, number])[] = [
  ...([[64, 32], [7, 3], [1, 6], [5, 1], [1, 1]] as const),
  ...([[4, 4], [3, 784]] as const),
];

/**
 * Error that rounding may cause, as a share of sum(|l| + 1). A stable formula rounds each pixel's
 * terms a few times (6e-8 each, of |l|); the sum over 784 pixels adds 784 roundings at worst, 5e-5,
 * and a hundredth of that where it is made in parts, as every runtime does.
 */
const SHARE = 1e-5;

/** The same for examples of a single pixel, where nothing is summed. */
const PIXEL_SHARE = 1e-6;

function nll(student: Student, logits: Sample, x: Sample): Promise<Tensor> {
  const { shape } = logits.tensor;
  return student.call("bernoulliNllFromLogits", [logits.tensor, x.tensor]).then((result) =>
    expectTensor(result, "the negative log-likelihood", [shape[0]], where(shape))
  );
}

function where(shape: Shape): string {
  return `for logits and x of shape ${format(shape)}`;
}

/** Compares likelihoods with the definition. */
export async function checkValues(
  student: Student,
  logits: Sample,
  x: Sample,
  note: string,
): Promise<void> {
  const [B, P] = logits.tensor.shape;
  const { values, magnitudes } = nllOf(logits.values, x.values, { B, D: P });
  const [received] = await read(await nll(student, logits, x));
  expectClose(received, values, {
    atol: magnitudes.map((size) => (P === 1 ? PIXEL_SHARE : SHARE) * size),
    what: "nll",
    where: `${where([B, P])}, ${note}`,
  });
}

/** Pixels that are 0 or 1. */
function binary(generator: Generator, shape: Shape): Sample {
  return sampleOf(uniforms(generator, shape).values.map((u) => u < 0.4 ? 1 : 0), shape);
}

/** All pairs of these logits and x, each an example of its own. */
function pairs(levels: readonly number[], targets: readonly number[]): [Sample, Sample] {
  const shape = [levels.length * targets.length, 1];
  const logits = levels.flatMap((level) => targets.map(() => level));
  return [cycle(logits, shape), cycle(targets, shape)];
}

/** Compares gradients with slopes of the definition, for random weights of the examples. */
export async function checkGradients(student: Student, logits: Sample, x: Sample): Promise<void> {
  const { shape } = logits.tensor;
  const weight = normals(seeded(81), [shape[0]]);
  const total = (await nll(student, logits, x)).mul(weight.tensor).sum();
  const [byLogits] = await read(...grad(total, [logits.tensor]));
  const w = (i: number) => weight.values[Math.floor(i / shape[1])];
  const expected = Float64Array.from(
    logits.values,
    (l, i) => w(i) * slope((logit) => nllOfElement(logit, x.values[i]), l),
  );
  expectClose(byLogits, expected, {
    // The slope of a pixel is at most 1, from terms of at most 1 that are rounded a few times.
    atol: logits.values.map((_, i) => 1e-5 * Math.abs(w(i))),
    what: "gradient by logits",
    shape,
    where: `${where(shape)}, of the sum of nll with random weights`,
  });
}

const FUNCTION = { function: "bernoulliNllFromLogits", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const nllChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "nll-shape",
    points: 0,
    message: "the result has one number for each example, shape [B]",
    hint:
      "Pixels are summed, examples are not: sum over dimension 1. A loss function that gives a " +
      "scalar has an option to give each element's loss.",
    async run(student) {
      for (const shape of SHAPES) await nll(student, constant(shape, 0), constant(shape, 1));
    },
  },
  {
    ...FUNCTION,
    id: "nll-even-odds",
    points: 1,
    message: "where every logit is 0, a pixel costs ln 2, whatever it is",
    hint: "Probability 1/2 costs ln 2 = 0.693 nats a pixel. Pixels are summed, not averaged.",
    async run(student) {
      for (const shape of SHAPES) {
        const x = binary(seeded(71), shape);
        await checkValues(student, constant(shape, 0), x, "logits = 0");
      }
    },
  },
  {
    ...FUNCTION,
    id: "nll-binary",
    points: 1,
    message: "pixels of 0 and 1 cost the negative logarithm of their probability",
    hint:
      "A large positive logit says that the pixel is 1: then x = 1 must be cheap, and x = 0 dear. " +
      "(An if takes any tensor for true, whatever its values are.)",
    async run(student) {
      for (const shape of SHAPES) {
        const generator = seeded(72);
        const logits = normals(generator, shape, 2);
        await checkValues(student, logits, binary(generator, shape), "x of 0 and 1");
      }
    },
  },
  {
    ...FUNCTION,
    id: "nll-grey",
    points: 1,
    message: "grey pixels, between 0 and 1, count for both sides in proportion",
    hint:
      "Use x as the weight of the logarithm, and 1 - x as that of the other one; do not turn it " +
      "into 0 or 1, and do not choose by it.",
    async run(student) {
      for (const shape of SHAPES) {
        const generator = seeded(73);
        const logits = normals(generator, shape, 2);
        await checkValues(student, logits, uniforms(generator, shape), "x between 0 and 1");
      }
    },
  },
  {
    ...FUNCTION,
    id: "nll-extreme",
    points: 1,
    message: "it stays exact for logits of any size, here up to 500 either way",
    hint:
      "In float32, sigmoid(90) is 1 and sigmoid(-90) next to 0, and their logarithms are lost. " +
      "Never compute a probability, and clamp nothing: some function does it from the logits.",
    async run(student) {
      const sizes = [10.5, 17, 25, 40, 60, 90, 150, 500];
      const levels = sizes.flatMap((size) => [-size, size]);
      const [logits, x] = pairs(levels, [0, 0.25, 0.5, 0.9, 1]);
      await checkValues(student, logits, x, "logits from -500 to 500");
      const shape = [6, 50];
      await checkValues(
        student,
        cycle(levels, shape, 5),
        binary(seeded(74), shape),
        "logits from -500 to 500",
      );
    },
  },
  {
    ...FUNCTION,
    id: "nll-gradients",
    points: 1,
    message: "gradients flow to the logits, at logits of any size",
    hint:
      "Compute with tensor operations alone, straight from the logits. The gradient by a logit " +
      "never vanishes while the prediction is wrong.",
    async run(student) {
      for (const shape of SHAPES) {
        const generator = seeded(75);
        const logits = normals(generator, shape, 2);
        await checkGradients(student, logits, uniforms(generator, shape));
      }
      await checkGradients(student, ...pairs([-500, -90, -40, -17, 17, 40, 90, 500], [0, 0.3, 1]));
    },
  },
];
