import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { GenlabError, ShapeError } from "../../../lib/errors.ts";
import type { Mark } from "../../../lib/plot/marks.ts";
import { type Colour, PALETTE } from "../../../lib/plot/palette.ts";
import { type Panel, panelChart } from "../../../lib/plot/panels.ts";
import { decode, type Decoded } from "./decode.ts";

const AXIS = { domain: [0, 10] as const };

/** Whether a pixel is of a colour, but for the last bits. */
function isOf(colour: Colour): (pixel: number[]) => boolean {
  const channels = [1, 3, 5].map((at) => parseInt(PALETTE[colour].slice(at, at + 2), 16));
  return (pixel) => pixel.every((value, i) => Math.abs(value - channels[i]) < 12);
}

async function chart(marks: Mark[], panel: Partial<Panel> = {}): Promise<Decoded> {
  const panels = [{ x: AXIS, y: AXIS, marks, ...panel }];
  return decode(await panelChart({ title: "T", width: 200, height: 100, panels }));
}

/** The places of a colour's pixels, and how many there are. */
function extent(picture: Decoded, colour: Colour) {
  const found = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity, count: 0 };
  const test = isOf(colour);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      if (!test(picture.at(x, y))) continue;
      found.left = Math.min(found.left, x);
      found.right = Math.max(found.right, x);
      found.top = Math.min(found.top, y);
      found.bottom = Math.max(found.bottom, y);
      found.count++;
    }
  }
  return found;
}

Deno.test("a rectangle covers its share of the panel, at two pixels for one", async () => {
  const bar: Mark = { kind: "rectangles", x0: [2], x1: [7], y0: [0], y1: [5] };
  const { left, right, top, bottom, count } = extent(await chart([bar]), "blue");
  assert(Math.abs(right - left + 1 - 200) <= 3 && Math.abs(bottom - top + 1 - 100) <= 3);
  assert(count > 0.97 * 200 * 100);
});

Deno.test("what lies outside the axes is cut off", async () => {
  const bar: Mark = { kind: "rectangles", x0: [-50], x1: [50], y0: [-50], y1: [50] };
  const { left, right, top, bottom } = extent(await chart([bar]), "blue");
  assert(Math.abs(right - left + 1 - 400) <= 3 && Math.abs(bottom - top + 1 - 200) <= 3);
});

Deno.test("a line keeps the order of its points, so that it can close, and breaks at NaN", async () => {
  const square: Mark = { kind: "line", x: [2, 8, 8, 2, 2], y: [2, 2, 8, 8, 2] };
  const closed = extent(await chart([square]), "blue");
  const broken = extent(await chart([{ ...square, y: [2, 2, NaN, 8, 2] }]), "blue");
  const sides = [240, 120];
  assert(Math.abs(closed.right - closed.left - sides[0]) < 8);
  assert(Math.abs(closed.bottom - closed.top - sides[1]) < 8);
  assert(broken.count < 0.7 * closed.count);
});

Deno.test("an arrow's head is at its end", async () => {
  const ends: [number, number][] = [[1, 0], [-1, 0], [0, 2], [0, -2]];
  for (const [u, v] of ends) {
    const arrow: Mark = { kind: "arrows", x: [5], y: [5], u: [u], v: [v], colour: "purple" };
    const picture = await chart([arrow]);
    const { left, right, top, bottom } = extent(picture, "purple");
    const [x, y] = [Math.round((left + right) / 2), Math.round((top + bottom) / 2)];
    const [before, after] = u !== 0
      ? [
        picture.count(isOf("purple"), { left, right: x, top, bottom: bottom + 1 }),
        picture.count(isOf("purple"), { left: x, right: right + 1, top, bottom: bottom + 1 }),
      ]
      : [
        picture.count(isOf("purple"), { left, right: right + 1, top: y, bottom: bottom + 1 }),
        picture.count(isOf("purple"), { left, right: right + 1, top, bottom: y }),
      ];
    const [behind, ahead] = u + v > 0 ? [before, after] : [after, before];
    assert(ahead > 1.3 * behind, `(${u}, ${v}): ${ahead} ahead, ${behind} behind`);
  }
});

Deno.test("points are as many as are finite, and values choose their colours", async () => {
  const one: Mark = { kind: "points", x: [5], y: [5], size: 100 };
  const some: Mark = { kind: "points", x: [2, 5, NaN, 8], y: [5, 5, 5, Infinity], size: 100 };
  const single = extent(await chart([one]), "blue").count;
  assert(Math.abs(extent(await chart([some]), "blue").count / single - 2) < 0.1);
  const coloured = await chart([{ ...one, x: [2, 8], y: [5, 5], values: [0, 1] }]);
  assertEquals(extent(coloured, "blue").count, 0);
  // The ends of viridis: dark violet and yellow.
  assert(coloured.count(([r, g, b]) => r < 90 && g < 20 && b > 70) > 100);
  assert(coloured.count(([r, g, b]) => r > 230 && g > 210 && b < 60) > 100);
});

Deno.test("named marks are in one legend, others are not", async () => {
  const line: Mark = { kind: "line", x: [0, 10], y: [5, 5] };
  const named = extent(await chart([{ ...line, name: "loss" }]), "blue");
  const unnamed = extent(await chart([line]), "blue");
  assert(named.bottom - named.top > 100, "there is a stroke far above the line");
  assert(unnamed.bottom - unnamed.top < 10, "there is only the line");
});

Deno.test("on a logarithmic axis a power of ten is as far as the next", async () => {
  const points: Mark = { kind: "points", x: [1, 1, 1], y: [0.1, 1, 10], size: 30 };
  const picture = await chart([points], { y: { domain: [0.01, 100], log: true } });
  const { top, bottom, left, right } = extent(picture, "blue");
  const middle = Math.round((top + bottom) / 2);
  assert(picture.count(isOf("blue"), { left, right, top: middle - 3, bottom: middle + 3 }) > 0);
});

Deno.test("panels stand in rows, with their titles", async () => {
  const panel: Panel = { x: AXIS, y: AXIS, marks: [{ kind: "points", x: [5], y: [5] }] };
  const draw = async (panels: Panel[], columns?: number) =>
    await panelChart({ title: "T", width: 100, height: 100, panels, columns });
  const wide = await decode(await draw([panel, panel]));
  const tall = await decode(await draw([panel, panel], 1));
  assert(wide.width > 400 && wide.height < 400 && tall.width < 400 && tall.height > 400);
  assertNotEquals(await draw([panel]), await draw([{ ...panel, title: "σ = 1" }]));
});

Deno.test("mistakes are refused by what they are", async () => {
  const line: Mark = { kind: "line", x: [0, 1], y: [0, 1], name: "a" };
  const cases: [Mark[], Partial<Panel>, typeof GenlabError, string][] = [
    [[{ ...line, y: [0] }], {}, ShapeError, "mark 0 of panel 0 has 2 x and 1 y"],
    [[], {}, ShapeError, "panel 0 has no marks"],
    [[line, { ...line, colour: "green" }], {}, GenlabError, '"a" are blue and green'],
    [[line], { x: { domain: [1, 1] } }, GenlabError, "x axis of panel 0 goes from 1 to 1"],
    [[line], { y: { domain: [0, NaN] } }, GenlabError, "y axis of panel 0 goes from 0 to NaN"],
    [[line], { y: { domain: [0, 1], log: true } }, GenlabError, "above 0"],
  ];
  for (const [marks, panel, kind, message] of cases) {
    await assertRejects(() => chart(marks, panel), kind, message);
  }
  const nothing = () => panelChart({ title: "T", width: 100, height: 100, panels: [] });
  await assertRejects(nothing, ShapeError, "panels is empty");
});
