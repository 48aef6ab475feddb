/**
 * Checks of `reparameterize`.
 *
 * The noise a solution draws is found by calling it with mu = 0 and logvar = 0. As its graph depends
 * on the arguments' shapes alone, the same generator gives the same noise for any other mu and
 * logvar, so everything but the noise itself is checked exactly.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { drawMany } from "../../../lib/course/draws.ts";
import { expectClose, expectTensor, read } from "../../../lib/course/expect.ts";
import { expectIndependent } from "../../../lib/course/independence.ts";
import { expectNewNoise, NEW_NOISE } from "../../../lib/course/new_noise.ts";
import { expectStandardNormal } from "../../../lib/course/noise.ts";
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

const SHAPES: readonly Shape[] = [[64, 5], [7, 3], [1, 4], [5, 1], [1, 1], [4, 4], [33, 20]];

/** Rounding: mu + std eps is three roundings of 6e-8; the exponential of up to 10 adds 1e-6. */
const RTOL = 1e-5;

function z(student: Student, mu: Sample, logvar: Sample, generator: Generator): Promise<Tensor> {
  return student.call("reparameterize", [mu.tensor, logvar.tensor], generator).then((result) =>
    expectTensor(result, "z", mu.tensor.shape, where(mu.tensor.shape))
  );
}

function where(shape: Shape): string {
  return `for mu and logvar of shape ${format(shape)}`;
}

/** The standard deviation that a logarithm of a variance stands for. */
function std(logvar: number): number {
  return Math.sqrt(Math.exp(logvar));
}

/** The noise of a solution for a shape and a seed. */
async function noise(student: Student, shape: Shape, generator: Generator): Promise<Float32Array> {
  const zero = constant(shape, 0);
  const [eps] = await read(await z(student, zero, zero, generator));
  return Float32Array.from(eps);
}

/** Looks whether every call draws noise of its own. */
export async function checkNew(student: Student, shapes: readonly Shape[]): Promise<void> {
  for (const shape of shapes) {
    const zero = constant(shape, 0);
    const wide = constant(shape, 0.5);
    await expectNewNoise({
      values: async (generator) => {
        const [values] = await read(await z(student, zero, wide, generator));
        return values;
      },
      trace: () => student.trace("reparameterize", [zero.tensor, wide.tensor]),
      names: ["z", "z - mu"],
      where: where(shape),
    });
  }
}

/** Moves mu under the same noise. */
export async function checkMean(
  student: Student,
  seed: number,
  shapes: typeof SHAPES = SHAPES,
): Promise<void> {
  for (const shape of shapes) {
    const generator = seeded(seed);
    const mu = normals(generator, shape, 3);
    // Far off as well, where a clamp would show.
    const far = sampleOf(mu.values.map((m, i) => i % 3 === 2 ? 100 * m : m), shape);
    // Positive: whether the scale is right is not this check's question.
    const logvar = uniforms(generator, shape, 0.1, 1);
    const [moved, centred] = await read(
      await z(student, far, logvar, seeded(seed)),
      await z(student, constant(shape, 0), logvar, seeded(seed)),
    );
    expectClose(moved, centred.map((value, i) => value + far.values[i]), {
      rtol: RTOL,
      // The noise is of this size where it cancels the mean.
      atol: centred.map((value) => RTOL * Math.abs(value)),
      what: "z",
      shape,
      where: `${where(shape)}, where the same noise gave z - mu for mu = 0`,
    });
  }
}

/** Compares z for mu = 0 with the noise times the standard deviation. */
export async function checkScale(
  student: Student,
  shape: Shape,
  logvar: Sample,
  note: string,
): Promise<void> {
  const eps = await noise(student, shape, seeded(5));
  const [scaled] = await read(
    await z(student, constant(shape, 0), logvar, seeded(5)),
  );
  const expected = Float64Array.from(eps, (e, i) => e * std(logvar.values[i]));
  expectClose(scaled, expected, {
    rtol: RTOL,
    what: "z",
    shape,
    where: `${where(shape)}, ${note}`,
  });
}

/** Compares gradients of z with slopes on the host, for random weights of the elements. */
export async function checkGradients(
  student: Student,
  seed: number,
  shapes: typeof SHAPES = SHAPES,
): Promise<void> {
  for (const shape of shapes) {
    const generator = seeded(seed);
    const mu = normals(generator, shape);
    const logvar = normals(generator, shape, 0.7);
    const weight = normals(generator, shape);
    const eps = await noise(student, shape, seeded(seed));
    const sample = await z(student, mu, logvar, seeded(seed));
    const [byMu, byLogvar] = await read(
      ...grad(sample.mul(weight.tensor).sum(), [mu.tensor, logvar.tensor]),
    );
    const at = `${where(shape)}, of the sum of z with random weights`;
    expectClose(byMu, weight.values, { rtol: RTOL, what: "gradient by mu", shape, where: at });
    const expected = Float64Array.from(
      eps,
      (e, i) => weight.values[i] * e * slope(std, logvar.values[i]),
    );
    expectClose(byLogvar, expected, {
      rtol: RTOL,
      // A scale taken out of a row and put back adds the row's gradients, of size 1, and takes them off.
      atol: 1e-6,
      what: "gradient by logvar",
      shape,
      where: at,
    });
  }
}

/** Compares the noise of so many calls with a standard normal distribution. */
export async function checkNormal(
  student: Student,
  seed: number,
  { shape, times }: { readonly shape: Shape; readonly times: number },
): Promise<void> {
  const { tensor } = constant(shape, 0);
  const calls = { name: "reparameterize", args: [tensor, tensor], times };
  const eps = await drawMany(
    student,
    calls,
    seeded(seed),
    (result) => expectTensor(result, "z", shape, where(shape)),
  );
  expectStandardNormal(eps, "z for mu = 0 and logvar = 0", `${where(shape)}, in ${times} calls`);
}

const FUNCTION = { function: "reparameterize", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const reparameterizeChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "reparameterize-shape",
    points: 0,
    message: "z has the shape of mu, for any batch size and latent dimension",
    hint: "Every operation you need works element by element. Sum and average nothing.",
    async run(student) {
      for (const shape of SHAPES) {
        await z(student, constant(shape, 0), constant(shape, 0), seeded(1));
      }
    },
  },
  {
    ...FUNCTION,
    id: "reparameterize-random",
    ...NEW_NOISE,
    run: (student) => checkNew(student, [[64, 5], [1, 4], [5, 1], [1, 1]]),
  },
  {
    ...FUNCTION,
    id: "reparameterize-mean",
    points: 1,
    message: "moving mu moves z by exactly as much, whatever logvar is",
    hint: "z is centred on mu: mu is added as it is, after the noise has been scaled.",
    run: (student) => checkMean(student, 11),
  },
  {
    ...FUNCTION,
    id: "reparameterize-scale",
    points: 1,
    message: "the noise is multiplied by the standard deviation that logvar stands for",
    hint: "logvar is log(sigma^2). What has to be done to it to get sigma, and not sigma^2?",
    async run(student) {
      for (const shape of SHAPES) {
        const logvar = normals(seeded(21), shape, 1.5);
        await checkScale(student, shape, logvar, "mu = 0 and logvar around 0");
      }
    },
  },
  {
    ...FUNCTION,
    id: "reparameterize-extreme",
    points: 1,
    message: "the scale is right for very small and very large variances as well",
    hint: "Use logvar as it comes, from -80 to 80: no clamp, and nothing added to the variance.",
    run: (student) =>
      checkScale(
        student,
        [9, 13],
        cycle([-80, -55, -32, -20, -12.5, -9, 0, 8, 13.5, 20, 32, 55, 80], [9, 13], 3),
        "mu = 0 and logvar from -80 to 80",
      ),
  },
  {
    ...FUNCTION,
    id: "reparameterize-independent",
    points: 1,
    message: "every element of z has noise of its own, in every example and every dimension",
    hint: "How many numbers does your call draw? There should be one for every element of mu.",
    run: (student) => expectIndependent((shape) => noise(student, shape, seeded(31)), "z", where),
  },
  {
    ...FUNCTION,
    id: "reparameterize-normal",
    points: 1,
    message: "the noise is standard normal: mean 0, variance 1, and normal in shape",
    hint: "Draw it with randn or randnLike, and use it as it comes, whatever the shape of mu.",
    async run(student) {
      await checkNormal(student, 33, { shape: [200, 200], times: 8 });
      // A single example, and a single dimension.
      await checkNormal(student, 34, { shape: [1, 1000], times: 10 });
      await checkNormal(student, 35, { shape: [1000, 1], times: 10 });
    },
  },
  {
    ...FUNCTION,
    id: "reparameterize-gradients",
    points: 1,
    message: "gradients flow through z to mu and to logvar",
    hint:
      "z must be computed from mu and logvar with tensor operations alone; detach cuts gradients " +
      "off, and so does a clamp.",
    run: (student) => checkGradients(student, 41),
  },
];
