import { assertEquals, assertThrows } from "@std/assert";
import { ShapeError } from "../../../lib/errors.ts";
import { toImages, toRows } from "../../../lib/plot/image.ts";

Deno.test("a batch is cut into its images in order", () => {
  const [first, second] = toImages([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], {
    width: 3,
    height: 2,
    range: [0, 12],
  });
  assertEquals(first, { data: [1, 2, 3, 4, 5, 6], width: 3, height: 2, range: [0, 12] });
  assertEquals(second.data, [7, 8, 9, 10, 11, 12]);
});

Deno.test("images of a typed array are views, not copies", () => {
  const batch = new Float32Array(8);
  const [, second] = toImages(batch, { width: 2, height: 2 });
  batch[4] = 0.5;
  assertEquals(second.data[0], 0.5);
});

Deno.test("a batch that is no whole number of images is refused", () => {
  assertThrows(() => toImages([1, 2, 3], { width: 2, height: 1 }), ShapeError, "3 values");
  assertThrows(() => toImages([1, 2], { width: 0, height: 1 }), ShapeError, "width 0");
  assertThrows(() => toImages([1, 2], { width: 0.5, height: 2 }), ShapeError, "width 0.5");
});

Deno.test("rows fill from left to right, and columns must be a positive integer", () => {
  assertEquals(toRows(["a", "b", "c"], 2), [["a", "b"], ["c"]]);
  assertEquals(toRows([], 2), []);
  assertThrows(() => toRows([1], 0), ShapeError, "not 0");
});
