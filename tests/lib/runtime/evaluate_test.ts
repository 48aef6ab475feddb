import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  compile,
  GenlabError,
  grad,
  rand,
  sessionsCreated,
  type Tensor,
  tensor,
  Variable,
  zeros,
} from "genlab";
import { runProgram } from "./subprocess.ts";
import { linearRegression } from "./training.ts";

Deno.test("any read computes the variables that were set, in the same run", async () => {
  const x = new Variable(tensor([1, 2]));
  const y = new Variable(tensor(5));
  x.value = x.value.mul(3).add(0.25);
  y.value = y.value.sub(x.value.sum());
  const before = sessionsCreated();
  assertEquals(await tensor(1).add(1).item(), 2);
  assertEquals(sessionsCreated(), before + 1);
  assertEquals([...x.value.values!], [3.25, 6.25]);
  assertEquals([...y.value.values!], [-4.5]);
});

Deno.test("a variable set many times between reads takes the last value", async () => {
  const x = new Variable(tensor(1));
  for (let i = 0; i < 50; i++) x.value = x.value.mul(2).sub(1);
  x.value = x.value.add(0.5);
  assertEquals(await x.value.item(), 1.5);
});

Deno.test("a variable that cannot be computed fails when it is read, and other reads go on", async () => {
  const fine = new Variable(tensor(1));
  const broken = new Variable(tensor([0]));
  fine.value = fine.value.add(1);
  broken.value = tensor([1, 2]).gather(0, tensor([5], { dtype: "int32" }));
  assertEquals(await tensor(4).neg().item(), -4);
  await assertRejects(() => broken.value.tolist(), GenlabError, "gather: index 5");
  assertEquals(await fine.value.item(), 2);
});

Deno.test("what is computed once is not computed again", async () => {
  const x = rand([3]);
  const y = x.exp().sub(0.125);
  const first = await y.tolist();
  const before = sessionsCreated();
  const again = await y.tolist();
  assertEquals(again, first);
  assertEquals(sessionsCreated(), before);
});

Deno.test("data gives a copy: changing it does not change the tensor", async () => {
  const x = tensor([1, 2]).add(1);
  (await x.data()).fill(9);
  assertEquals(await x.tolist(), [2, 3]);
});

Deno.test("the second step of a training loop creates no session, whatever its data and rate", async () => {
  const { step } = linearRegression(3);
  const losses = [await step(rand([2, 3]), tensor(0.5)).item()];
  const before = sessionsCreated();
  for (const rate of [0.5, 0.25, 1e-3, 0]) {
    losses.push(await step(rand([2, 3]), tensor(rate)).item());
  }
  assertEquals(sessionsCreated(), before);
  assertEquals(new Set(losses).size, 5);
});

Deno.test("a learning rate that is a plain number may change as well", async () => {
  const x = new Variable(tensor(1));
  const step = async (rate: number) => {
    const [slope] = grad(x.value.square(), [x.value]);
    x.value = x.value.sub(slope.mul(rate));
    return await x.value.item();
  };
  assertEquals(await step(0.25), 0.5);
  const before = sessionsCreated();
  assertEquals(await step(0.125), 0.375);
  assertEquals(sessionsCreated(), before);
});

Deno.test("the second call of a compiled step creates no session", async () => {
  for (const repeat of [undefined, 3]) {
    const step = compile(linearRegression(3).step, { repeat });
    await step(rand([2, 3]), tensor(0.5));
    const before = sessionsCreated();
    await step(rand([2, 3]), tensor(0.25));
    assertEquals(sessionsCreated(), before);
  }
});

Deno.test("compiled, repeated and uncompiled training give the same weights", async () => {
  const x = rand([4, 3]);
  const rate = tensor(0.1);
  const uncompiled = linearRegression(3);
  for (let i = 0; i < 6; i++) await uncompiled.step(x, rate).item();
  const compiled = linearRegression(3);
  const call = compile(compiled.step);
  for (let i = 0; i < 6; i++) await call(x, rate);
  const repeated = linearRegression(3);
  await compile(repeated.step, { repeat: 6 })(x, rate);

  const [expected, ...others] = await Promise.all(
    [uncompiled, compiled, repeated].map(({ weight }) => weight.value.data()),
  );
  for (const weights of others) {
    weights.forEach((value, i) => assert(Math.abs(value - expected[i]) < 1e-5));
  }
  assert(expected.every((value) => value > 0.3));
});

Deno.test("reads that are not awaited are done in the order they were made", async () => {
  const x = new Variable(tensor(1));
  const order: string[] = [];
  const read = (name: string, value: Promise<number>) => value.then(() => order.push(name));
  await Promise.all([
    read("a", x.value.add(1).item()),
    read("b", x.value.add(2).item()),
    read("c", x.value.add(3).item()),
  ]);
  assertEquals(order, ["a", "b", "c"]);
});

Deno.test("graphs of 20,000 nodes and their gradients are computed", async () => {
  const x = tensor(0.5);
  let y = x;
  for (let i = 0; i < 20_001; i++) y = y.neg();
  const [slope] = grad(y, [x]);
  assertEquals(await y.item(), -0.5);
  assertEquals(await slope.item(), -1);
});

Deno.test("a graph in which every node is used twice is computed node by node", async () => {
  // Followed path by path it would take 2^60 steps.
  let x = tensor(1);
  for (let i = 0; i < 60; i++) x = x.maximum(x);
  assertEquals(await x.item(), 1);
});

Deno.test("an index out of range is refused, negative ones too, whichever way it comes", async () => {
  const x = tensor([[1, 2], [3, 4]]);
  const rows = (...index: number[]) => tensor(index, { dtype: "int32" });
  for (const wrong of [2, -1]) {
    const message = `gather: index ${wrong} is out of range: dimension 0 of shape [2, 2]`;
    await assertRejects(() => x.indexSelect(0, rows(0, wrong)).tolist(), GenlabError, message);
    const constant = compile(() => x.indexSelect(0, rows(0, wrong)));
    await assertRejects(() => constant(), GenlabError, message);
    const looped = compile((index: Tensor) => x.indexSelect(0, index), { repeat: 2 });
    await assertRejects(() => looped(rows(wrong)), GenlabError, message);
  }
  assertEquals(await x.indexSelect(0, rows(1, 0)).tolist(), [[3, 4], [1, 2]]);
});

Deno.test("an index that is computed out of range is reported in one line, with the shape", async () => {
  const index = tensor([3], { dtype: "int32" }).add(4);
  const error = await tensor([1, 2, 3]).gather(0, index).tolist().catch((error) => error);
  assert(error instanceof GenlabError);
  assert(error.message.startsWith("gather: an index that was computed is out of range"));
  assert(error.message.includes("shape [3]"));
  assert(!error.message.includes("\n"));
  assert(!/onnxruntime|Status/.test(error.message));
});

Deno.test("what does not fit into memory is reported with the tensor that is too large", async () => {
  // 400 TB: more than a process can address.
  const outer = zeros([10_000_000, 1]).add(zeros([1, 10_000_000]));
  const error = await outer.sum().item().catch((error) => error);
  assert(error instanceof GenlabError);
  assert(error.message.startsWith("not enough memory"));
  assert(error.message.includes("add, float32 [10000000, 10000000], about 400,000 GB"));
});

Deno.test("results of a loop that do not fit into memory are refused", async () => {
  const fn = compile(() => zeros([100, 1000]), { repeat: 1e9 });
  await assertRejects(() => fn(), GenlabError, "not enough memory for what 1000000000 iterations");
});

/** A leak of one weight, of 40 kB, in every step would grow memory by 320 MB. */
const BOUND = { heap: 4e6, rss: 80e6 };

for (const way of ["uncompiled", "compiled", "repeated"]) {
  Deno.test(`memory is flat over 10,000 steps, ${way}`, async () => {
    const { success, stdout, stderr } = await runProgram({
      source: { file: "memory.ts", args: [way] },
      flags: ["--allow-all", "--v8-flags=--expose-gc"],
    });
    assert(success, stderr);
    const [early, late]: { rss: number; heap: number }[] = JSON.parse(stdout);
    assert(late.heap - early.heap < BOUND.heap, `heap from ${early.heap} to ${late.heap}`);
    assert(late.rss - early.rss < BOUND.rss, `rss from ${early.rss} to ${late.rss}`);
  });
}
