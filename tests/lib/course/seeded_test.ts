import { assertEquals } from "@std/assert";
import { seeded, withSeed } from "../../../lib/course/seeded.ts";
import { Generator } from "../../../lib/random/mod.ts";

const draw = (stream: number) => () => Promise.resolve(seeded(stream).uint32());

Deno.test("without a seed, and with seed 0, a stream is the generator of its number", async () => {
  for (const stream of [0, 51, 9071]) {
    const expected = new Generator(stream).uint32();
    assertEquals(await draw(stream)(), expected);
    assertEquals(await withSeed(0, draw(stream)), expected);
  }
});

Deno.test("streams of different seeds do not meet", async () => {
  const seeds = [0, 1, 2, -1, 1000, 2 ** 31, Number.MAX_SAFE_INTEGER - 1];
  const streams = Array.from({ length: 100 }, (_, i) => 91 * i);
  const drawn = new Set<number>();
  for (const seed of seeds) {
    for (const stream of streams) drawn.add(await withSeed(seed, draw(stream)));
  }
  // Of 700 draws of 32 bits two are the same with a chance of 6e-5.
  assertEquals(drawn.size, seeds.length * streams.length);
});

Deno.test("runs that go on at once do not see each other's seed", async () => {
  const run = (seed: number) =>
    withSeed(seed, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return await draw(7)();
    });
  const together = await Promise.all([1, 2, 3].map(run));
  const apart = [];
  for (const seed of [1, 2, 3]) apart.push(await run(seed));
  assertEquals(together, apart);
});
