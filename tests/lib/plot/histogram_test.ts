import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { GenlabError } from "../../../lib/errors.ts";
import { histogram, normalDensity } from "../../../lib/plot/histogram.ts";

Deno.test("the areas of a histogram are the shares of all values; its bins touch", () => {
  const { x0, x1, y0, y1 } = histogram([-2, 0.1, 0.6, 0.7, 0.99, 5, NaN, Infinity], {
    from: 0,
    to: 1,
    bins: 4,
  });
  assertEquals([x0, x1], [[0, 0.25, 0.5, 0.75], [0.25, 0.5, 0.75, 1]]);
  assertEquals(y0, [0, 0, 0, 0]);
  assertEquals(Array.from(y1, (height) => height * 0.25 * 8), [1, 0, 2, 1]);
});

Deno.test("a value at the edge of two bins is in the upper one, at the very end in none", () => {
  assertEquals(histogram([0, 1, 2], { from: 0, to: 2, bins: 2 }).y1, [1 / 3, 1 / 3]);
});

Deno.test("the normal density integrates to 1 and is highest at its mean", () => {
  const [mean, std, step] = [-0.5, 1.3, 0.01];
  let mass = 0;
  for (let x = -20; x < 20; x += step) mass += normalDensity(x, mean, std) * step;
  assertAlmostEquals(mass, 1, 1e-9);
  assertAlmostEquals(normalDensity(mean, mean, std), 1 / (std * Math.sqrt(2 * Math.PI)), 1e-15);
});

Deno.test("nothing to count, no bins and an empty range are refused", () => {
  const range = { from: 0, to: 1, bins: 2 };
  assertThrows(() => histogram([], range), GenlabError, "0 values");
  assertThrows(() => histogram([1], { ...range, bins: 0 }), GenlabError, "0 bins");
  assertThrows(() => histogram([1], { ...range, to: 0 }), GenlabError, "from 0 to 0");
  assertThrows(() => histogram([1], { ...range, to: Infinity }), GenlabError, "both finite");
});
