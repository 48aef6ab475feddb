import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Buffer } from "node:buffer";
import { GenlabError } from "../../../lib/errors.ts";
import { DEFAULT_SEED, Generator } from "../../../lib/random/generator.ts";
import { normal } from "../../../lib/random/normal.ts";
import { uniform } from "../../../lib/random/distributions.ts";
import { readStreams } from "./fixtures.ts";

const fixture = readStreams();

Deno.test("a generator without a seed has PyTorch's default seed", () => {
  assertEquals(String(DEFAULT_SEED), fixture.default_seed);
  assertEquals(new Generator().initialSeed(), DEFAULT_SEED);
  assertEquals(new Generator().uint32(), new Generator(DEFAULT_SEED).uint32());
});

for (const { seed, initial_seed, "rand(3)": draws } of fixture.seeds) {
  Deno.test(`seed ${seed} gives torch.rand(3) and torch.initial_seed()`, () => {
    const generator = new Generator(BigInt(seed));
    assertEquals(String(generator.initialSeed()), initial_seed);
    assertEquals([...uniform(generator, 3)], draws);
  });
}

Deno.test("a seed may be a number or a bigint", () => {
  assertEquals(new Generator(-5).uint64(), new Generator(-5n).uint64());
});

Deno.test("a 64-bit draw is two 32-bit draws, the high word first", () => {
  const words = new Generator(9);
  const high = BigInt(words.uint32());
  assertEquals(new Generator(9).uint64(), high * 2n ** 32n + BigInt(words.uint32()));
});

Deno.test("float takes the low 24 bits of a draw, double the low 53 of two", () => {
  const seed = 12;
  assertEquals(new Generator(seed).float(), new Generator(seed).uint32() % 2 ** 24 / 2 ** 24);
  const bits = new Generator(seed).uint64() % 2n ** 53n;
  assertEquals(new Generator(seed).double(), Number(bits) / 2 ** 53);
});

Deno.test("gaussians come in Box-Muller pairs", () => {
  const uniforms = new Generator(4);
  const theta = 2 * Math.PI * uniforms.double();
  const radius = Math.sqrt(-2 * Math.log(1 - uniforms.double()));
  const generator = new Generator(4);
  assertAlmostEquals(generator.gaussian(), radius * Math.cos(theta), 1e-14);
  assertAlmostEquals(generator.gaussian(), radius * Math.sin(theta), 1e-14);
  assertEquals(generator.uint32(), uniforms.uint32());
});

Deno.test("manualSeed forgets the second value of a pair", () => {
  const generator = new Generator(1);
  const first = generator.gaussian();
  assertEquals(generator.manualSeed(1).gaussian(), first);
});

Deno.test("what is no seed is refused, quoting it", () => {
  for (const bad of [1.5, NaN, Infinity, 2 ** 53, 2n ** 64n, -(2n ** 63n) - 1n]) {
    const error = assertThrows(() => new Generator(bad), GenlabError);
    assert(error.message.includes(String(bad)), error.message);
  }
});

Deno.test("a refused seed leaves the generator as it was", () => {
  const generator = new Generator(3);
  assertThrows(() => generator.manualSeed(0.5), GenlabError);
  assertEquals(generator.uint32(), new Generator(3).uint32());
});

Deno.test("a restored state goes on exactly, wherever it was saved", () => {
  for (const draws of [0, 1, 623, 624, 625]) {
    const generator = new Generator(21);
    for (let i = 0; i < draws; i++) generator.uint32();
    generator.gaussian();
    const state = generator.getState();
    const rest = () => [
      generator.gaussian(),
      ...Array.from({ length: 700 }, () => generator.uint32()),
    ];
    const expected = rest();
    assertEquals(generator.setState(state).initialSeed(), 21n);
    assertEquals(rest(), expected);
    const other = new Generator(5).setState(state);
    assertEquals(other.gaussian(), expected[0]);
  }
});

Deno.test("a saved state is a copy", () => {
  const generator = new Generator(21);
  const state = generator.getState();
  const first = generator.uint32();
  generator.manualSeed(0);
  assertEquals(generator.setState(state).uint32(), first);
});

Deno.test("a state of PyTorch's is taken up and handed back byte for byte", () => {
  const { state, ...next } = fixture.state;
  const bytes = Uint8Array.from(Buffer.from(state, "base64"));
  const generator = new Generator().setState(bytes);
  assertEquals(generator.getState(), bytes);
  assertEquals([...normal(generator, 2)], next["randn(2)"]);
  assertEquals([...uniform(generator, 700)].slice(-2), next["rand(700)[-2:]"]);
});

Deno.test("our state after the same draws is PyTorch's", () => {
  const generator = new Generator(fixture.state.seed);
  uniform(generator, 700);
  normal(generator, 1);
  const state = generator.getState();
  const theirs = Uint8Array.from(Buffer.from(fixture.state.state, "base64"));
  // The kept normal value may differ in its last bit, as Math.log1p does.
  const kept = (bytes: Uint8Array) => new DataView(bytes.buffer).getFloat64(5024, true);
  assertAlmostEquals(kept(state), kept(theirs), 1e-15);
  assertEquals(state.slice(0, 5024), theirs.slice(0, 5024));
  assertEquals(state.slice(5032), theirs.slice(5032));
});

Deno.test("bytes that are no state are refused", () => {
  const state = new Generator().getState();
  assertThrows(() => new Generator().setState(state.slice(1)), GenlabError, "5055");
  assertThrows(() => new Generator().setState(new Uint8Array(5056)), GenlabError, "getState");
  for (const [offset, value] of [[8, 0], [8, 625], [12, 0]]) { // left, left, seeded
    const damaged = state.slice();
    new DataView(damaged.buffer).setInt32(offset, value, true);
    assertThrows(() => new Generator().setState(damaged), GenlabError, "getState");
  }
});
