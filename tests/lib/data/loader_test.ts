import { assert, assertEquals, assertThrows } from "@std/assert";
import { DataLoader, type Dataset } from "../../../lib/data/loader.ts";
import { loadMnist } from "../../../lib/data/mnist.ts";
import { GenlabError } from "../../../lib/errors.ts";
import { defaultGenerator, manualSeed } from "../../../lib/random/default.ts";
import { Generator } from "../../../lib/random/generator.ts";
import { random63 } from "../../../lib/random/integers.ts";

/** A dataset of `length` examples, each its own index. */
function indices(length: number): Dataset<number[]> {
  return { length, batch: (chosen) => [...chosen] };
}

/** One run of loader_order.py: two whole passes, then one stopped after its first batch. */
interface Case {
  seed: number;
  n: number;
  batchSize: number;
  shuffle: boolean;
  dropLast: boolean;
  ownGenerator: boolean;
  length: number;
  passes: { batches: number[][]; rand: number }[];
}

const cases: Case[] = Deno.readTextFileSync(
  new URL("../../fixtures/loader_order.jsonl", import.meta.url),
)
  .trim().split("\n").map((line) => JSON.parse(line));

Deno.test("batches, and the random stream after each pass, are PyTorch's in all cases of loader_order.py", () => {
  assertEquals(cases.length, 120);
  for (const { seed, n, batchSize, shuffle, dropLast, ownGenerator, length, passes } of cases) {
    const generator = ownGenerator ? new Generator(seed) : undefined;
    if (!generator) manualSeed(seed);
    const options = { batchSize, shuffle, dropLast, generator };
    const loader = new DataLoader(indices(n), options);
    const where = JSON.stringify({ seed, n, batchSize, shuffle, dropLast, ownGenerator });
    assertEquals(loader.length, length, where);
    for (const [pass, expected] of passes.entries()) {
      const stopsEarly = pass === 2;
      const batches = [];
      for (const batch of loader) {
        batches.push(batch);
        if (stopsEarly) break;
      }
      const rand = (generator ?? defaultGenerator).float();
      assertEquals({ batches, rand }, expected, `pass ${pass} of ${where}`);
    }
  }
});

Deno.test("an iterator draws at once, and the permutation's seed when the first batch is asked for", () => {
  /** Checks that `act` takes this many 63-bit integers from the default generator. */
  const draws = (count: number, act: () => unknown): void => {
    const reference = new Generator(0);
    for (let i = 0; i < count; i++) random63(reference);
    manualSeed(0);
    act();
    assertEquals(defaultGenerator.getState(), reference.getState());
  };
  const loader = new DataLoader(indices(6), { batchSize: 2, shuffle: true });
  draws(0, () => new DataLoader(indices(6), { batchSize: 2, shuffle: true }));
  draws(1, () => loader[Symbol.iterator]());
  draws(2, () => loader[Symbol.iterator]().next());
  draws(2, () => [...loader]);
  draws(1, () => [...new DataLoader(indices(6), { batchSize: 2 })]);
});

Deno.test("a shuffled pass visits every example once, in another order each time", () => {
  manualSeed(0);
  const loader = new DataLoader(indices(1000), { batchSize: 64, shuffle: true });
  const [first, second] = [[...loader].flat(), [...loader].flat()];
  assert(first.join() !== second.join());
  for (const pass of [first, second]) {
    assertEquals(pass.toSorted((a, b) => a - b), Array.from({ length: 1000 }, (_, i) => i));
  }
});

Deno.test("no batch comes of an empty dataset, nor of a short one whose last batch is dropped", () => {
  assertEquals([...new DataLoader(indices(0), { batchSize: 2, shuffle: true })], []);
  assertEquals([...new DataLoader(indices(3), { batchSize: 4, dropLast: true })], []);
});

Deno.test("a batch size that is not a whole number of 1 or more is refused", () => {
  for (const batchSize of [0, -1, 2.5, NaN, Infinity]) {
    assertThrows(
      () => new DataLoader(indices(3), { batchSize }),
      GenlabError,
      `batchSize is ${batchSize}`,
    );
  }
});

// golden/exercise_c.json: manual_seed(0); DataLoader(MNIST, batch_size=128, shuffle=True,
// drop_last=True); next(iter(loader)); the network; next(iter(loader)).
Deno.test("exercise C's two MNIST batches have PyTorch's labels and ink", async () => {
  manualSeed(0);
  const loader = new DataLoader(await loadMnist(), {
    batchSize: 128,
    shuffle: true,
    dropLast: true,
  });
  const ink = (images: ArrayLike<number>) => Array.from(images).filter((grey) => grey > 0.5).length;
  assertEquals(loader.length, 468);

  const [setup] = loader;
  assertEquals(ink(await setup.images.data()), 13455);

  // The network made in between, Linear(785, 64) and Linear(64, 1568), takes one draw a parameter.
  for (let i = 0; i < 785 * 64 + 64 + 64 * 1568 + 1568; i++) defaultGenerator.uint32();

  const [train] = loader;
  assertEquals(ink(await train.images.data()), 13467);
  assertEquals(
    [...await train.labels.data()].join(""),
    "2703024021529324938751324861910929465644624567291793827702195270" +
      "3310073955682761239744878477767608164929996870170418791472928399",
  );
});
