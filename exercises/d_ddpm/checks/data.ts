/**
 * What the checks of functions of data share: shapes, coefficients for each example, and the
 * comparison with a sum of data that are multiplied by coefficients.
 *
 * @module
 */
import { expectClose, read } from "../../../lib/course/expect.ts";
import { normals, type Sample, uniforms } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { type Shape, sizeOf } from "../../../lib/tensor/shape.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";

/** Vectors and images; in the square one, rows and columns can be mistaken for each other. */
export const SHAPES: readonly Shape[] = [[7, 3], [1, 4], [5, 1], [4, 4], [3, 1, 5, 5]];

/**
 * Rounding, as a share of the sizes of the terms: a coefficient is rounded up to ten times (6e-8 each),
 * and some ways to compute it cancel a digit.
 */
export const SHARE = 1e-5;

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

/** What the comparison says of where it was made. */
interface Where {
  readonly what: string;
  readonly where: string;
}

/** Compares a tensor with the sum of terms. */
export async function expectSum(
  result: Tensor,
  terms: readonly Term[],
  { what, where }: Where,
): Promise<void> {
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
  expectClose(received, expected, { atol: sizes, what, shape, where });
}

/** Compares the gradients of a sum of terms by each of them with its coefficients. */
export async function expectSumGradients(
  result: Tensor,
  terms: readonly Term[],
  seed: number,
  { what, where }: Where,
): Promise<void> {
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
      where: `${where}, of the sum of ${what} with random weights`,
    });
  }
}

/** The number of the example that an element belongs to. */
function exampleIn(shape: Shape): (element: number) => number {
  const size = sizeOf(shape.slice(1));
  return (element) => Math.floor(element / size);
}
