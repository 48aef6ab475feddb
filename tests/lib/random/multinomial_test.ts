import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { GenlabError } from "../../../lib/errors.ts";
import { Generator } from "../../../lib/random/generator.ts";
import { multinomial } from "../../../lib/random/multinomial.ts";

Deno.test("categories come up in proportion to their weights, whatever their sum", () => {
  const n = 20_000;
  const weights = [1, 0, 3, 6];
  const counts = [0, 0, 0, 0];
  for (const k of multinomial(new Generator(4), Float32Array.from(weights), n, true)) counts[k]++;
  assertEquals(counts[1], 0);
  weights.forEach((weight, k) => {
    const p = weight / 10;
    assertAlmostEquals(counts[k] / n, p, 5 * Math.sqrt(p * (1 - p) / n)); // five standard errors
  });
});

Deno.test("without replacement the first draw follows the weights and the second what is left", () => {
  const trials = 20_000;
  const weights = Float32Array.from({ length: 3 * trials }, (_, i) => [1, 2, 5][i % 3]);
  const pairs = multinomial(new Generator(4), weights, 2, false, trials);
  let heavyFirst = 0;
  let lightSecond = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] !== 2) continue;
    heavyFirst++;
    if (pairs[i + 1] === 0) lightSecond++;
  }
  const error = (p: number, n: number) => 5 * Math.sqrt(p * (1 - p) / n);
  assertAlmostEquals(heavyFirst / trials, 5 / 8, error(5 / 8, trials));
  assertAlmostEquals(lightSecond / heavyFirst, 1 / 3, error(1 / 3, heavyFirst));
});

Deno.test("without replacement no category comes up twice", () => {
  const drawn = multinomial(new Generator(4), new Float32Array(50).fill(2), 50, false);
  assertEquals(new Set(drawn).size, 50);
});

Deno.test("rows are separate distributions", () => {
  const p = Float32Array.of(0, 1, 0, 0, 0, 1);
  for (const replacement of [true, false]) {
    assertEquals([...multinomial(new Generator(4), p, 1, replacement, 2)], [1, 2]);
  }
});

Deno.test("impossible requests are refused, and draw nothing", () => {
  const generator = new Generator(4);
  const refused = (p: number[], n: number, replacement: boolean, message: string, rows = 1) => {
    const draw = () => multinomial(generator, Float32Array.from(p), n, replacement, rows);
    const error = assertThrows(draw, GenlabError);
    assert(error.message.includes(message), error.message);
  };
  refused([1, -1], 1, true, "-1 at index 1");
  refused([1, 1, 1, NaN], 1, true, "NaN at index 1 of row 1", 2);
  refused([1, Infinity], 1, false, "Infinity");
  refused([0, 0], 1, true, "no positive weight");
  refused([1, 1, 0, 0], 1, true, "row 1 has no positive weight", 2);
  refused([1, 2], 3, false, "replacement: true");
  refused([1, 0, 0, 2, 0], 3, false, "2 positive weights");
  refused([1, 2], 0, true, "got 0");
  refused([1, 2, 3], 1, true, "2 rows", 2);
  assertEquals(generator.uint32(), new Generator(4).uint32());
});
