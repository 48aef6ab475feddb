/**
 * What can be given for height and width together: strides, paddings, kernels.
 *
 * @module
 */
import { ShapeError } from "../errors.ts";

/** One number for both directions, or height and width. */
export type Pair = number | readonly [number, number];

/**
 * Height and width.
 *
 * @param what names them in the message: `stride`
 * @throws {ShapeError} if they are neither one number nor two
 */
export function pair(operation: string, what: string, value: Pair): readonly [number, number] {
  if (typeof value === "number") return [value, value];
  if (Array.isArray(value) && value.length === 2) return value;
  throw new ShapeError(
    `${operation}: the ${what} is one number, or one each for height and width, as in [2, 1]`,
  );
}
