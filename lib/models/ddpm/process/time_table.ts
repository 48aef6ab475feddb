/**
 * Vectors that tell a network the time step.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../../../errors.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { tensor } from "../../../tensor/creation.ts";

/**
 * Sines and cosines of the time steps 0 ... T at wavelengths from 2 pi to nearly 2 pi · period, each
 * longer than the one before by the same factor (Vaswani et al. 2017, section 3.5). The first half
 * of a vector holds the sines, the second the cosines.
 *
 * @param T the last time step
 * @param dim the length of a vector, an even number
 * @param period how much slower, nearly, the slowest wave is than the first; above 0
 * @returns float32 `[T + 1, dim]`
 * @throws {ShapeError} if `T` is no whole number, or `dim` is not even
 * @throws {GenlabError} if `period` is no number above 0
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
  if (!(period > 0 && Number.isFinite(period))) {
    throw new GenlabError(
      `timeTable: period is ${period}; it is a finite number above 0, such as 10000`,
    );
  }
  const half = dim / 2;
  const rows = Array.from({ length: T + 1 }, (_, t) => {
    const angles = Array.from({ length: half }, (_, k) => t * period ** (-k / half));
    return [...angles.map(Math.sin), ...angles.map(Math.cos)];
  });
  return tensor(rows);
}
