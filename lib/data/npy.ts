/**
 * NumPy's format for one array: magic bytes, a version, the length of a header, the header (a Python
 * dictionary, padded with spaces), then the elements in row-major, little-endian order.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @module
 */
import { DataError, ShapeError } from "../errors.ts";

/** An array of bytes or of whole numbers. */
export interface NpyArray {
  /** Sizes of the dimensions. */
  readonly shape: readonly number[];
  /** The elements in row-major order: uint8 or int32. */
  readonly data: Uint8Array | Int32Array;
}

const MAGIC = Uint8Array.of(0x93, ...new TextEncoder().encode("NUMPY"));
/** The magic bytes, a version of two, and the length of the header in version 1. */
const PREAMBLE = 10;
/** Elements begin at a multiple of this. */
const ALIGNMENT = 64;
/** NumPy's names of the dtypes. */
const DESCR = { uint8: "|u1", int32: "<i4" } as const;

/**
 * The bytes of a `.npy` file, version 1.0.
 *
 * @throws {ShapeError} if the shape does not fit the number of elements
 *
 * @example
 * ```ts
 * import { decodeNpy, encodeNpy } from "./npy.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const array = { shape: [2, 2], data: Int32Array.of(3, 1, 4, 1) };
 * assertEquals(decodeNpy(encodeNpy(array), "example"), array);
 * ```
 */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array<ArrayBuffer> {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (size !== data.length) {
    throw new ShapeError(
      `encodeNpy: ${data.length} elements do not fill the shape [${shape.join(", ")}]`,
    );
  }
  const descr = data instanceof Uint8Array ? DESCR.uint8 : DESCR.int32;
  // A tuple of one has a comma behind it.
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const start = Math.ceil((PREAMBLE + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + data.byteLength);
  bytes.set(MAGIC);
  bytes[6] = 1;
  new DataView(bytes.buffer).setUint16(8, start - PREAMBLE, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(start - PREAMBLE - 1)}\n`), PREAMBLE);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return bytes;
}

/**
 * The array in the bytes of a `.npy` file of uint8 or int32.
 *
 * @param file what messages call it
 * @throws {DataError} naming the file and what is wrong with it
 */
export function decodeNpy(bytes: Uint8Array, file: string): NpyArray {
  const fail = (fault: string): never => {
    throw new DataError(`${file}: ${fault}; save it with numpy.save as uint8 or int32`);
  };
  if (bytes.length < PREAMBLE || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    return fail("it is no .npy file");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const long = bytes[6] > 1 && bytes.length >= PREAMBLE + 2;
  const begin = long ? PREAMBLE + 2 : PREAMBLE;
  const start = begin + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder("latin1").decode(bytes.subarray(begin, start));
  const descr = /'descr': *'([^']*)'/.exec(header)?.[1];
  const dims = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1];
  if (!header.includes("'fortran_order': False") || dims === undefined) {
    return fail("its header is not that of an array in row-major order");
  }
  if (descr !== DESCR.uint8 && descr !== DESCR.int32) {
    return fail(`its elements are ${descr}, and ${Object.values(DESCR).join(" and ")} are read`);
  }
  const shape = dims.split(",").filter((dim) => dim.trim() !== "").map(Number);
  const width = descr === DESCR.uint8 ? 1 : 4;
  const expected = width * shape.reduce((product, dim) => product * dim, 1);
  if (bytes.length - start !== expected) {
    fail(`its shape (${dims}) takes ${expected} bytes, and ${bytes.length - start} are there`);
  }
  const content = bytes.slice(start);
  return { shape, data: width === 1 ? content : new Int32Array(content.buffer) };
}
