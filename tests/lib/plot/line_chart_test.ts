import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { GenlabError, ShapeError } from "../../../lib/errors.ts";
import { lineChart, type LineChartOptions, type Series } from "../../../lib/plot/line_chart.ts";
import { decode, type Decoded } from "./decode.ts";

const labels = { title: "Loss", xLabel: "step", yLabel: "nats" };

/** The first series is drawn in vega's steel blue, #4c78a8. */
function isFirst([red, green, blue]: number[]): boolean {
  return Math.abs(red - 0x4c) + Math.abs(green - 0x78) + Math.abs(blue - 0xa8) < 40;
}

/** The second in orange, #f58518. */
function isSecond([red, green, blue]: number[]): boolean {
  return Math.abs(red - 0xf5) + Math.abs(green - 0x85) + Math.abs(blue - 0x18) < 40;
}

async function chart(series: Series[], more?: Partial<LineChartOptions>): Promise<Decoded> {
  return decode(await lineChart({ ...labels, series, ...more }));
}

/** The mean y of the pixels of the first series in each column of the picture that has any. */
function trace(picture: Decoded): { x: number; y: number }[] {
  const found = [];
  for (let x = 0; x < picture.width; x++) {
    const ys = [];
    for (let y = 0; y < picture.height; y++) if (isFirst(picture.at(x, y))) ys.push(y);
    if (ys.length > 0) found.push({ x, y: ys.reduce((a, b) => a + b) / ys.length });
  }
  return found;
}

Deno.test("a chart has the size asked for, axes and labels included", async () => {
  const standard = await chart([{ y: [3, 2, 1] }]);
  assertEquals([standard.width, standard.height], [800, 450]);
  const small = await chart([{ y: [3, 2, 1] }], { width: 400, height: 300 });
  assertEquals([small.width, small.height], [400, 300]);
});

Deno.test("a constant series is one horizontal line across the plot", async () => {
  const line = trace(await chart([{ y: [2, 2, 2] }]));
  assert(line.length > 600);
  assert(line.every(({ y }) => Math.abs(y - line[0].y) <= 0.5));
});

Deno.test("a series linear in x is a straight line, rising to the right", async () => {
  const line = trace(await chart([{ x: [0, 1, 4, 10], y: [0, 10, 40, 100] }]));
  const [first, last] = [line[5], line[line.length - 6]];
  assert(first.y - last.y > 200);
  for (const { x, y } of line.slice(5, -5)) {
    const straight = first.y + (last.y - first.y) * (x - first.x) / (last.x - first.x);
    assert(Math.abs(y - straight) <= 1.5, `at x = ${x} the line is at ${y}, not ${straight}`);
  }
});

Deno.test("on a logarithmic axis an exponential is a straight line", async () => {
  const y = Array.from({ length: 11 }, (_, i) => 10 ** (i / 2));
  const line = trace(await chart([{ y }], { logY: true }));
  const [first, last] = [line[5], line[line.length - 6]];
  const middle = line[Math.floor(line.length / 2)];
  assert(Math.abs(middle.y - (first.y + last.y) / 2) <= 2);
  const linear = trace(await chart([{ y }]));
  assert(linear[Math.floor(linear.length / 2)].y > (linear[5].y + linear[linear.length - 6].y) / 2);
});

Deno.test("NaN, infinities and, on a logarithmic axis, zero leave a gap", async () => {
  const whole = trace(await chart([{ y: [1, 1, 1, 1, 1, 1, 1] }])).length;
  for (const hole of [NaN, Infinity, -Infinity]) {
    const broken = trace(await chart([{ y: [1, 1, 1, hole, 1, 1, 1] }])).length;
    assert(Math.abs(broken / whole - 4 / 6) < 0.02, `${hole}: ${broken} of ${whole} columns`);
  }
  const log = trace(await chart([{ y: [1, 1, 1, 0, 1, 1, 1] }], { logY: true })).length;
  assert(Math.abs(log / whole - 4 / 6) < 0.02);
});

Deno.test("a value between two gaps is a dot, and so is a series of one", async () => {
  for (const y of [[5], [NaN, 5, NaN]]) {
    const dot = trace(await chart([{ y }]));
    assert(dot.length >= 5 && dot.length <= 9, `${dot.length} columns`);
  }
});

Deno.test("several series have colours of their own and a legend, one has none", async () => {
  const above = { left: 0, right: 800, top: 40, bottom: 70 };
  const two = await chart([{ name: "recon", y: [1, 1] }, { name: "KL", y: [2, 2] }]);
  assert(two.count(isFirst, above) > 10 && two.count(isSecond, above) > 10);
  assert(two.count(isSecond) > 1000);
  const one = await chart([{ name: "recon", y: [2, 1] }]);
  assertEquals(one.count(isFirst, { ...above, bottom: 45 }), 0);
  assertEquals(one.count(isSecond), 0);
});

Deno.test("title and labels are drawn, with any characters", async () => {
  const plain = await lineChart({ ...labels, series: [{ y: [1, 2] }] });
  for (const change of [{ title: "σ² < 1 & x̂₀ > 0" }, { xLabel: "time" }, { yLabel: "bits" }]) {
    assertNotEquals(plain, await lineChart({ ...labels, ...change, series: [{ y: [1, 2] }] }));
  }
});

Deno.test("typed arrays draw what plain ones draw", async () => {
  const plain = await lineChart({ ...labels, series: [{ y: [4, 2, 1] }] });
  assertEquals(await lineChart({ ...labels, series: [{ y: Float32Array.of(4, 2, 1) }] }), plain);
});

Deno.test("mistakes are refused by what they are", async () => {
  const cases: [Series[], Partial<LineChartOptions>, typeof GenlabError, string][] = [
    [[], {}, ShapeError, "series is empty"],
    [[{ y: [] }], {}, GenlabError, "no value to draw"],
    [[{ y: [NaN, Infinity] }], {}, GenlabError, "2 values given, none of them finite"],
    [[{ y: [0, -1] }], { logY: true }, GenlabError, "above zero"],
    [[{ name: "kl", x: [0], y: [1, 2] }], {}, ShapeError, "series 0 has 1 x for 2 y"],
    [[{ x: [0, NaN], y: [1, 2] }], {}, GenlabError, "x = NaN at its index 1"],
    [[{ name: "a", y: [1] }, { y: [1] }], {}, GenlabError, "series 1 of 2 has no name"],
    [[{ name: "a", y: [1] }, { name: "a", y: [1] }], {}, GenlabError, "same name as series 0"],
  ];
  for (const [series, more, kind, message] of cases) {
    await assertRejects(() => lineChart({ ...labels, series, ...more }), kind, message);
  }
});
