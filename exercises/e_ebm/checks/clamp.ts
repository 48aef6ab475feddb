/**
 * Checks of `clampToBounds`.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectTensor, read } from "../../../lib/course/expect.ts";
import { cycle, normals, type Sample, uniforms } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Student } from "../../../lib/course/student.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { format, type Shape } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";

const SHAPES: readonly Shape[] = [[8, 2], [1, 3], [5], [1, 1], [], [3, 1, 4, 4]];

/** A lower and an upper bound. */
export type Bounds = readonly [lo: number, hi: number];

/** The bounds of pixels. */
const PIXELS: Bounds = [-1, 1];
/** On either side of 0, across it, and with 0 for a bound. */
const OTHERS: readonly Bounds[] = [[0, 1], [-3, 0.5], [2, 5], [-0.25, 40], [-8, -6], [-2, 0]];

/** Rounding, where a solution adds what it takes away again: a few 6e-8 of the largest. */
const RTOL = 5e-7;

async function clamped(student: Student, x: Sample, bounds: Bounds): Promise<Tensor> {
  const { shape } = x.tensor;
  const result = await student.call("clampToBounds", [x.tensor, ...bounds]);
  return expectTensor(result, "the result", shape, where(shape, bounds));
}

function where(shape: Shape, [lo, hi]: Bounds): string {
  return `for x of shape ${format(shape)}, lo = ${lo} and hi = ${hi}`;
}

/** What x is within the bounds. */
function nearest(x: number, [lo, hi]: Bounds): number {
  return Math.min(Math.max(x, lo), hi);
}

/** Compares values with the nearest within the bounds. */
export async function checkValues(student: Student, x: Sample, bounds: Bounds): Promise<void> {
  const [received] = await read(await clamped(student, x, bounds));
  const [lo, hi] = bounds.map(Math.abs);
  for (const [i, value] of x.values.entries()) {
    expectClose([received[i]], [nearest(value, bounds)], {
      atol: RTOL * (Math.abs(value) + lo + hi),
      what: "the result",
      shape: [],
      where: `for x = ${Number(value.toPrecision(5))}, lo = ${bounds[0]} and hi = ${bounds[1]}`,
    });
  }
}

/** Values within the bounds, in every part of them, and the bounds themselves. */
function inside([lo, hi]: Bounds, seed: number): Sample {
  const { values } = uniforms(seeded(seed), [38], lo, hi);
  return cycle([...values, lo, hi], [40]);
}

/** Values outside the bounds on both sides, near them and far away. */
function outside([lo, hi]: Bounds, seed: number): Sample {
  const { values } = uniforms(seeded(seed), [10], 0.01, 3);
  const beyond = [...values, 100, 1e6];
  return cycle([...beyond.map((by) => lo - by), ...beyond.map((by) => hi + by)], [24]);
}

/** Values of both kinds, as sampling has them. */
export function around([lo, hi]: Bounds, seed: number, shape: Shape): Sample {
  return normals(seeded(seed), shape, hi - lo, (lo + hi) / 2);
}

/** Compares the slope with 1 inside and 0 outside. */
export async function checkSlopes(
  student: Student,
  bounds: Bounds,
  seed: number,
  shape: Shape,
): Promise<void> {
  const x = around(bounds, seed, shape);
  const weight = normals(seeded(seed + 1), shape);
  const total = (await clamped(student, x, bounds)).mul(weight.tensor).sum();
  const [byX] = await read(...grad(total, [x.tensor]));
  const isInside = x.values.map((value) => nearest(value, bounds) === value ? 1 : 0);
  expectClose(byX, weight.values.map((w, i) => w * isInside[i]), {
    rtol: RTOL,
    what: "gradient by x",
    shape,
    where: `${where(shape, bounds)}, of the sum of the result with random weights`,
  });
}

const FUNCTION = { function: "clampToBounds", visibility: "public" } as const;

/** In the order in which a student meets them. */
export const clampChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "clamp-shape",
    points: 0,
    message: "the result has the shape of x, whatever that is",
    hint: "Every operation you need works element by element.",
    async run(student) {
      for (const shape of SHAPES) await clamped(student, around(PIXELS, 91, shape), PIXELS);
    },
  },
  {
    ...FUNCTION,
    id: "clamp-inside",
    points: 1,
    message: "values within the bounds stay as they are",
    hint:
      "Nothing is squashed, scaled or rounded: only what is outside changes. Mind which bound is " +
      "the lower one. (An if takes any tensor for true, whatever its values are.)",
    run: (student) => checkValues(student, inside(PIXELS, 92), PIXELS),
  },
  {
    ...FUNCTION,
    id: "clamp-outside",
    points: 1,
    message: "values beyond a bound come to that bound, on both sides, however far out they are",
    hint: "There are two sides. What is outside comes to the bound that it is beyond.",
    async run(student) {
      await checkValues(student, outside(PIXELS, 93), PIXELS);
      for (const shape of SHAPES) await checkValues(student, around(PIXELS, 97, shape), PIXELS);
    },
  },
  {
    ...FUNCTION,
    id: "clamp-bounds",
    points: 1,
    message: "the bounds are those that are passed in",
    hint:
      "Use lo and hi by name, each for its own side. They need not be -1 and 1, nor opposite, and 0 " +
      "is a bound like any other (in JavaScript lo || -1 takes it for none).",
    async run(student) {
      for (const bounds of OTHERS) {
        await checkValues(student, outside(bounds, 94), bounds);
        await checkValues(student, inside(bounds, 95), bounds);
      }
    },
  },
  {
    ...FUNCTION,
    id: "clamp-gradients",
    points: 1,
    message: "as a function of x it has slope 1 within the bounds and 0 outside",
    hint:
      "Compute with tensor operations alone, on x as it comes. Detaching is not this function's " +
      "business, and a bound does not move when x does.",
    async run(student) {
      for (const shape of SHAPES) await checkSlopes(student, PIXELS, 96, shape);
      await checkSlopes(student, OTHERS[1], 98, [6, 4]);
    },
  },
];
