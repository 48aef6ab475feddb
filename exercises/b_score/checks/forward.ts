/**
 * Checks of `veForward`.
 *
 * A solution's graph depends on shapes and limits alone, so the same generator gives the same noise
 * whatever x0 and t are, and everything but the noise itself is checked exactly.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectFields, read } from "../../../lib/course/expect.ts";
import { expectIndependent } from "../../../lib/course/independence.ts";
import { expectNewNoise } from "../../../lib/course/new_noise.ts";
import { expectStandardNormal } from "../../../lib/course/noise.ts";
import { constant, normals, type Sample, uniforms } from "../../../lib/course/samples.ts";
import { slope } from "../../../lib/course/slope.ts";
import type { Argument, Student } from "../../../lib/course/student.ts";
import { Generator } from "../../../lib/random/mod.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import { Tensor } from "../../../lib/tensor/tensor.ts";
import { DEFAULTS, type Limits, sigmaAt } from "../oracles.ts";
import { LIMITS } from "./sigma.ts";

const SHAPES: readonly (readonly [number, number])[] = [
  ...([[64, 2], [8, 3], [1, 4], [5, 1]] as const),
  ...([[1, 1], [4, 4], [33, 20]] as const),
];

/** Rounding: three roundings of 6e-8 beside that of sigma, up to 4e-6 (see `sigmaVe`'s checks). */
const RTOL = 1e-5;

/** What a solution gives. */
type Forward = Record<"xt" | "eps" | "sigmaT", Tensor>;

async function forward(
  student: Student,
  x0: Tensor,
  t: Argument,
  generator: Generator,
  limits?: Limits,
): Promise<Forward> {
  const given = limits === undefined ? [] : [limits.sigmaMin, limits.sigmaMax];
  const result = await student.call("veForward", [x0, t, ...given], generator);
  const shapes = { xt: x0.shape, eps: x0.shape, sigmaT: [x0.shape[0], 1] };
  return expectFields(result, shapes, where(x0.shape, t));
}

function where(shape: Shape, t: Argument): string {
  const time = t instanceof Tensor ? `t of shape ${format(t.shape)}` : `t = ${t}`;
  return `for x0 of shape ${format(shape)} and ${time}`;
}

/** Times for a batch, all different. */
function times(B: number, seed: number): Sample {
  return uniforms(new Generator(seed), [B], 0.01, 0.99);
}

/** Compares sigmaT with the definition at each example's time. */
export async function checkSigma(student: Student, limits: Limits, given = true): Promise<void> {
  for (const [B, d] of SHAPES) {
    const t = times(B, 21);
    const x0 = constant([B, d], 0).tensor;
    const each = await forward(student, x0, t.tensor, new Generator(1), given ? limits : undefined);
    const quarter = B % 2 === 0 ? 0.25 : constant([], 0.25).tensor;
    const one = await forward(student, x0, quarter, new Generator(1), given ? limits : undefined);
    const [sigmas, equal] = await read(each.sigmaT, one.sigmaT);
    const note = `${given ? "" : "no limits given, so "}sigmaMin = ${limits.sigmaMin}, ` +
      `sigmaMax = ${limits.sigmaMax}`;
    const options = { rtol: RTOL, what: "sigmaT", shape: [B, 1] };
    expectClose(sigmas, Float64Array.from(t.values, (u) => sigmaAt(u, limits)), {
      ...options,
      where: `${where([B, d], t.tensor)}, ${note}`,
    });
    expectClose(equal, new Float64Array(B).fill(sigmaAt(0.25, limits)), {
      ...options,
      where: `${where([B, d], quarter)}, ${note}`,
    });
  }
}

/** Moves x0 under the same noise. */
export async function checkData(
  student: Student,
  seed: number,
  shapes: typeof SHAPES = SHAPES,
): Promise<void> {
  for (const shape of shapes) {
    const [B] = shape;
    const x0 = normals(new Generator(seed), shape, 5, 1);
    const zero = constant(shape, 0);
    for (const t of [0.4, times(B, seed).tensor]) {
      const [moved, noise] = await read(
        (await forward(student, x0.tensor, t, new Generator(seed), DEFAULTS)).xt,
        (await forward(student, zero.tensor, t, new Generator(seed), DEFAULTS)).xt,
      );
      expectClose(moved, noise.map((value, i) => value + x0.values[i]), {
        rtol: RTOL,
        // The noise is of this size where it cancels the data.
        atol: noise.map((value) => RTOL * Math.abs(value)),
        what: "xt",
        shape,
        where: `${where(shape, t)}, where the same noise gave xt - x0 for x0 = 0`,
      });
    }
  }
}

/** Compares xt for x0 = 0 at each example's time with xt where sigma is 1, under the same noise. */
export async function checkScale(student: Student, limits: Limits): Promise<void> {
  const cases = SHAPES.map((shape) => ({ shape, t: times(shape[0], 23) }));
  // The end, where noise is widest and clipping would show.
  cases.push({ shape: [33, 20], t: constant([33], 1) });
  for (const { shape, t } of cases) {
    const [B] = shape;
    const zero = constant(shape, 0).tensor;
    const unit = constant([B], 1).tensor;
    const [scaled, reference] = await read(
      (await forward(student, zero, t.tensor, new Generator(3), limits)).xt,
      (await forward(student, zero, unit, new Generator(3), { sigmaMin: 0.01, sigmaMax: 1 })).xt,
    );
    const sigma = (i: number) => sigmaAt(t.values[Math.floor(i / shape[1])], limits);
    expectClose(scaled, Float64Array.from(reference, (e, i) => e * sigma(i)), {
      rtol: RTOL,
      what: "xt",
      shape,
      where: `${where(shape, t.tensor)} and x0 = 0, given the same noise at sigma = 1`,
    });
  }
}

/** Compares what is in xt with the eps that is returned. */
export async function checkReturnedNoise(
  student: Student,
  seed: number,
  shapes: typeof SHAPES = SHAPES,
): Promise<void> {
  for (const shape of shapes) {
    const [B, d] = shape;
    const t = times(B, seed);
    const zero = constant(shape, 0).tensor;
    const result = await forward(student, zero, t.tensor, new Generator(seed), DEFAULTS);
    const [xt, eps] = await read(result.xt, result.eps);
    const sigma = (i: number) => sigmaAt(t.values[Math.floor(i / d)], DEFAULTS);
    expectClose(eps, Float64Array.from(xt, (x, i) => x / sigma(i)), {
      rtol: RTOL,
      what: "eps",
      shape,
      where: `${where(shape, t.tensor)}, from xt = x0 + sigma(t) eps`,
    });
  }
}

/** The noise of a solution for a shape, a seed, and one time or many. */
async function noise(
  student: Student,
  shape: Shape,
  t: Argument,
  generator: Generator,
): Promise<Float32Array> {
  const result = await forward(student, constant(shape, 0).tensor, t, generator, DEFAULTS);
  const [eps] = await read(result.eps);
  return Float32Array.from(eps);
}

/** Compares the noise with a standard normal distribution. */
export async function checkNormal(student: Student, seed: number, shape: Shape): Promise<void> {
  const { tensor } = times(shape[0], seed);
  const eps = await noise(student, shape, tensor, new Generator(seed));
  expectStandardNormal(eps, "eps", where(shape, tensor));
}

const FUNCTION = { function: "veForward", visibility: "public", needs: ["sigmaVe"] } as const;

/** In the order in which a student meets them. */
export const forwardChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "forward-shape",
    points: 0,
    message: "xt and eps have the shape of x0, and sigmaT is a column, [B, 1]",
    hint: "The lines before yours make a column of t. What shape has sigma of a column?",
    async run(student) {
      for (const shape of SHAPES) {
        const x0 = constant(shape, 0).tensor;
        for (const t of [0.25, constant([], 0.25).tensor, constant([shape[0]], 0.25).tensor]) {
          await forward(student, x0, t, new Generator(1), DEFAULTS);
        }
      }
    },
  },
  {
    ...FUNCTION,
    id: "forward-sigma",
    points: 1,
    message: "sigmaT holds sigma at each example's own time",
    hint: "Each example has a time of its own: use all of them, not just one, and each where it " +
      "belongs.",
    run: (student) => checkSigma(student, DEFAULTS),
  },
  {
    ...FUNCTION,
    id: "forward-limits",
    points: 1,
    message: "the limits that are passed in are used, and 0.01 and 50 where none are",
    hint: "sigmaVe takes sigmaMin and sigmaMax too: hand on what you were given.",
    async run(student) {
      for (const limits of LIMITS) await checkSigma(student, limits);
      await checkSigma(student, DEFAULTS, false);
    },
  },
  {
    ...FUNCTION,
    id: "forward-data",
    points: 1,
    message: "moving x0 moves xt by exactly as much, at all times",
    hint: "In a variance exploding process the data are added as they are: nothing scales or " +
      "changes x0.",
    run: (student) => checkData(student, 22),
  },
  {
    ...FUNCTION,
    id: "forward-random",
    points: 1,
    message: "every call draws new noise, from the stream that manualSeed seeds",
    hint:
      "Draw with randn or randnLike inside the function, without a seed or a generator of your " +
      "own, so that two calls differ and whoever calls decides on the seed.",
    async run(student) {
      for (const shape of [[64, 5], [1, 4], [5, 1], [1, 1]]) {
        const x0 = constant(shape, 0).tensor;
        await expectNewNoise({
          values: async (generator) => {
            const [xt] = await read((await forward(student, x0, 0.5, generator, DEFAULTS)).xt);
            return xt;
          },
          trace: () => student.trace("veForward", [x0, 0.5]),
          names: ["xt", "xt - x0"],
          where: where(shape, 0.5),
        });
      }
    },
  },
  {
    ...FUNCTION,
    id: "forward-scale",
    points: 1,
    message: "the noise in xt grows in proportion to each example's sigma",
    hint: "sigma is a standard deviation: it multiplies the noise once.",
    async run(student) {
      await checkScale(student, DEFAULTS);
      await checkScale(student, LIMITS[1]);
    },
  },
  {
    ...FUNCTION,
    id: "forward-returned-noise",
    points: 1,
    message: "the eps returned is the noise that is in xt, before it was scaled",
    hint: "Draw once, keep the result in a variable, use it in xt, and return that same variable.",
    run: (student) => checkReturnedNoise(student, 24),
  },
  {
    ...FUNCTION,
    id: "forward-independent",
    points: 1,
    message: "every element of eps is drawn by itself, in every example and every dimension",
    hint: "How many numbers does your call draw? There should be one for every element of x0.",
    async run(student) {
      const eachTime = (B: number) => times(B, 25).tensor;
      for (const timeOf of [() => 0.5, () => constant([], 0.5).tensor, eachTime]) {
        await expectIndependent(
          (shape) => noise(student, shape, timeOf(shape[0]), new Generator(31)),
          "eps",
          (shape) => where(shape, timeOf(shape[0])),
        );
      }
    },
  },
  {
    ...FUNCTION,
    id: "forward-normal",
    points: 1,
    message: "eps is standard normal: mean 0, variance 1, and normal in shape",
    hint: "Draw it with randn or randnLike, and return it as it comes.",
    run: (student) => checkNormal(student, 33, [550, 550]),
  },
  {
    ...FUNCTION,
    id: "forward-gradients",
    points: 1,
    message: "gradients flow through xt to x0 and to t",
    hint: "Compute with tensor operations alone; detach cuts gradients off.",
    async run(student) {
      for (const shape of SHAPES) {
        const [B, d] = shape;
        const x0 = normals(new Generator(41), shape);
        const t = times(B, 42);
        const weight = normals(new Generator(43), shape);
        const result = await forward(student, x0.tensor, t.tensor, new Generator(44), DEFAULTS);
        const total = result.xt.mul(weight.tensor).sum();
        const [byData, byTime, eps] = await read(
          ...grad(total, [x0.tensor, t.tensor]),
          result.eps,
        );
        const at = `${where(shape, t.tensor)}, of the sum of xt with random weights`;
        expectClose(byData, weight.values, {
          rtol: RTOL,
          what: "gradient by x0",
          shape,
          where: at,
        });
        const sigmaOf = (u: number) => sigmaAt(u, DEFAULTS);
        const expected = new Float64Array(B);
        const sizes = new Float64Array(B);
        eps.forEach((e, i) => {
          const row = Math.floor(i / d);
          const part = weight.values[i] * e * slope(sigmaOf, t.values[row], 1e-6);
          expected[row] += part;
          sizes[row] += RTOL * Math.abs(part);
        });
        expectClose(byTime, expected, { atol: sizes, what: "gradient by t", where: at });
      }
    },
  },
];
