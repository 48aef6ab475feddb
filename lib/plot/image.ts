/**
 * Grey images, and the two steps from a batch of numbers to the rows of a picture.
 *
 * @module
 */

import { ShapeError } from "../errors.ts";

/** A grey image: `height * width` values in row-major order. */
export interface Image {
  /** The values, row by row. */
  data: ArrayLike<number>;
  /** Pixels in a row. */
  width: number;
  /** Number of rows. */
  height: number;
  /** The values drawn black and white, `[0, 1]` unless given. What lies outside is clamped. */
  range?: readonly [number, number];
}

/**
 * Cuts a batch, flat data of shape `[N, height, width]` (or `[N, 1, height, width]`), into images.
 * The images are views of `data` where it is a typed array.
 *
 * @throws {ShapeError} when the sizes are not positive integers or do not divide the data
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toImages } from "./image.ts";
 *
 * const images = toImages(new Float32Array(2 * 28 * 28), { width: 28, height: 28 });
 * assertEquals(images.length, 2);
 * ```
 */
export function toImages(
  data: number[] | Float32Array | Float64Array | Int32Array | Uint8Array,
  { width, height, range }: Omit<Image, "data">,
): Image[] {
  const size = width * height;
  if (!isCount(width) || !isCount(height) || data.length % size !== 0) {
    throw new ShapeError(
      `toImages: ${data.length} values cannot be cut into images of width ${width} and height ` +
        `${height}: the number of values must be a multiple of width x height = ${size}.`,
    );
  }
  return Array.from({ length: data.length / size }, (_, i) => {
    const pixels = Array.isArray(data)
      ? data.slice(i * size, (i + 1) * size)
      : data.subarray(i * size, (i + 1) * size);
    return { data: pixels, width, height, range };
  });
}

/**
 * Arranges images (or anything else) in rows of `columns`, left to right and top to bottom. The
 * last row may be shorter.
 *
 * @throws {ShapeError} when `columns` is not a positive integer
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toRows } from "./image.ts";
 *
 * assertEquals(toRows([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
 * ```
 */
export function toRows<T>(items: readonly T[], columns: number): T[][] {
  if (!isCount(columns)) {
    throw new ShapeError(`toRows: columns must be a positive integer, not ${columns}.`);
  }
  return Array.from(
    { length: Math.ceil(items.length / columns) },
    (_, row) => items.slice(row * columns, (row + 1) * columns),
  );
}

/** Whether `n` can be a number of pixels, rows or columns. */
export function isCount(n: number): boolean {
  return Number.isInteger(n) && n > 0;
}
