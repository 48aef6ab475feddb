/**
 * Checks of `veForward`.
 *
 * A solution's graph depends on shapes and limits alone, so the same generator gives the same noise
 * whatever x0 and t are, and everything but the noise itself is checked exactly.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { drawMany } from "../../../lib/course/draws.ts";
import { expectClose, expectFields, read } from "../../../lib/course/expect.ts";
import { expectIndependent } from "../../../lib/course/independence.ts";
import { expectNewNoise, NEW_NOISE } from "../../../lib/course/new_noise.ts";
import { expectStandardNormal } from "../../../lib/course/noise.ts";
import { constant, normals, type Sample, sampleOf, uniforms } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import { slope } from "../../../lib/course/slope.ts";
import type { Argument, Student } from "../../../lib/course/student.ts";
import type { Generator } from "../../../lib/random/mod.ts";
import type { Tree } from "../../../lib/runtime/tree.ts";
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
  return fieldsOf(await student.call("veForward", [x0, t, ...given], generator), x0.shape, t);
}

function fieldsOf(result: Tree, shape: Shape, t: Argument): Forward {
  return expectFields(result, { xt: shape, eps: shape, sigmaT: [shape[0], 1] }, where(shape, t));
}

function where(shape: Shape, t: Argument): string {
  const time = t instanceof Tensor ? `t of shape ${format(t.shape)}` : `t = ${t}`;
  return `for x0 of shape ${format(shape)} and ${time}`;
}

/** Times for a batch, all different. */
function times(B: number, seed: number): Sample {
  return uniforms(seeded(seed), [B], 0.01, 0.99);
}

/** The times of a batch in one of the forms they may have, and each example's. */
interface Times {
  readonly t: Argument;
  readonly at: (example: number) => number;
}

/** Times of a batch: one for each example, and one for all as a tensor and as a number. */
function everyForm(B: number, seed: number): Times[] {
  const each = times(B, seed);
  const one = 0.75;
  return [
    { t: each.tensor, at: (i) => each.values[i] },
    { t: constant([], one).tensor, at: () => one },
    { t: one, at: () => one },
  ];
}

/** Each shape with times for each example, and the first with every other form as well. */
function cases(
  shapes: typeof SHAPES,
  seed: number,
): { shape: typeof SHAPES[number]; form: Times }[] {
  return shapes.flatMap((shape, i) =>
    everyForm(shape[0], seed).slice(0, i === 0 ? undefined : 1).map((form) => ({ shape, form }))
  );
}

/** Compares sigmaT with the definition at each example's time. */
export async function checkSigma(student: Student, limits: Limits, given = true): Promise<void> {
  for (const [B, d] of SHAPES) {
    const t = times(B, 21);
    const x0 = constant([B, d], 0).tensor;
    const each = await forward(student, x0, t.tensor, seeded(1), given ? limits : undefined);
    const quarter = B % 2 === 0 ? 0.25 : constant([], 0.25).tensor;
    const one = await forward(student, x0, quarter, seeded(1), given ? limits : undefined);
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
    const near = normals(seeded(seed), shape, 5, 1);
    // Far off as well, where a clamp would show.
    const x0 = sampleOf(near.values.map((x, i) => i % 3 === 2 ? 100 * x : x), shape);
    const zero = constant(shape, 0);
    for (const t of [0.4, times(B, seed).tensor]) {
      const [moved, noise] = await read(
        (await forward(student, x0.tensor, t, seeded(seed), DEFAULTS)).xt,
        (await forward(student, zero.tensor, t, seeded(seed), DEFAULTS)).xt,
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
  // The end, where noise is widest and clipping would show.
  const end: Times = { t: constant([33], 1).tensor, at: () => 1 };
  for (
    const { shape, form: { t, at } } of [
      ...cases(SHAPES, 23),
      { shape: [33, 20], form: end },
    ]
  ) {
    const zero = constant(shape, 0).tensor;
    const unit = t instanceof Tensor ? constant(t.shape, 1).tensor : 1;
    const [scaled, reference] = await read(
      (await forward(student, zero, t, seeded(3), limits)).xt,
      (await forward(student, zero, unit, seeded(3), { sigmaMin: 0.01, sigmaMax: 1 })).xt,
    );
    const sigma = (i: number) => sigmaAt(at(Math.floor(i / shape[1])), limits);
    expectClose(scaled, Float64Array.from(reference, (e, i) => e * sigma(i)), {
      rtol: RTOL,
      what: "xt",
      shape,
      where: `${where(shape, t)} and x0 = 0, given the same noise at sigma = 1`,
    });
  }
}

/** Compares what is in xt with the eps that is returned. */
export async function checkReturnedNoise(
  student: Student,
  seed: number,
  shapes: typeof SHAPES = SHAPES,
): Promise<void> {
  for (const { shape, form: { t, at } } of cases(shapes, seed)) {
    const zero = constant(shape, 0).tensor;
    const result = await forward(student, zero, t, seeded(seed), DEFAULTS);
    const [xt, eps] = await read(result.xt, result.eps);
    const sigma = (i: number) => sigmaAt(at(Math.floor(i / shape[1])), DEFAULTS);
    expectClose(eps, Float64Array.from(xt, (x, i) => x / sigma(i)), {
      rtol: RTOL,
      what: "eps",
      shape,
      where: `${where(shape, t)}, from xt = x0 + sigma(t) eps`,
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

/** Compares the noise of so many calls with a standard normal distribution. */
export async function checkNormal(
  student: Student,
  seed: number,
  { shape, times }: { readonly shape: Shape; readonly times: number },
  t: Argument,
): Promise<void> {
  const calls = { name: "veForward", args: [constant(shape, 0).tensor, t], times };
  const eps = await drawMany(
    student,
    calls,
    seeded(seed),
    (result) => fieldsOf(result, shape, t).eps,
  );
  expectStandardNormal(eps, "eps", `${where(shape, t)}, in ${times} calls`);
}

/** Looks whether every call draws noise of its own. */
export async function checkNew(student: Student, shapes: readonly Shape[]): Promise<void> {
  for (const shape of shapes) {
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
          await forward(student, x0, t, seeded(1), DEFAULTS);
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
    id: "forward-random",
    ...NEW_NOISE,
    run: (student) => checkNew(student, [[64, 5], [1, 4], [5, 1], [1, 1]]),
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
    id: "forward-scale",
    points: 1,
    message: "the noise in xt grows in proportion to each example's sigma",
    hint: "sigma is a standard deviation: it multiplies the noise once.",
    async run(student) {
      await checkScale(student, DEFAULTS);
      await checkScale(student, LIMITS[2]);
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
          (shape) => noise(student, shape, timeOf(shape[0]), seeded(31)),
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
    hint:
      "Draw it with randn or randnLike, and return it as it comes, whatever the shapes of x0 and t.",
    async run(student) {
      const each = times(200, 33).tensor;
      await checkNormal(student, 33, { shape: [200, 200], times: 8 }, each);
      // A single example, and a single dimension.
      await checkNormal(student, 34, { shape: [1, 1000], times: 10 }, 0.5);
      const one = constant([], 0.5).tensor;
      await checkNormal(student, 35, { shape: [1000, 1], times: 10 }, one);
    },
  },
  {
    ...FUNCTION,
    id: "forward-gradients",
    points: 1,
    message: "gradients flow through xt to x0 and to t",
    hint: "Compute with tensor operations alone; detach cuts gradients off.",
    async run(student) {
      for (const { shape, form: { t, at } } of cases(SHAPES, 42)) {
        if (!(t instanceof Tensor)) continue;
        const x0 = normals(seeded(41), shape);
        const weight = normals(seeded(43), shape);
        const result = await forward(student, x0.tensor, t, seeded(44), DEFAULTS);
        const total = result.xt.mul(weight.tensor).sum();
        const [byData, byTime, eps] = await read(...grad(total, [x0.tensor, t]), result.eps);
        const of = { where: `${where(shape, t)}, of the sum of xt with random weights` };
        expectClose(byData, weight.values, { ...of, rtol: RTOL, what: "gradient by x0", shape });
        const sigmaOf = (u: number) => sigmaAt(u, DEFAULTS);
        const expected = new Float64Array(t.size);
        const sizes = new Float64Array(t.size);
        eps.forEach((e, i) => {
          const row = Math.floor(i / shape[1]);
          const part = weight.values[i] * e * slope(sigmaOf, at(row), 1e-6);
          // One time for all has the slopes of all.
          expected[row % t.size] += part;
          sizes[row % t.size] += RTOL * Math.abs(part);
        });
        expectClose(byTime, expected, {
          ...of,
          atol: sizes,
          what: "gradient by t",
          shape: t.shape,
        });
      }
    },
  },
];
