import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  Generator,
  GenlabError,
  loadParameters,
  loadSafetensors,
  ReplayBuffer,
  saveSafetensors,
  ShapeError,
} from "../../../../mod.ts";
import { inTemporaryFolder } from "../../../temporary_folder.ts";

const make = (options: Partial<ConstructorParameters<typeof ReplayBuffer>[0]> = {}) =>
  new ReplayBuffer({ capacity: 50, shape: [1, 2], generator: new Generator(0), ...options });

Deno.test("new chains are uniform between the bounds", async () => {
  const values = Array.from(await make({ capacity: 20_000, bounds: [-1, 3] }).first(20_000).data());
  assert(values.every((value) => value >= -1 && value < 3));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - 1) ** 2, 0) / values.length;
  // 5 standard errors of 40,000 values: once in 1.7 million each.
  assert(Math.abs(mean - 1) < 5 * Math.sqrt(4 / 3 / 40_000), `mean ${mean}`);
  assert(Math.abs(square - 4 / 3) < 5 * Math.sqrt((16 / 5 - 16 / 9) / 40_000), `square ${square}`);
});

Deno.test("chains go on where they were put, and no other place changes", async () => {
  const buffer = make({ fresh: 0 });
  const before = await buffer.first(50).data();
  const { places, start } = buffer.draw(20);
  assertEquals(start.shape, [20, 1, 2]);
  assertEquals(new Set(places).size, 20);
  const drawn = await start.data();
  places.forEach((place, i) =>
    assertEquals(drawn.slice(2 * i, 2 * i + 2), before.slice(2 * place, 2 * place + 2))
  );
  await buffer.put(places, start.add(10));
  const after = await buffer.first(50).data();
  for (let place = 0; place < 50; place++) {
    const moved = places.includes(place);
    assertEquals(after[2 * place] > 5, moved, `place ${place}`);
    if (!moved) assertEquals(after[2 * place], before[2 * place]);
  }
});

Deno.test("5 % of the chains that are drawn start anew, in the place of those", async () => {
  const buffer = make({ capacity: 8192 });
  const everything = buffer.draw(8192);
  await buffer.put(everything.places, everything.start.mul(0).add(10));
  let anew = 0;
  for (let i = 0; i < 20; i++) {
    const { start } = buffer.draw(1000);
    const values = await start.data();
    for (let k = 0; k < values.length; k += 2) if (values[k] < 1) anew++;
  }
  // 5 standard errors of 20,000 draws.
  assert(Math.abs(anew - 1000) < 5 * Math.sqrt(20_000 * 0.05 * 0.95), `${anew} of 20,000`);
  assert((await buffer.first(8192).data()).every((value) => value === 10), "put decides");
});

Deno.test("a buffer that is saved goes on as it was", async () => {
  await inTemporaryFolder(async (folder) => {
    const generator = new Generator(7);
    const buffer = make({ generator });
    const first = buffer.draw(10);
    await buffer.put(first.places, first.start.mul(0.5));
    const state = generator.getState();
    await saveSafetensors(`${folder}/buffer.safetensors`, buffer.stateVariables());
    const expected = buffer.draw(30);

    const generatorOfCopy = new Generator(1);
    const copy = make({ generator: generatorOfCopy });
    const { tensors } = await loadSafetensors(`${folder}/buffer.safetensors`);
    loadParameters(copy.stateVariables(), tensors);
    generatorOfCopy.setState(state);
    const received = copy.draw(30);
    assertEquals(received.places, expected.places);
    assertEquals(await received.start.data(), await expected.start.data());
    await copy.put(received.places, received.start);
  });
});

Deno.test("all chains start anew when they are told to", async () => {
  const buffer = make();
  const { places, start } = buffer.draw(50);
  await buffer.put(places, start.add(10));
  buffer.renew();
  assert((await buffer.first(50).data()).every((value) => value < 1));
});

Deno.test("buffers without room, and draws of more than there are, are refused", async () => {
  assertThrows(() => make({ capacity: 0 }), GenlabError, "capacity is 0");
  assertThrows(() => make({ fresh: 1.5 }), GenlabError, "fresh 1.5");
  assertThrows(() => make().draw(51), GenlabError, "51 chains of 50");
  assertThrows(() => make().draw(0), GenlabError, "0 chains of 50");
  const buffer = make();
  const { places, start } = buffer.draw(2);
  await assertRejects(
    () => buffer.put(places, start.reshape([4])),
    GenlabError,
    "2 places take [2, 1, 2]",
  );
  const elsewhere = () => buffer.put(Int32Array.of(3, 50), start);
  await assertRejects(elsewhere, GenlabError, "no place 50 among 50");
  assertEquals(buffer.first(51).shape[0], 50);
  assertThrows(() => buffer.first(-1), ShapeError, "ReplayBuffer.first: shape [-1]");
  assertThrows(() => make({ shape: [-2] }), ShapeError, "ReplayBuffer: shape [-2]");
  assertThrows(() => make({ bounds: [1, 0] }), GenlabError, "from = 1, to = 0");
});
