import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import {
  compile,
  conv2d,
  DeviceError,
  ones,
  sessionsCreated,
  type Tensor,
  tensor,
  zeros,
} from "genlab";
import { arrange } from "../../../lib/onnx/program.ts";
import { releaseSessions } from "../../../lib/runtime/session.ts";

Deno.test("more distinct programs than are kept are computed, and those used last are still there", async () => {
  const count = async (n: number) => await ones([n]).mul(3).sum().item();
  const before = sessionsCreated();
  for (let n = 1; n <= 300; n++) assertEquals(await count(n), 3 * n);
  assertEquals(sessionsCreated(), before + 300);
  assertEquals(await count(300), 900);
  assertEquals(await count(200), 600);
  assertEquals(sessionsCreated(), before + 300);
  // The first was evicted: it is built again.
  assertEquals(await count(1), 3);
  assertEquals(sessionsCreated(), before + 301);
});

Deno.test("a program that is used again and again is never the one that goes", async () => {
  const count = async (n: number) => await ones([n]).sub(5).sum().item();
  const before = sessionsCreated();
  for (let n = 1; n <= 300; n++) {
    await count(n);
    await count(1);
  }
  assertEquals(sessionsCreated(), before + 300);
});

Deno.test("a compiled function whose session was evicted goes on", async () => {
  const fn = compile((x: Tensor) => x.sub(0.75).abs());
  assertEquals(await (await fn(tensor([1, 0]))).tolist(), [0.25, 0.75]);
  for (let n = 1; n <= 260; n++) await zeros([n]).cos().sum().item();
  const before = sessionsCreated();
  assertEquals(await (await fn(tensor([2, 0]))).tolist(), [1.25, 0.75]);
  assertEquals(sessionsCreated(), before + 1);
});

Deno.test("sessions that were let go of are built again when they are needed", async () => {
  const fn = compile((x: Tensor) => x.mul(0.125).exp());
  const value = await (await fn(tensor([8]))).tolist();
  await releaseSessions();
  const before = sessionsCreated();
  assertEquals(await (await fn(tensor([8]))).tolist(), value);
  assertEquals(sessionsCreated(), before + 1);
});

/** The key of the program that computes one tensor. */
function keyOf(output: Tensor, embedUpTo?: number): string {
  return arrange({ outputs: [output], embedUpTo }).key;
}

Deno.test("graphs that differ in numbers only are one program", () => {
  const step = (x: number[], rate: number) => tensor(x).mul(rate).sum();
  assertEquals(keyOf(step([1, 2], 0.5)), keyOf(step([3, NaN], -0)));
});

Deno.test("graphs that differ in structure, attributes, shapes or dtypes are not", () => {
  const [x, y] = [zeros([2, 2]), zeros([2, 2])];
  const keys = [
    x.add(y),
    x.add(x),
    x.sub(y),
    x.sum(0),
    x.sum(1),
    x.sum(0, true),
    x.narrow(0, 0, 1),
    x.narrow(0, 1, 1),
    zeros([2, 3]).sum(0),
    zeros([2, 2], { dtype: "float64" }).sum(0),
    x.to("int32"),
    x.to("bool"),
    x.clamp(0, 1),
    x.reshape(4),
    x.reshape(1, 4),
  ].map((output) => keyOf(output));
  assertEquals(new Set(keys).size, keys.length);
});

Deno.test("constants that are part of a model are part of its key, -0 and NaN too", () => {
  const x = zeros([2]);
  const keys = [0, -0, NaN, 1, Infinity].map((value) => keyOf(x.mul(value), 1));
  assertEquals(new Set(keys).size, keys.length);
  assertEquals(keyOf(x.mul(NaN), 1), keyOf(x.mul(NaN), 1));
  assertNotEquals(keyOf(tensor([1, 23]).neg(), 2), keyOf(tensor([12, 3]).neg(), 2));
});

Deno.test("programs that take their results in another order are different", () => {
  const x = zeros([2]);
  const [a, b] = [x.neg(), x.exp()];
  assertNotEquals(arrange({ outputs: [a, b] }).key, arrange({ outputs: [b, a] }).key);
});

Deno.test("results come back in order, each once for each time it is asked for", async () => {
  const x = tensor([1, 4]);
  const fn = compile((x: Tensor) => [x.neg(), x.sqrt(), x.neg(), x]);
  const results = await Promise.all((await fn(x)).map((result) => result.tolist()));
  assertEquals(results, [[-1, -4], [1, 2], [-1, -4], [1, 4]]);
});

Deno.test("a dtype the device has no kernel for is named in one line", async () => {
  const images = ones([1, 1, 4, 4], { dtype: "float64" });
  await assertRejects(
    () => conv2d(images, ones([1, 1, 2, 2], { dtype: "float64" })).data(),
    DeviceError,
    `ONNX Runtime has no Conv for a dtype it was given; convert with to("float32")`,
  );
});
