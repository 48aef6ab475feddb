import { assertEquals, assertThrows } from "@std/assert";
import { decodeNpy, encodeNpy } from "../../../lib/data/npy.ts";
import { DataError, ShapeError } from "../../../lib/errors.ts";

/** A file of version 1.0 as NumPy writes it: the header padded so that elements begin at byte 128. */
function numpy(header: string, elements: Iterable<number>): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(`${header.padEnd(117)}\n`);
  return Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0, ...text, ...elements);
}

/** numpy.save(file, numpy.arange(6, dtype=numpy.uint8).reshape(2, 3)), NumPy 1.24 */
const BYTES = numpy(
  "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }",
  [0, 1, 2, 3, 4, 5],
);
/** numpy.save(file, numpy.array([3, -1, 4], dtype=numpy.int32)) */
const INTEGERS = numpy(
  "{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }",
  [3, 0, 0, 0, 255, 255, 255, 255, 4, 0, 0, 0],
);

Deno.test("arrays are written byte for byte as numpy.save writes them", () => {
  const bytes = { shape: [2, 3], data: Uint8Array.of(0, 1, 2, 3, 4, 5) };
  assertEquals(encodeNpy(bytes), BYTES);
  const integers = { shape: [3], data: Int32Array.of(3, -1, 4) };
  assertEquals(encodeNpy(integers), INTEGERS);
});

Deno.test("what numpy.save wrote is read", () => {
  assertEquals(decodeNpy(BYTES, "f"), { shape: [2, 3], data: Uint8Array.of(0, 1, 2, 3, 4, 5) });
  assertEquals(decodeNpy(INTEGERS, "f"), { shape: [3], data: Int32Array.of(3, -1, 4) });
  // Version 2.0 has four bytes for the length of the header.
  const version2 = Uint8Array.from([...INTEGERS.slice(0, 10), 0, 0, ...INTEGERS.slice(10)]);
  version2[6] = 2;
  assertEquals(decodeNpy(version2, "f").data, Int32Array.of(3, -1, 4));
  // numpy.save(file, numpy.uint8(7)) has no dimensions.
  const number = numpy("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", [7]);
  assertEquals(decodeNpy(number, "f"), { shape: [], data: Uint8Array.of(7) });
});

Deno.test("no samples are samples", () => {
  const none = { shape: [0, 28, 28], data: new Uint8Array() };
  assertEquals(decodeNpy(encodeNpy(none), "f"), none);
});

Deno.test("files that are damaged or hold something else are refused by name", () => {
  const refused = (bytes: Uint8Array, words: string) =>
    assertThrows(() => decodeNpy(bytes, "x.npy"), DataError, words);
  refused(new Uint8Array(), "x.npy: it is no .npy file");
  refused(new TextEncoder().encode("not an array at all"), "it is no .npy file");
  refused(BYTES.slice(0, -1), "its shape (2, 3) takes 6 bytes, and 5 are there");
  refused(BYTES.slice(0, 40), "its header is not that of an array");
  const text = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }";
  refused(numpy(text, [0, 0, 0, 0]), "its elements are <f4");
  refused(numpy(text.replace("False", "True"), []), "row-major");
  assertThrows(() => encodeNpy({ shape: [2, 2], data: new Uint8Array(3) }), ShapeError);
});
