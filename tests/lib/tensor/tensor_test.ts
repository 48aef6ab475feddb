import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  arange,
  cat,
  compile,
  full,
  grad,
  ones,
  type Tensor,
  tensor,
  Variable,
  zeros,
} from "../../../mod.ts";

Deno.test("what is read is a copy", async () => {
  const [given, computed] = [tensor([1, 2]), tensor([1, 2]).mul(2)];
  for (const [x, first] of [[given, 1], [computed, 2]] as const) {
    const data = await x.data();
    data[0] = 100;
    assertEquals((await x.data())[0], first);
  }
});

Deno.test("item is the one value, whatever the rank", async () => {
  assertEquals(await tensor(2.5).item(), 2.5);
  assertEquals(await tensor([[[7]]]).item(), 7);
  assertEquals(await tensor([true]).item(), 1);
});

Deno.test("tolist nests as deep as there are dimensions; bool gives truth values", async () => {
  assertEquals(await tensor(3).tolist(), 3);
  assertEquals(await tensor(false).tolist(), false);
  assertEquals(await tensor([[1, 0]]).to("bool").tolist(), [[true, false]]);
  assertEquals(await arange(8).reshape(2, 2, 2).tolist(), [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]);
  assertEquals(await zeros([2, 0]).tolist(), [[], []]);
  assertEquals(await zeros([0, 2]).tolist(), []);
});

Deno.test("operations on nothing give nothing", async () => {
  const nothing = zeros([0, 3]);
  assertEquals(await nothing.exp().add(1).tolist(), []);
  assertEquals((await nothing.matmul(zeros([3, 2])).data()).length, 0);
  assertEquals(await zeros([2, 0]).matmul(zeros([0, 2])).tolist(), [[0, 0], [0, 0]]);
  assertEquals(nothing.transpose(0, 1).shape, [3, 0]);
});

Deno.test("NaN, infinities and -0 are read as they are", async () => {
  const values = [NaN, Infinity, -Infinity, -0];
  const data = await tensor(values).mul(1).data();
  data.forEach((value, i) => assert(Object.is(value, values[i]), `${value} for ${values[i]}`));
  assert(Object.is(await tensor(0).neg().item(), -0));
});

Deno.test("float64 keeps its digits, float32 rounds, int32 wraps", async () => {
  assertEquals(await tensor(0.1, { dtype: "float64" }).add(0.2).item(), 0.1 + 0.2);
  assertEquals(await tensor(0.1).add(0.2).item(), Math.fround(Math.fround(0.1) + Math.fround(0.2)));
  const large = tensor([2 ** 31 - 1], { dtype: "int32" });
  assertEquals(await large.add(1).tolist(), [-(2 ** 31)]);
});

Deno.test("sums of very many numbers keep their digits", async () => {
  const near = (received: number, expected: number) =>
    assert(Math.abs(received / expected - 1) < 1e-6, `${received} for ${expected}`);
  const tenth = Math.fround(0.1);
  // torch.full((2, 1 << 20), 0.1).mean() and .sum(1): 0.10000000149011612 and 104857.6015625 each
  const x = full([2, 2 ** 20], 0.1);
  near(await x.mean().item(), tenth);
  for (const total of await x.sum(1).data()) near(total, tenth * 2 ** 20);
  const bias = tensor([0]);
  const [slope] = grad(x.add(bias).sum(), [bias]);
  near(await slope.item(), 2 ** 21);
  // 1000 and 1001 in turn: an error of the mean would be squared.
  const turns = tensor([1000, 1001]).expand(2 ** 20, 2);
  near(await turns.var(undefined, false).item(), 0.25);
});

Deno.test("the cosine of a large float64 is as near as that of a small one", async () => {
  const angles = Float64Array.of(0, 1.5, Math.PI / 2, -2, 1e6, 1e10, -1e18, Infinity);
  const cosines = await tensor(angles).cos().data();
  angles.forEach((angle, i) => {
    const expected = Math.cos(angle);
    assert(Object.is(cosines[i], expected) || Math.abs(cosines[i] - expected) < 4e-16, `${angle}`);
  });
});

Deno.test("a tensor is computed once, however often it is read", async () => {
  const x = tensor([1, 2, 3]).square();
  const [data, sum] = await Promise.all([x.data(), x.sum().item()]);
  assertEquals([[...data], sum], [[1, 4, 9], 14]);
  const { values } = x;
  await x.tolist();
  await x.neg().data();
  assertStrictEquals(x.values, values);
});

Deno.test("reading a variable's tensor later gives the value it had when it was taken", async () => {
  const variable = new Variable(tensor([1]));
  const before = variable.value;
  variable.value = before.add(1);
  assertEquals(await before.tolist(), [1]);
  assertEquals(await variable.value.tolist(), [2]);
});

Deno.test("printing shows values once they are known", async () => {
  const x = tensor([1, 2]).mul(2);
  assert(`${x}`.includes("not computed yet"), `${x}`);
  await x.data();
  assertEquals(`${x}`, "tensor([2., 4.], dtype=float32)");
  assert(Deno.inspect(x).includes("tensor([2., 4.]"), Deno.inspect(x));
});

Deno.test("shapes are known before anything is computed", () => {
  const x: Tensor = zeros([2, 3, 4]);
  assertEquals([x.ndim, x.size], [3, 24]);
  assertEquals(x.sum([0, 2]).shape, [3]);
  assertEquals(x.amax(-1, true).shape, [2, 3, 1]);
  assertEquals(x.matmul(zeros([5, 1, 4, 6])).shape, [5, 2, 3, 6]);
  assertEquals(zeros([3]).matmul(zeros([3])).shape, []);
  assertEquals(zeros([3]).matmul(zeros([2, 3, 5])).shape, [2, 5]);
  assertEquals(x.argmax().shape, []);
  assertEquals(x.argmax(undefined, true).shape, x.shape.map(() => 1));
  assertEquals([x.sum([]), x.amax([], true)].map(({ shape }) => shape), [x.shape, x.shape]);
  assertEquals(x.flatten(1).shape, [2, 12]);
  assertEquals(zeros([]).flatten().shape, [1]);
  assertEquals(grad(x.sum(), [x])[0].shape, [2, 3, 4]);
});

Deno.test("what has no elements is not computed, where ONNX Runtime would fail or end the process", async () => {
  const nothing = zeros([0, 2, 3]);
  const product = compile((x: Tensor) => {
    const y = x.permute(1, 0, 2);
    return y.matmul(y.transpose(1, 2));
  });
  assertEquals(await (await product(nothing)).tolist(), [[], []]);
  const last = tensor([2], { dtype: "int32" });
  assertEquals(await nothing.indexSelect(2, last.add(0)).tolist(), []);
});

Deno.test("a product over no elements is 0, and so is the gradient of what none were gathered from", async () => {
  const nothing = zeros([2, 0]);
  assertEquals(await nothing.matmul(zeros([0, 1])).tolist(), [[0], [0]]);
  const x = ones([2, 1]);
  const none = x.gather(0, zeros([0, 1], { dtype: "int32" }));
  assertEquals(await grad(cat([none, ones([1, 1])]).sum(), [x])[0].tolist(), [[0], [0]]);
});
