import { assertEquals, assertStrictEquals } from "@std/assert";
import { defaultGenerator, manualSeed } from "../../../lib/random/default.ts";
import { DEFAULT_SEED, Generator } from "../../../lib/random/generator.ts";

Deno.test("the default generator has the default seed until it is seeded", () => {
  assertEquals(defaultGenerator.initialSeed(), DEFAULT_SEED);
});

Deno.test("manualSeed seeds the default generator and returns it", () => {
  assertStrictEquals(manualSeed(17), defaultGenerator);
  assertEquals(defaultGenerator.uint32(), new Generator(17).uint32());
});
