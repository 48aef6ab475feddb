/**
 * Checks of `klDiagGaussianToStandard`, against the definition in float64.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectNothingDrawn, expectTensor, read } from "../../../lib/course/expect.ts";
import { constant, cycle, normals, type Sample } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import { slope } from "../../../lib/course/slope.ts";
import type { Student } from "../../../lib/course/student.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { klOf, klOfElement } from "../oracles.ts";

const SHAPES: readonly (readonly [number, number])[] = [
  ...([[64, 5], [10, 3], [1, 4], [5, 1], [1, 1]] as const),
  ...([[4, 4], [3, 257]] as const),
];

/**
 * Error that rounding may cause, as a share of the sum of the sizes of the terms. A stable formula
 * rounds each term a few times (6e-8 each) and exp of 20 adds 1e-6; the sum of 257 terms adds 257
 * roundings at worst, 1.5e-5. The sizes are not halved, as the terms are.
 */
const SHARE = 1e-5;

function kl(student: Student, mu: Sample, logvar: Sample): Promise<Tensor> {
  const { shape } = mu.tensor;
  return student.call("klDiagGaussianToStandard", [mu.tensor, logvar.tensor]).then((result) =>
    expectTensor(result, "the divergence", [shape[0]], where(shape))
  );
}

function where(shape: Shape): string {
  return `for mu and logvar of shape ${format(shape)}`;
}

/** Compares divergences with the definition. */
export async function checkValues(
  student: Student,
  mu: Sample,
  logvar: Sample,
  note: string,
): Promise<void> {
  const [B, D] = mu.tensor.shape;
  const { values, magnitudes } = klOf(mu.values, logvar.values, { B, D });
  const [received] = await read(await kl(student, mu, logvar));
  expectClose(received, values, {
    atol: magnitudes.map((size) => SHARE * size),
    what: "kl",
    where: `${where([B, D])}, ${note}`,
  });
}

/** Compares gradients with slopes of the definition, for random weights of the examples. */
export async function checkGradients(
  student: Student,
  seed: number,
  shapes: typeof SHAPES = SHAPES,
): Promise<void> {
  for (const shape of shapes) {
    const generator = seeded(seed);
    const mu = normals(generator, shape, 2);
    const logvar = normals(generator, shape, 1.5);
    // The prior itself, where encoders begin.
    [mu.values[0], logvar.values[0]] = [0, 0];
    const weight = normals(generator, [shape[0]]);
    const total = (await kl(student, mu, logvar)).mul(weight.tensor).sum();
    const [byMu, byLogvar] = await read(...grad(total, [mu.tensor, logvar.tensor]));
    const at = `${where(shape)}, of the sum of kl with random weights`;
    const w = (i: number) => weight.values[Math.floor(i / shape[1])];
    const expectedByMu = Float64Array.from(
      mu.values,
      (m, i) => w(i) * slope((x) => klOfElement(x, logvar.values[i]), m),
    );
    const expectedByLogvar = Float64Array.from(
      logvar.values,
      (l, i) => w(i) * slope((x) => klOfElement(mu.values[i], x), l),
    );
    // Near logvar = 0 the terms of the slope cancel: what may be off is a share of their sizes.
    const sizes = logvar.values.map((l, i) => Math.abs(w(i)) * (Math.exp(l) + 1));
    const options = { atol: sizes.map((size) => SHARE * size), rtol: SHARE, shape, where: at };
    expectClose(byMu, expectedByMu, { ...options, what: "gradient by mu" });
    expectClose(byLogvar, expectedByLogvar, { ...options, what: "gradient by logvar" });
  }
}

const FUNCTION = { function: "klDiagGaussianToStandard", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const klChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "kl-shape",
    points: 0,
    message: "the result has one number for each example, shape [B]",
    hint: "Dimensions are summed, examples are not: sum over dimension 1.",
    async run(student) {
      for (const shape of SHAPES) await kl(student, constant(shape, 0), constant(shape, 0));
    },
  },
  {
    ...FUNCTION,
    id: "kl-zero",
    points: 1,
    message: "a standard normal distribution is at divergence 0 from itself",
    hint: "Put mu = 0 and logvar = 0 into your formula. Which constant is missing, or too much?",
    async run(student) {
      for (const shape of SHAPES) {
        await checkValues(student, constant(shape, 0), constant(shape, 0), "mu = 0 and logvar = 0");
      }
    },
  },
  {
    ...FUNCTION,
    id: "kl-mean-term",
    points: 1,
    message: "with variance 1, the divergence is that of a shifted normal distribution",
    hint:
      "Only the means are left here. How does the divergence grow when a mean is doubled? Mind " +
      "the factor in front, and that dimensions are summed, not averaged.",
    async run(student) {
      for (const shape of SHAPES) {
        const [mu, logvar] = [normals(seeded(51), shape, 2), constant(shape, 0)];
        // An estimate from samples: what is wrong with it is not its numbers.
        const graph = await student.trace(FUNCTION.function, [mu.tensor, logvar.tensor]);
        expectNothingDrawn(graph, where(shape));
        await checkValues(student, mu, logvar, "logvar = 0");
      }
    },
  },
  {
    ...FUNCTION,
    id: "kl-variance-term",
    points: 1,
    message: "with mean 0, the divergence is that of a widened or narrowed normal distribution",
    hint:
      "Only the variances are left here. The divergence is never negative, and grows both ways " +
      "from logvar = 0. Is your logarithm that of the variance, or of the standard deviation?",
    async run(student) {
      for (const shape of SHAPES) {
        const logvar = normals(seeded(52), shape, 1.5);
        await checkValues(student, constant(shape, 0), logvar, "mu = 0");
      }
    },
  },
  {
    ...FUNCTION,
    id: "kl-values",
    points: 1,
    message: "means and variances together give the divergence of each example",
    hint:
      "The divergence of an example is the sum of those of its dimensions: nothing is averaged, " +
      "and no example sees another.",
    async run(student) {
      for (const shape of SHAPES) {
        const generator = seeded(53);
        const mu = normals(generator, shape);
        await checkValues(student, mu, normals(generator, shape, 0.5), "both random");
      }
    },
  },
  {
    ...FUNCTION,
    id: "kl-extreme",
    points: 1,
    message: "it holds for very small and very large variances and far-off means as well",
    hint: "Use logvar as it comes, from -80 to 80: no clamp, and nothing added to the variance. " +
      "There is no need to take a logarithm: you were given one.",
    async run(student) {
      // Each example holds one size of logvar, so that none hides behind a larger one.
      const levels = [-80, -55, -32, -20, -12.5, -9, -5.5, 5.5, 8, 13.5, 20, 32, 55, 80];
      for (const D of [1, 7]) {
        const shape = [levels.length, D];
        const logvar = cycle(levels.flatMap((level) => new Array(D).fill(level)), shape);
        await checkValues(student, constant(shape, 0), logvar, "logvar from -80 to 80");
        const mu = cycle([-60, 25, 0.001, 7, -0.3, 1000], shape);
        await checkValues(student, mu, constant(shape, -20), "mu up to 1000 and logvar = -20");
      }
    },
  },
  {
    ...FUNCTION,
    id: "kl-gradients",
    points: 1,
    message: "gradients flow to mu and to logvar, and are those of the divergence",
    hint:
      "Compute with tensor operations alone; detach cuts gradients off, and so do clamp and relu.",
    run: (student) => checkGradients(student, 61),
  },
];
