/**
 * What the checks of functions of data share: shapes, coefficients for each example, and the
 * comparison with a sum of data that are multiplied by coefficients.
 *
 * @module
 */
import { expectClose, expectNothingDrawn, expectTensor, read } from "../../../lib/course/expect.ts";
import { normals, type Sample, uniforms } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import type { Argument, Student } from "../../../lib/course/student.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { type Shape, sizeOf } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";

/** Vectors and images; in the square one, rows and columns can be mistaken for each other. */
export const SHAPES: readonly Shape[] = [[7, 3], [1, 4], [5, 1], [4, 4], [3, 1, 5, 5]];

/**
 * Rounding, as a share of the sizes of the terms: a coefficient is rounded up to ten times (6e-8 each),
 * and some ways to compute it cancel a digit.
 */
const SHARE = 1e-5;

/** The shape of coefficients, one for each example: [B, 1, ...]. */
export function columnOf(shape: Shape): Shape {
  return shape.map((size, dim) => dim === 0 ? size : 1);
}

/** Coefficients for each example, all different. */
export function coefficients(shape: Shape, seed: number, from = 0.05, to = 0.95): Sample {
  return uniforms(seeded(seed), columnOf(shape), from, to);
}

/** Data that are multiplied by a coefficient of their example. */
export interface Term {
  /** The argument they are. */
  readonly name: string;
  readonly data: Sample;
  /** The coefficient, by the number of the example. */
  weight(example: number): number;
}

/** A function that multiplies data by coefficients and adds them up. */
export interface DataFunction<Given> {
  /** The name a student writes it under. */
  readonly name: string;
  /** What messages call its result. */
  readonly result: string;
  /** What they call a number in it. */
  readonly element: string;
  /** What it is called with. */
  argumentsOf(given: Given): Argument[];
  /** The shape of its result. */
  shapeOf(given: Given): Shape;
  /** What its result is the sum of. */
  termsOf(given: Given): Term[];
  /** Says what it was called with. */
  where(given: Given): string;
}

/** Calls the function. Its result has to have the shape of the data. */
export async function resultOf<Given>(
  student: Student,
  { name, result, argumentsOf, shapeOf, where }: DataFunction<Given>,
  given: Given,
): Promise<Tensor> {
  const returned = await student.call(name, argumentsOf(given));
  return expectTensor(returned, result, shapeOf(given), where(given));
}

/** Expects of the function that it computes with the noise it is given, and draws none. */
export async function expectGivenNoise<Given>(
  student: Student,
  { name, argumentsOf, where }: DataFunction<Given>,
  given: Given,
): Promise<void> {
  expectNothingDrawn(await student.trace(name, argumentsOf(given)), where(given));
}

/** Compares the function's result with the sum of its terms, or of others. */
export async function expectSum<Given>(
  student: Student,
  of: DataFunction<Given>,
  given: Given,
  { note, terms = of.termsOf(given) }: { note?: string; terms?: readonly Term[] } = {},
): Promise<void> {
  const result = await resultOf(student, of, given);
  const { shape } = result;
  const expected = new Float64Array(sizeOf(shape));
  const sizes = new Float64Array(sizeOf(shape));
  for (const { data, weight } of terms) {
    const example = exampleIn(shape);
    data.values.forEach((value, i) => {
      const part = value * weight(example(i));
      expected[i] += part;
      sizes[i] += SHARE * Math.abs(part);
    });
  }
  const [received] = await read(result);
  const where = [of.where(given), ...(note === undefined ? [] : [note])].join(", ");
  expectClose(received, expected, { atol: sizes, what: of.element, shape, where });
}

/** Compares the gradients of the function's result by each of its terms with the coefficients. */
export async function expectGradients<Given>(
  student: Student,
  of: DataFunction<Given>,
  given: Given,
  seed: number,
): Promise<void> {
  const result = await resultOf(student, of, given);
  const terms = of.termsOf(given);
  const { shape } = result;
  const random = normals(seeded(seed), shape);
  const total = result.mul(random.tensor).sum();
  const slopes = await read(...grad(total, terms.map(({ data }) => data.tensor)));
  const example = exampleIn(shape);
  for (const [i, { name, weight }] of terms.entries()) {
    expectClose(slopes[i], random.values.map((w, j) => w * weight(example(j))), {
      rtol: SHARE,
      atol: SHARE,
      what: `gradient by ${name}`,
      shape,
      where: `${of.where(given)}, of the sum of ${of.result} with random weights`,
    });
  }
}

/** The number of the example that an element belongs to. */
function exampleIn(shape: Shape): (element: number) => number {
  const size = sizeOf(shape.slice(1));
  return (element) => Math.floor(element / size);
}
