import { assertEquals, assertThrows } from "@std/assert";
import { parseIdx } from "../../../lib/data/idx.ts";
import { DataError } from "../../../lib/errors.ts";

/** An IDX file: the magic number, the dimensions, and the elements. */
function idx(magic: number[], dims: number[], elements: number[]): Uint8Array {
  const header = dims.flatMap((dim) => [dim >>> 24, dim >>> 16 & 255, dim >>> 8 & 255, dim & 255]);
  return Uint8Array.of(...magic, ...header, ...elements);
}

function refuses(bytes: Uint8Array, message: string): void {
  assertThrows(() => parseIdx(bytes, "some/file"), DataError, message);
}

Deno.test("dimensions are big-endian and elements keep their order", () => {
  const elements = Array.from({ length: 258 }, (_, i) => i % 256);
  const { shape, data } = parseIdx(idx([0, 0, 8, 2], [1, 258], elements), "some/file");
  assertEquals(shape, [1, 258]);
  assertEquals([...data], elements);
});

Deno.test("a file that is a view into a larger buffer is read from its own start", () => {
  const whole = Uint8Array.of(9, 9, 9, ...idx([0, 0, 8, 1], [2], [5, 6]), 9);
  const { shape, data } = parseIdx(whole.subarray(3, -1), "some/file");
  assertEquals(shape, [2]);
  assertEquals([...data], [5, 6]);
});

Deno.test("a dimension may be zero, and then there are no elements", () => {
  assertEquals(parseIdx(idx([0, 0, 8, 2], [0, 28], []), "some/file").shape, [0, 28]);
});

Deno.test("a wrong magic number is refused with the bytes that were found", () => {
  refuses(idx([0x89, 0x50, 0x4e, 0x47], [1], [1]), "some/file is not an IDX file");
  refuses(idx([0x89, 0x50, 0x4e, 0x47], [1], [1]), "begins with 89 50 4e 47");
  refuses(idx([0, 1, 8, 1], [1], [1]), "begins with 00 01 08 01");
  refuses(Uint8Array.of(0, 0, 8), "begins with 00 00 08");
  refuses(new Uint8Array(), "begins with nothing");
});

Deno.test("elements other than unsigned bytes are refused", () => {
  refuses(idx([0, 0, 0x0d, 1], [1], [0, 0, 0, 0]), "elements of type 0x0d");
});

Deno.test("a file that is shorter or longer than its header says is refused", () => {
  refuses(idx([0, 0, 8, 3], [2, 2], []), "some/file is cut: its IDX header of 3 dimensions takes");
  refuses(idx([0, 0, 8, 2], [2, 3], [1, 2, 3, 4, 5]), "2 x 3 = 6 bytes, and 5 follow");
  refuses(idx([0, 0, 8, 2], [2, 3], [1, 2, 3, 4, 5, 6, 7]), "is too long");
  refuses(idx([0, 0, 8, 2], [0xffffffff, 0xffffffff], []), "is cut: its IDX header says");
});
