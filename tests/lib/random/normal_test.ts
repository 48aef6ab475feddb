import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { GenlabError } from "../../../lib/errors.ts";
import { Generator } from "../../../lib/random/generator.ts";
import { normal } from "../../../lib/random/normal.ts";

Deno.test("from 16 elements on, 2 blocks of 16 draw 32 words, and 17 elements draw 33", () => {
  for (const [n, words] of [[16, 16], [32, 32], [17, 33]]) {
    const generator = new Generator(8);
    normal(generator, n);
    const plain = new Generator(8);
    for (let i = 0; i < words; i++) plain.uint32();
    assertEquals(generator.uint32(), plain.uint32(), `n = ${n}`);
  }
});

Deno.test("the last 16 elements of a length that is no multiple of 16 are drawn again", () => {
  const whole = normal(new Generator(8), 32);
  const ragged = normal(new Generator(8), 33);
  assertEquals(ragged.slice(0, 16), whole.slice(0, 16));
  assertNotEquals(ragged.slice(17, 32), whole.slice(17, 32));
});

Deno.test("an odd count below 16 leaves a value for the next call", () => {
  const generator = new Generator(8);
  assertEquals(
    [...normal(generator, 3), ...normal(generator, 3)],
    [...normal(new Generator(8), 6)],
  );
});

Deno.test("mean and standard deviation scale and shift the standard values", () => {
  for (const n of [5, 40]) {
    const standard = normal(new Generator(8), n, 0, 1, "float64");
    const scaled = normal(new Generator(8), n, -2, 0.25, "float64");
    for (let i = 0; i < n; i++) assertAlmostEquals(scaled[i], standard[i] / 4 - 2, 1e-14);
  }
  assertEquals([...normal(new Generator(8), 2, 3, 0)], [3, 3]);
});

Deno.test("float64 values have 53 bits, and their moments are those of the normal law", () => {
  const n = 100_000;
  const z = normal(new Generator(8), n, 0, 1, "float64");
  const moment = (power: number) => z.reduce((sum, value) => sum + value ** power, 0) / n;
  // Five standard errors: of z sqrt(1/n), of z^2 sqrt(2/n), of z^4 sqrt(96/n).
  assertAlmostEquals(moment(1), 0, 5 * Math.sqrt(1 / n));
  assertAlmostEquals(moment(2), 1, 5 * Math.sqrt(2 / n));
  assertAlmostEquals(moment(4), 3, 5 * Math.sqrt(96 / n));
  assertNotEquals(z[0], Math.fround(z[0]));
});

Deno.test("a negative or NaN standard deviation and a count that is none are refused", () => {
  const generator = new Generator(8);
  assertThrows(() => normal(generator, 3, 0, -1), GenlabError, "std = -1");
  assertThrows(() => normal(generator, 3, 0, NaN), GenlabError, "std = NaN");
  assertThrows(() => normal(generator, 2.5), GenlabError, "2.5");
  assertThrows(() => normal(generator, -1), GenlabError, "-1");
  assertEquals(generator.uint32(), new Generator(8).uint32());
});
