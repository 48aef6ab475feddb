import { assertEquals, assertNotEquals } from "@std/assert";
import { type Shape, Tensor, tensor, zeros } from "../../../mod.ts";
import { arrange } from "../../../lib/onnx/program.ts";

const key = (output: Tensor, embedUpTo?: number) => arrange({ outputs: [output], embedUpTo }).key;
const chain = (x: Tensor) => x.mul(2).add(x.sum()).exp();

Deno.test("graphs that differ in values only are one program", () => {
  assertEquals(key(chain(tensor([1, 2]))), key(chain(tensor([3, NaN]))));
  assertEquals(key(tensor([1]).mul(0.5)), key(tensor([1]).mul(0.001)));
  assertEquals(key(tensor([1]).clamp(0, 1)), key(tensor([1]).clamp(-5, 5)));
});

Deno.test("graphs that differ in structure, shape, dtype or attributes are not", () => {
  const x = zeros([2, 2]);
  const different = [
    x.add(1),
    x.sub(1),
    x.add(x),
    zeros([2, 2]).add(x),
    zeros([4]).add(1),
    zeros([2, 2], { dtype: "float64" }).add(1),
    x.sum(0),
    x.sum(1),
    x.sum(0, true),
    x.to("int32"),
    x.to("bool"),
    x.narrow(0, 0, 1),
    x.narrow(0, 1, 1),
    x.exp().exp(),
  ];
  assertEquals(new Set(different.map((output) => key(output))).size, different.length);
});

Deno.test("one tensor used twice is another program than two that are equal", () => {
  const [x, y] = [tensor([1, 2]), tensor([1, 2])];
  assertNotEquals(key(x.mul(x)), key(x.mul(y)));
  const [once, twice] = [x.exp(), x.exp()];
  assertNotEquals(key(once.add(once)), key(once.add(twice)));
});

Deno.test("the order of outputs is part of the program", () => {
  const x = zeros([2]);
  const [a, b] = [x.exp(), x.neg()];
  assertNotEquals(arrange({ outputs: [a, b] }).key, arrange({ outputs: [b, a] }).key);
  assertNotEquals(arrange({ outputs: [a] }).key, arrange({ outputs: [a, a] }).key);
});

Deno.test("constants that become part of a model are told apart by their values", () => {
  const keys = [0, -0, NaN, 1, Infinity, -Infinity, 0.1, 0.1 + 2 ** -30]
    .map((value) => key(tensor([value], { dtype: "float64" }).exp(), 64));
  assertEquals(new Set(keys).size, keys.length);
  assertEquals(key(tensor([NaN]).exp(), 64), key(tensor([NaN]).exp(), 64));
  assertNotEquals(key(tensor([1, 2]).exp(), 64), key(tensor([12]).exp(), 64));
});

Deno.test("constants larger than the limit are fed", () => {
  const program = (n: number) => arrange({ outputs: [zeros([n]).exp()], embedUpTo: 64 });
  assertEquals([program(64).constants.length, program(64).feeds.length], [1, 0]);
  assertEquals([program(65).constants.length, program(65).feeds.length], [0, 1]);
  assertEquals(arrange({ outputs: [zeros([1]).exp()] }).feeds.length, 1);
});

Deno.test("what has values is a leaf, whatever it was made from", async () => {
  const x = tensor([1, 2]).exp();
  assertEquals(arrange({ outputs: [x.neg()] }).steps.length, 2);
  await x.data();
  assertEquals(arrange({ outputs: [x.neg()] }).steps.length, 1);
});

Deno.test("steps stand after what they are made from, each once, in deep graphs as well", () => {
  let x: Tensor = tensor([1]);
  for (let i = 0; i < 10_000; i++) x = x.add(x);
  const { steps } = arrange({ outputs: [x] });
  assertEquals(steps.length, 10_000);
  const place = new Map(steps.map((step, i) => [step, i]));
  const ordered = steps.every((step, i) =>
    step.inputs.every((input) => (place.get(input) ?? -1) < i)
  );
  assertEquals(ordered, true);
});

Deno.test("symbols of equal shape are fed in the order they are met", () => {
  const symbol = (shape: Shape) => Tensor.symbol({ shape, dtype: "float32" });
  const [a, b] = [symbol([2]), symbol([2])];
  assertEquals(arrange({ outputs: [b.sub(a)] }).feeds, [b, a]);
  assertEquals(arrange({ outputs: [a.sub(b)] }).feeds, [a, b]);
});
