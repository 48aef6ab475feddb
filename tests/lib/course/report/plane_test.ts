import { assertAlmostEquals, assertEquals } from "@std/assert";
import { grid, shadesOf } from "../../../../lib/course/report/plane.ts";

Deno.test("cells fill the plane row by row, from the lower left to the upper right", () => {
  const { x, y } = grid(3, 1.5);
  assertEquals(x.slice(0, 3).map((value) => Math.round(value)), [-1, 0, 1]);
  assertEquals(new Set(y.slice(0, 3)).size, 1);
  assertAlmostEquals(y[0], -1);
  assertAlmostEquals(y[8], 1);
});

Deno.test("shades cover their cells, and what is next to nothing has none", () => {
  const cells = grid(2, 4);
  const shades = shadesOf(cells, [10, 0.05, 5, 0], 0.01);
  assertEquals(shades, {
    kind: "rectangles",
    x0: [-4, -4],
    x1: [0, 0],
    y0: [-4, 0],
    y1: [0, 4],
    values: [10, 5],
  });
});
