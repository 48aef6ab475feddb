/**
 * The IDX format of the MNIST files: two zero bytes, the element type, the number of dimensions,
 * each dimension as a big-endian uint32, then the elements in row-major order.
 * Source: http://yann.lecun.com/exdb/mnist/, "the IDX file format".
 *
 * @module
 */

import { DataError } from "../errors.ts";

/** The type code of unsigned bytes, the only one that MNIST uses. */
const UNSIGNED_BYTE = 0x08;

/** An array of unsigned bytes as an IDX file holds it. */
export interface IdxArray {
  /** The dimensions, outermost first, such as `[60000, 28, 28]`. */
  readonly shape: readonly number[];
  /** The elements in row-major order: a view of the bytes that were parsed. */
  readonly data: Uint8Array;
}

/**
 * Reads an unpacked IDX file of unsigned bytes. Every byte must be accounted for: a header that is
 * cut, another element type, or elements that are missing or left over are errors.
 *
 * @param bytes The whole file.
 * @param name What messages call the file.
 * @throws {DataError} naming the file and what is wrong with it.
 *
 * @example
 * ```ts
 * import { parseIdx } from "./idx.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const file = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30);
 * const { shape, data } = parseIdx(file, "example");
 * assertEquals(shape, [1, 3]);
 * assertEquals(data, Uint8Array.of(10, 20, 30));
 * ```
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw new DataError(
      `${name} is not an IDX file: it must begin with the bytes 00 00, a type and a number of ` +
        `dimensions, and begins with ${hex(bytes.subarray(0, 4))}`,
    );
  }
  const [, , type, rank] = bytes;
  if (type !== UNSIGNED_BYTE) {
    throw new DataError(
      `${name} is an IDX file of elements of type 0x${hex(bytes.subarray(2, 3))}; ` +
        `only unsigned bytes, 0x08, are read`,
    );
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    throw new DataError(
      `${name} is cut: its IDX header of ${rank} dimensions takes ${start} bytes, ` +
        `and the file has ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, dim) => view.getUint32(4 + 4 * dim));
  const expected = shape.reduce((product, size) => product * size, 1);
  const found = bytes.length - start;
  if (found !== expected) {
    throw new DataError(
      `${name} is ${found < expected ? "cut" : "too long"}: its IDX header says ` +
        `${shape.join(" x ")} = ${expected} bytes, and ${found} follow`,
    );
  }
  return { shape, data: bytes.subarray(start) };
}

function hex(bytes: Uint8Array): string {
  if (bytes.length === 0) return "nothing";
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
