import { assert, assertEquals, assertThrows } from "@std/assert";
import { GenlabError } from "../../../lib/errors.ts";
import { Generator } from "../../../lib/random/generator.ts";
import { randint, random63, randperm } from "../../../lib/random/integers.ts";

Deno.test("an integer is 32 bits modulo the range, plus low", () => {
  const generator = new Generator(6);
  const expected = Array.from({ length: 50 }, () => generator.uint32() % 17 - 5);
  assertEquals([...randint(new Generator(6), 50, -5, 12)], expected);
  assertEquals([...randint(new Generator(6), 50, -5, 12, "float64")], expected);
});

Deno.test("a range of 2^32 takes 64 bits, one less takes 32, and int32 always 32", () => {
  const first = BigInt(new Generator(6).uint32());
  const both = new Generator(6).uint64();
  const draw = (high: number) => BigInt(randint(new Generator(6), 1, 0, high, "float64")[0]);
  assertEquals(draw(2 ** 32 - 1), first % (2n ** 32n - 1n));
  assertEquals(draw(2 ** 32), both % 2n ** 32n);
  assertEquals(
    BigInt(randint(new Generator(6), 1, -(2 ** 31), 2 ** 31)[0]),
    first - 2n ** 31n,
  );
});

Deno.test("a range of one integer gives that integer", () => {
  assertEquals([...randint(new Generator(6), 3, 4, 5)], [4, 4, 4]);
});

Deno.test("bounds that are empty, fractional or beyond the dtype are refused", () => {
  const generator = new Generator(6);
  assertThrows(() => randint(generator, 1, 3, 3), GenlabError, "low = 3, high = 3");
  assertThrows(() => randint(generator, 1, 0.5, 3), GenlabError, "0.5");
  assertThrows(() => randint(generator, 1, 0, 2 ** 60, "float64"), GenlabError, "53 bits");
  assertThrows(() => randint(generator, 1, 0, 2 ** 31 + 1), GenlabError, "int32");
  assertThrows(() => randint(generator, 1, -(2 ** 31) - 1, 0), GenlabError, "int32");
  assert(randint(generator, 1, 0, 2 ** 31)[0] >= 0);
  assertThrows(() => randint(generator, 1.5, 0, 2), GenlabError, "1.5");
});

Deno.test("random63 drops the top bit of a 64-bit draw", () => {
  const wide = Array.from({ length: 20 }, (_, seed) => new Generator(seed).uint64());
  assert(wide.some((value) => value >= 2n ** 63n));
  wide.forEach((value, seed) => {
    assertEquals(random63(new Generator(seed)), value % 2n ** 63n);
  });
});

Deno.test("randperm is a permutation, and 0 and 1 elements draw nothing", () => {
  const generator = new Generator(6);
  assertEquals([...randperm(generator, 0)], []);
  assertEquals([...randperm(generator, 1)], [0]);
  assertEquals(generator.uint32(), new Generator(6).uint32());
  assertEquals(randperm(generator, 1000).sort(), Int32Array.from({ length: 1000 }, (_, i) => i));
});

Deno.test("randperm is refused where PyTorch would shuffle otherwise, or no count is given", () => {
  assertThrows(() => randperm(new Generator(6), 214748365), GenlabError, "214748365");
  assertThrows(() => randperm(new Generator(6), -1), GenlabError, "-1");
});
