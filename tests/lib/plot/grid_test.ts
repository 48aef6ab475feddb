import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { GenlabError, ShapeError } from "../../../lib/errors.ts";
import { imageGrid } from "../../../lib/plot/grid.ts";
import { type Image, toImages, toRows } from "../../../lib/plot/image.ts";
import { decode, isInk } from "./decode.ts";

const MARGIN = 16;
const GAP = 8;

/** Black, dark grey, light grey, white. */
const quarters: Image = { data: [0, 0.2, 0.6, 1], width: 2, height: 2 };
const black: Image = { data: [0, 0, 0, 0], width: 2, height: 2 };

Deno.test("a grid is margins, images scaled up, and the gaps between them", async () => {
  const images = toImages(new Float32Array(6 * 28 * 28), { width: 28, height: 28 });
  const { width, height, channels } = await decode(await imageGrid({ rows: toRows(images, 3) }));
  assertEquals(width, 2 * MARGIN + 3 * 28 * 4 + 2 * GAP);
  assertEquals(height, 2 * MARGIN + 2 * 28 * 4 + GAP);
  assertEquals(channels, 1);
});

Deno.test("every image pixel is a crisp square of its grey value", async () => {
  const picture = await decode(await imageGrid({ rows: [[black, quarters]], scale: 5 }));
  const x0 = MARGIN + 2 * 5 + GAP;
  for (let y = 0; y < 10; y++) {
    for (let x = 0; x < 10; x++) {
      const expected = [[0, 51], [153, 255]][Math.floor(y / 5)][Math.floor(x / 5)];
      assertEquals(picture.at(x0 + x, MARGIN + y), [expected]);
    }
  }
  assertEquals(picture.at(x0 - 1, MARGIN), [255]);
  assertEquals(picture.at(x0, MARGIN - 1), [255]);
});

Deno.test("titles do not change the grey values of the images", async () => {
  const { at, height, channels } = await decode(
    await imageGrid({ rows: [[quarters]], scale: 40, columnTitles: ["x₀"], title: "one" }),
  );
  assertEquals(channels, 1);
  const top = height - MARGIN - 80;
  assertEquals([at(20, top), at(60, top), at(20, top + 40), at(60, top + 40)], [
    [0],
    [51],
    [153],
    [255],
  ]);
});

Deno.test("range names the values of black and white, and what lies outside is clamped", async () => {
  const image: Image = { data: [-3, -1, 0, 9], width: 4, height: 1, range: [-1, 1] };
  const { at } = await decode(await imageGrid({ rows: [[image]], scale: 1 }));
  assertEquals([0, 1, 2, 3].map((x) => at(MARGIN + x, MARGIN)[0]), [0, 0, 128, 255]);
});

Deno.test("a short last row leaves white", async () => {
  const { at, width, height } = await decode(
    await imageGrid({ rows: toRows([black, black, black], 2), scale: 10 }),
  );
  assertEquals(at(MARGIN, height - MARGIN - 1), [0]);
  assertEquals(at(width - MARGIN - 1, height - MARGIN - 1), [255]);
});

Deno.test("column titles put ink over their own column", async () => {
  const white: Image = { data: [1], width: 1, height: 1 };
  const picture = await decode(
    await imageGrid({ rows: [[white, white]], scale: 100, columnTitles: ["x̂₀", ""] }),
  );
  const strip = { top: 0, bottom: picture.height };
  assert(picture.count(isInk, { ...strip, left: 0, right: 116 }) > 20);
  assertEquals(picture.count(isInk, { ...strip, left: 116, right: picture.width }), 0);
});

Deno.test("the title is centred over the picture", async () => {
  const white: Image = { data: [1], width: 1, height: 1 };
  const { width, height, count } = await decode(
    await imageGrid({ rows: [[white, white]], scale: 100, title: "HOH" }),
  );
  const [left, right] = [[0, width / 2], [width / 2, width]].map(([left, right]) =>
    count(isInk, { left, right, top: 0, bottom: height })
  );
  assert(left > 20 && Math.abs(left - right) <= 3, `ink left ${left}, right ${right}`);
});

Deno.test("row titles stand left of the images", async () => {
  const picture = await decode(
    await imageGrid({ rows: [[black], [black]], scale: 20, rowTitles: ["class 1", ""] }),
  );
  const left = picture.width - MARGIN - 40 - GAP;
  const middle = MARGIN + 40 + GAP / 2;
  assert(picture.count(isInk, { left: 0, right: left, top: 0, bottom: middle }) > 20);
  assertEquals(picture.count(isInk, { left: 0, right: left, top: middle, bottom: 120 }), 0);
});

Deno.test("different titles give different pictures, the same title the same", async () => {
  const draw = (title: string) => imageGrid({ rows: [[black]], scale: 20, title });
  assertEquals(await draw("x₀"), await draw("x₀"));
  for (const other of ["x₁", "xₜ", "x̂₀", "y₀"]) {
    assertNotEquals(await draw("x₀"), await draw(other), other);
  }
});

Deno.test("a long title is broken into lines instead of widening the picture", async () => {
  const rows = [[{ data: [0], width: 1, height: 1 }]];
  const short = await decode(await imageGrid({ rows, scale: 100, title: "noise" }));
  const long = await decode(await imageGrid({ rows, scale: 100, title: "noise at every step" }));
  assertEquals(long.width, short.width);
  assert(long.height > short.height + 15);
});

Deno.test("mistakes are refused by what they are", async () => {
  const cases: [Parameters<typeof imageGrid>[0], typeof GenlabError, string][] = [
    [{ rows: [] }, ShapeError, "no images"],
    [{ rows: [[], []] }, ShapeError, "no images"],
    [{ rows: [[black]], scale: 1.5 }, ShapeError, "not 1.5"],
    [{ rows: [[black]], scale: 10_000 }, ShapeError, "lower the scale"],
    [{ rows: [[black]], columnTitles: ["a", "b"] }, ShapeError, "2 columnTitles for 1 columns"],
    [{ rows: [[black]], rowTitles: [] }, ShapeError, "0 rowTitles for 1 rows"],
    [{ rows: [[{ ...black, width: 3 }]] }, ShapeError, "row 0, column 0 has 4 values"],
    [
      { rows: [[black], [{ data: [0, 0], width: 1, height: 2 }]] },
      ShapeError,
      "row 1, column 0 is 1 wide and 2 high",
    ],
    [{ rows: [[{ ...black, data: [0, 0, NaN, 0] }]] }, GenlabError, "NaN at pixel (1, 0)"],
    [{ rows: [[{ ...black, range: [1, 1] }]] }, GenlabError, "range [1,1]"],
  ];
  for (const [options, kind, message] of cases) {
    await assertRejects(() => imageGrid(options), kind, message);
  }
});
