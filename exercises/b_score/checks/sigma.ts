/**
 * Checks of `sigmaVe`, against the definition in float64.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectTensor, read } from "../../../lib/course/expect.ts";
import { constant, sampleOf, uniforms } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import { slope } from "../../../lib/course/slope.ts";
import type { Argument, Student } from "../../../lib/course/student.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import { Tensor } from "../../../lib/tensor/tensor.ts";
import { DEFAULTS, type Limits, sigmaAt } from "../oracles.ts";

const SHAPES: readonly Shape[] = [[], [8], [1], [8, 1], [1, 1], [3, 5]];

/** Other limits than the defaults; the last two span more and less than they do. */
export const LIMITS: readonly Limits[] = [
  { sigmaMin: 0.01, sigmaMax: 1 },
  { sigmaMin: 0.002, sigmaMax: 80 },
  { sigmaMin: 1e-4, sigmaMax: 1000 },
  { sigmaMin: 0.5, sigmaMax: 0.75 },
];

/**
 * Rounding: whether by pow or by exp and log, an exponent of up to 16 is rounded a few times (6e-8
 * each, relative), which the exponential makes a relative error of up to 4e-6.
 */
const RTOL = 1e-5;

async function sigma(student: Student, t: Argument, limits?: Limits): Promise<Tensor> {
  const shape = t instanceof Tensor ? t.shape : [];
  const given = limits === undefined ? [] : [limits.sigmaMin, limits.sigmaMax];
  const result = await student.call("sigmaVe", [t, ...given]);
  return expectTensor(result, "sigma(t)", shape, where(t));
}

function where(t: Argument): string {
  return t instanceof Tensor ? `for t of shape ${format(t.shape)}` : `for t = ${t}`;
}

function between({ sigmaMin, sigmaMax }: Limits): string {
  return `from sigmaMin = ${sigmaMin} to sigmaMax = ${sigmaMax}`;
}

/** Compares the values at some times with the definition. */
export async function checkValues(
  student: Student,
  times: ArrayLike<number>,
  limits: Limits,
  { given = true, shape = [times.length] }: { readonly given?: boolean; readonly shape?: Shape } =
    {},
): Promise<void> {
  const { tensor, values } = sampleOf(times, shape);
  const [received] = await read(await sigma(student, tensor, given ? limits : undefined));
  values.forEach((t, i) =>
    expectClose([received[i]], [sigmaAt(t, limits)], {
      rtol: RTOL,
      what: `sigma(${Number(t.toFixed(4))})`,
      shape: [],
      where: `${where(tensor)}, ${given ? "" : "no limits given, so "}${between(limits)}`,
    })
  );
}

/** The same for times that are numbers. */
async function checkNumbers(
  student: Student,
  times: readonly number[],
  limits: Limits,
  given = true,
): Promise<void> {
  for (const t of times) {
    const [received] = await read(await sigma(student, t, given ? limits : undefined));
    expectClose(received, [sigmaAt(t, limits)], {
      rtol: RTOL,
      what: `sigma(${t})`,
      shape: [],
      where: `for t as a number, ${given ? "" : "no limits given, so "}${between(limits)}`,
    });
  }
}

const FUNCTION = { function: "sigmaVe", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const sigmaChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "sigma-shape",
    points: 0,
    message: "sigma(t) has the shape of t; for a number it is a tensor of shape []",
    hint: "Every operation you need works element by element. Return a tensor, and sum nothing.",
    async run(student) {
      await sigma(student, 0.5, DEFAULTS);
      for (const shape of SHAPES) await sigma(student, constant(shape, 0.5).tensor, DEFAULTS);
    },
  },
  {
    ...FUNCTION,
    id: "sigma-ends",
    points: 1,
    message: "sigma starts at sigmaMin for t = 0 and ends at sigmaMax for t = 1",
    hint: "Put t = 0 and t = 1 into your formula: what is left of it?",
    run: (student) => checkValues(student, [0, 1], DEFAULTS),
  },
  {
    ...FUNCTION,
    id: "sigma-between",
    points: 1,
    message: "between its ends sigma grows geometrically: equal steps of t, equal factors",
    hint:
      "At t = 1/2 a geometric sequence is at the root of sigmaMin sigmaMax. Which function of t " +
      "multiplies by the same factor in every step?",
    async run(student) {
      await checkValues(student, [0.5, 0.25, 0.75, 0.1, 0.3, 0.9, 0.001, 0.999], DEFAULTS);
      await checkValues(student, uniforms(seeded(11), [64]).values, DEFAULTS);
      for (const shape of SHAPES) {
        await checkValues(student, uniforms(seeded(13), shape).values, DEFAULTS, { shape });
      }
    },
  },
  {
    ...FUNCTION,
    id: "sigma-number",
    points: 1,
    message: "t may be a number as well as a tensor, with the same result",
    hint: "The line before yours makes a tensor of t: go on from there.",
    async run(student) {
      await checkNumbers(student, [0, 0.3, 0.5, 1], DEFAULTS);
    },
  },
  {
    ...FUNCTION,
    id: "sigma-limits",
    points: 1,
    message: "the limits that are passed in are used, and 0.01 and 50 where none are",
    hint: "Use sigmaMin and sigmaMax by name, nowhere the numbers 0.01 and 50 (or their quotient).",
    async run(student) {
      const times = [0, 0.2, 0.5, 0.8, 1];
      for (const limits of LIMITS) await checkValues(student, times, limits);
      await checkValues(student, times, DEFAULTS, { given: false });
      for (const limits of LIMITS) await checkNumbers(student, [0.3], limits);
      await checkNumbers(student, [0.3], DEFAULTS, false);
    },
  },
  {
    ...FUNCTION,
    id: "sigma-gradient",
    points: 1,
    message: "gradients flow from sigma to t",
    hint: "Compute with tensor operations alone; detach cuts gradients off. (The diffusion " +
      "coefficient of the process is made from this derivative.)",
    async run(student) {
      for (const limits of [DEFAULTS, ...LIMITS]) {
        const t = uniforms(seeded(12), [16], 0.01, 0.99);
        const [byTime] = await read(
          ...grad((await sigma(student, t.tensor, limits)).sum(), [t.tensor]),
        );
        const sigmaOf = (u: number) => sigmaAt(u, limits);
        expectClose(byTime, Float64Array.from(t.values, (u) => slope(sigmaOf, u, 1e-6)), {
          rtol: RTOL,
          what: "gradient by t",
          where: `${where(t.tensor)}, ${between(limits)}`,
        });
      }
    },
  },
];
