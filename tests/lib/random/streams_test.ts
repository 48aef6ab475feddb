/** Every stream of generator_streams.json, call by call, in order. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { bernoulli, full } from "../../../mod.ts";
import {
  exponential,
  Generator,
  multinomial,
  normal,
  randint,
  random63,
  randperm,
  uniform,
} from "../../../lib/random/mod.ts";
import { readStreams, type StreamCall } from "./fixtures.ts";

type Values =
  | Uint8Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>;

const tenths = Float32Array.of(.1, .2, .3, .4);
const withZeros = Float32Array.of(3, 0, 5, 0, 1);
const integers = (values: Float64Array) => BigInt64Array.from(values, BigInt);
const counting = (n: number) => Float32Array.from({ length: n }, (_, i) => i + 1);

const draws: Record<string, (g: Generator) => Values | Promise<Values>> = {
  "torch.randint(0, 2**32, (6,))": (g) => integers(randint(g, 6, 0, 2 ** 32, "float64")),
  "torch.randint(0, 2**32 - 1, (6,))": (g) => integers(randint(g, 6, 0, 2 ** 32 - 1, "float64")),
  "torch.randint(-2**31, 2**31, (6,), dtype=i32)": (g) => randint(g, 6, -(2 ** 31), 2 ** 31),
  "torch.randint(1 - 2**53, 2**53 - 1, (6,), dtype=f64)": (g) =>
    randint(g, 6, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, "float64"),
  "torch.empty(4, dtype=i64).random_()": (g) =>
    BigInt64Array.from({ length: 4 }, () => random63(g)),
  "torch.randperm(1)": (g) => randperm(g, 1),
  "torch.randperm(7)": (g) => randperm(g, 7),

  "torch.rand(5, dtype=f64)": (g) => uniform(g, 5, 0, 1, "float64"),
  "torch.empty(5, dtype=f64).uniform_(-0.1, 0.7)": (g) => uniform(g, 5, -0.1, 0.7, "float64"),
  "torch.randn(5, dtype=f64)": (g) => normal(g, 5, 0, 1, "float64"),
  "torch.randn(15, dtype=f64)": (g) => normal(g, 15, 0, 1, "float64"),
  "torch.randn(16, dtype=f64)": (g) => normal(g, 16, 0, 1, "float64"),
  "torch.empty(37, dtype=f64).normal_(0.3, 1.7)": (g) => normal(g, 37, 0.3, 1.7, "float64"),
  "torch.randn(3)": (g) => normal(g, 3),
  "torch.randn(2, dtype=f64)": (g) => normal(g, 2, 0, 1, "float64"),

  "torch.empty(40).exponential_()": (g) => exponential(g, 40),
  "torch.rand(2)": (g) => uniform(g, 2),

  "torch.multinomial(torch.tensor([.1, .2, .3, .4]), 4, False)": (g) =>
    multinomial(g, tenths, 4, false),
  "torch.multinomial(torch.tensor([.1, .2, .3, .4]), 1, False)": (g) =>
    multinomial(g, tenths, 1, false),
  "torch.multinomial(torch.tensor([.1, .2, .3, .4]), 1, True)": (g) =>
    multinomial(g, tenths, 1, true),
  "torch.multinomial(torch.tensor([3., 0., 5., 0., 1.]), 3, False)": (g) =>
    multinomial(g, withZeros, 3, false),
  "torch.multinomial(torch.tensor([3., 0., 5., 0., 1.]), 9, True)": (g) =>
    multinomial(g, withZeros, 9, true),
  "torch.multinomial(torch.arange(1., 101.), 20, False)": (g) =>
    multinomial(g, counting(100), 20, false),
  "torch.multinomial(torch.arange(1., 101.), 20, True)": (g) =>
    multinomial(g, counting(100), 20, true),
  "torch.multinomial(torch.arange(1., 31.).reshape(3, 10), 4, False)": (g) =>
    multinomial(g, counting(30), 4, false, 3),
  "torch.multinomial(torch.arange(1., 31.).reshape(3, 10), 4, True)": (g) =>
    multinomial(g, counting(30), 4, true, 3),

  "torch.rand(1000003)": (g) => uniform(g, 1000003),
  "torch.empty(1000003).uniform_(-0.1, 0.7)": (g) => uniform(g, 1000003, -0.1, 0.7),
  "torch.randn(1000003)": (g) => normal(g, 1000003),
  "torch.empty(100001).normal_(0.3, 1.7)": (g) => normal(g, 100001, 0.3, 1.7),
  "torch.empty(100001).exponential_()": (g) => exponential(g, 100001),
  "torch.randperm(100003).to(i32)": (g) => randperm(g, 100003),
  "torch.bernoulli(torch.full((100003,), 0.3))": (generator) =>
    bernoulli(full([100003], 0.3), { generator }).data(),
  "torch.multinomial(torch.rand(5000), 5000, True).to(i32)": (g) =>
    multinomial(g, uniform(g, 5000), 5000, true),
  "torch.multinomial(torch.rand(5000), 2000, False).to(i32)": (g) =>
    multinomial(g, uniform(g, 5000), 2000, false),
};

async function checkCall(
  generator: Generator,
  { call, values, sha256 }: StreamCall,
): Promise<void> {
  const got = await draws[call](generator);
  if (values === undefined) {
    const hash = createHash("sha256").update(new Uint8Array(got.buffer)).digest("hex");
    assertEquals(hash, sha256, call);
  } else if (got instanceof Float64Array) {
    // log, sin and cos, and PyTorch's fused multiply-add, differ in the last bit.
    assertEquals(got.length, values.length, call);
    values.forEach((value, i) => {
      const expected = Number(value);
      assertAlmostEquals(got[i], expected, 1e-15 * Math.max(4, Math.abs(expected)), call);
    });
  } else {
    const asText = typeof values[0] === "string";
    assertEquals(Array.from<number | bigint>(got).map((v) => asText ? String(v) : v), values, call);
  }
}

for (const [name, calls] of Object.entries(readStreams().streams)) {
  Deno.test(`the stream "${name}" (name and seed), call by call`, async () => {
    const generator = new Generator(Number(name.split(" ")[1]));
    for (const call of calls) await checkCall(generator, call);
  });
}
