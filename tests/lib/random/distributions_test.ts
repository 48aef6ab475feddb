import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { GenlabError } from "../../../lib/errors.ts";
import { exponential, uniform } from "../../../lib/random/distributions.ts";
import { Generator } from "../../../lib/random/generator.ts";

Deno.test("no values are drawn for n = 0", () => {
  const generator = new Generator(2);
  assertEquals(uniform(generator, 0).length + exponential(generator, 0).length, 0);
  assertEquals(generator.uint32(), new Generator(2).uint32());
});

Deno.test("uniform values lie in [from, to) and fill it", () => {
  const u = uniform(new Generator(2), 100_000, -3, 5, "float64");
  assert(u.every((value) => value >= -3 && value < 5));
  const mean = u.reduce((sum, value) => sum + value) / u.length;
  assertAlmostEquals(mean, 1, 5 * 8 / Math.sqrt(12 * u.length)); // five standard errors
});

Deno.test("equal bounds give that value, as in PyTorch", () => {
  assertEquals([...uniform(new Generator(2), 2, 7, 7)], [7, 7]);
});

Deno.test("bounds that are reversed, NaN or beyond the dtype are refused", () => {
  const generator = new Generator(2);
  assertThrows(() => uniform(generator, 1, 2, 1), GenlabError, "from = 2, to = 1");
  assertThrows(() => uniform(generator, 1, NaN, 1), GenlabError, "NaN");
  assertThrows(() => uniform(generator, 1, 0, Infinity), GenlabError, "Infinity");
  assertThrows(() => uniform(generator, 1, -3e38, 3e38), GenlabError, "float32");
  assert(uniform(generator, 1, -3e38, 3e38, "float64")[0] < 3e38);
});

Deno.test("exponential values are -log(1 - u) of a double", () => {
  const values = exponential(new Generator(2), 100);
  const generator = new Generator(2);
  for (const value of values) {
    assertAlmostEquals(value, -Math.log(1 - generator.double()), 1e-6 * Math.max(1, value));
  }
});
