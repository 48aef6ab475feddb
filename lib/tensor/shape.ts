/**
 * Shapes: sizes, dimensions, broadcasting, and how they are written in messages.
 *
 * @module
 */
import { ShapeError } from "../errors.ts";
import { describe } from "./guard.ts";

/** Sizes of the dimensions, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** How many elements a shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A shape as messages write it: `[2, 3]`. */
export function format(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** Whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

/** Throws unless every size is a whole number of at least 0. */
export function checkShape(operation: string, shape: Shape): void {
  if (!Array.isArray(shape)) {
    throw new ShapeError(
      `${operation}: a shape is an array of sizes, as in [2, 3], not ${describe(shape)}`,
    );
  }
  for (const size of shape) {
    if (typeof size !== "number") {
      throw new ShapeError(
        `${operation}: sizes are whole numbers of at least 0, not ${describe(size)}`,
      );
    }
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new ShapeError(
        `${operation}: shape ${format(shape)} holds ${size}; sizes are whole numbers of at least 0`,
      );
    }
  }
}

/**
 * A dimension counted from the front: -1 is the last.
 *
 * @throws {ShapeError} where the shape has no such dimension
 */
export function dimension(operation: string, dim: number, rank: number): number {
  if (typeof dim !== "number") {
    throw new ShapeError(`${operation}: a dimension is a whole number, not ${describe(dim)}`);
  }
  const resolved = dim < 0 ? dim + rank : dim;
  if (!Number.isInteger(dim) || resolved < 0 || resolved >= rank) {
    const rule = rank === 0
      ? "a scalar has no dimensions"
      : `a tensor of ${rank} dimension${rank > 1 ? "s" : ""} takes ${-rank} to ${rank - 1}`;
    throw new ShapeError(`${operation}: there is no dimension ${dim}; ${rule}`);
  }
  return resolved;
}

/** Several dimensions, in rising order; all of them for `undefined`. */
export function dimensions(
  operation: string,
  dims: number | readonly number[] | undefined,
  rank: number,
): number[] {
  if (dims === undefined) return Array.from({ length: rank }, (_, i) => i);
  const list = Array.isArray(dims) ? dims as readonly number[] : [dims as number];
  const resolved = list.map((dim) => dimension(operation, dim, rank));
  if (new Set(resolved).size !== resolved.length) {
    throw new ShapeError(`${operation}: dimensions ${format(list)} name one dimension twice`);
  }
  return resolved.sort((a, b) => a - b);
}

/** The shape after a reduction over `dims`. */
export function reducedShape(shape: Shape, dims: readonly number[], keepdim: boolean): number[] {
  return keepdim
    ? shape.map((size, i) => dims.includes(i) ? 1 : size)
    : shape.filter((_, i) => !dims.includes(i));
}

/**
 * The shape operands broadcast to: aligned at the last dimension, sizes equal or 1.
 *
 * @throws {ShapeError} naming both shapes and the first dimension that differs
 *
 * @example A column meets a row
 * ```ts
 * import { broadcast } from "./shape.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(broadcast("add", [[3, 1], [4]]), [3, 4]);
 * ```
 */
export function broadcast(operation: string, shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  const owner = new Array<Shape>(rank);
  for (const shape of shapes) {
    for (let i = 0; i < shape.length; i++) {
      const at = rank - shape.length + i;
      const size = shape[i];
      if (size === 1 || size === result[at]) continue;
      if (result[at] !== 1) {
        throw new ShapeError(
          `${operation}: shapes ${format(owner[at])} and ${format(shape)} do not broadcast: ` +
            `dimension ${at - rank} is ${result[at]} in one and ${size} in the other, and sizes ` +
            `must be equal or 1 counted from the last; unsqueeze, transpose or reshape one of them`,
        );
      }
      result[at] = size;
      owner[at] = shape;
    }
  }
  return result;
}

/** Whether `shape` broadcasts to exactly `target`. */
export function broadcastsTo(shape: Shape, target: Shape): boolean {
  const offset = target.length - shape.length;
  return offset >= 0 && shape.every((size, i) => size === 1 || size === target[offset + i]);
}
