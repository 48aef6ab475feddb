/**
 * What the checks of functions that take an energy share: batches, and how exact slopes can be.
 *
 * @module
 */
import { type Shape, sizeOf } from "../../../lib/tensor/shape.ts";
import { largest } from "../oracles.ts";

/** Batches of points, of pictures, and of plain numbers. */
export const SHAPES: readonly Shape[] = [
  ...[[8, 2], [1, 3], [5, 1], [1, 1], [4, 4]],
  ...[[3, 1, 2, 3], [2, 4, 1], [6]],
];

/** How many numbers an example of a batch has. */
export function numbersIn(shape: Shape): number {
  return sizeOf(shape.slice(1));
}

/**
 * Rounding: a gradient is a sum of terms of order 1, each rounded several times (6e-8), that may
 * cancel. That leaves an error of some 1e-6; differences in float32 are off by 1e-4 and more.
 */
export const RTOL = 2e-5;

/** The size of slopes, for rounding: terms are of order 1, even where they cancel. */
export function steepness(slopes: ArrayLike<number>): number {
  return Math.max(1, largest(slopes));
}

/** A slope whose sign rounding may turn. */
export const FLAT = 1e-5;
