/**
 * Vectors that tell a network the time step.
 *
 * @module
 */
import { ShapeError } from "../../../errors.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { tensor } from "../../../tensor/creation.ts";

/**
 * Sines and cosines of the time steps 0 ... T at wavelengths from 2 pi to nearly 2 pi · period, each
 * longer than the one before by the same factor (Vaswani et al. 2017, section 3.5). The first half
 * of a vector holds the sines, the second the cosines.
 *
 * @param T the last time step
 * @param dim the length of a vector, an even number
 * @returns float32 `[T + 1, dim]`
 * @throws {ShapeError} if `T` is no whole number, or `dim` is not even
 *
 * @example
 * ```ts
 * import { timeTable } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const table = timeTable(100, 4);
 * assertEquals(table.shape, [101, 4]);
 * assertEquals(await table.narrow(0, 0, 1).tolist(), [[0, 0, 1, 1]]);
 * ```
 */
export function timeTable(T: number, dim: number, period = 10000): Tensor {
  if (!Number.isSafeInteger(T) || T < 0) {
    throw new ShapeError(
      `timeTable: T is ${T}; the last time step is a whole number of at least 0`,
    );
  }
  if (!Number.isSafeInteger(dim / 2) || dim < 2) {
    throw new ShapeError(`timeTable: dim is ${dim}; it takes an even number of at least 2`);
  }
  const half = dim / 2;
  const rows = Array.from({ length: T + 1 }, (_, t) => {
    const angles = Array.from({ length: half }, (_, k) => t * period ** (-k / half));
    return [...angles.map(Math.sin), ...angles.map(Math.cos)];
  });
  return tensor(rows);
}
