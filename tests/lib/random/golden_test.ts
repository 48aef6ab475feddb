/** Every stream of rng.json and init.json, call by call, in order. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { bernoulli, full, tensor } from "../../../mod.ts";
import {
  Generator,
  multinomial,
  normal,
  randint,
  random63,
  randperm,
  uniform,
} from "../../../lib/random/mod.ts";
import { type GoldenCall, readGolden, readInit } from "./fixtures.ts";

type Draw = (generator: Generator) => ArrayLike<number> | Promise<ArrayLike<number>>;

const rand = (n: number): Draw => (g) => uniform(g, n);
const randn = (n: number): Draw => (g) => normal(g, n);

const draws: Record<string, Draw> = {
  "rand(7,9)": rand(63),
  "randint(0,2,(40,))": (g) => randint(g, 40, 0, 2),
  "randint(-5,12,(40,))": (g) => randint(g, 40, -5, 12),
  "randint(0,2**40,(8,))": (g) => randint(g, 8, 0, 2 ** 40, "float64"),
  "randperm(10)": (g) => randperm(g, 10),
  "randperm(60000)": (g) => randperm(g, 60000),
  "bernoulli(full(50,0.3))": (generator) => bernoulli(full([50], 0.3), { generator }).data(),
  "bernoulli(linspace(0,1,50))": (generator) =>
    bernoulli(tensor(Float32Array.from({ length: 50 }, (_, i) => i / 49)), { generator }).data(),
  "empty(30).uniform_(-0.25,0.25)": (g) => uniform(g, 30, -0.25, 0.25),
  "empty(30).normal_(2,3)": (g) => normal(g, 30, 2, 3),
  "empty((),int64).random_()": (g) => [Number(random63(g))],
  "multinomial([.1,.2,.3,.4],20,True)": (g) =>
    multinomial(g, Float32Array.of(.1, .2, .3, .4), 20, true),
  "rand(2,dtype=float64)": (g) => uniform(g, 2, 0, 1, "float64"),
  "randn(3,dtype=float64)": (g) => normal(g, 3, 0, 1, "float64"),
  "randn(20,dtype=float64)": (g) => normal(g, 20, 0, 1, "float64"),
};
for (const n of [3, 4, 5, 7]) draws[`rand(${n})`] = rand(n);
for (const n of [1, 2, 3, 15, 16, 17, 20, 31, 32, 33, 100, 4097]) draws[`randn(${n})`] = randn(n);

function total(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

async function checkCall(generator: Generator, expected: GoldenCall): Promise<void> {
  const { call, dtype, first, last, sum } = expected;
  const values = Array.from(await draws[call](generator));
  if (dtype === "float64") {
    first.forEach((value, i) => assertAlmostEquals(values[i], value, 1e-14, `${call}[${i}]`));
  } else {
    assertEquals(values.slice(0, 64), first, call);
    assertEquals(values.slice(-4), last, call);
  }
  assertAlmostEquals(total(values), sum, 1e-12 * Math.max(1, Math.abs(sum)), `sum of ${call}`);
}

for (const [seed, calls] of Object.entries(readGolden())) {
  Deno.test(`the stream of torch.manual_seed(${seed}), call by call`, async () => {
    const generator = new Generator(BigInt(seed));
    for (const call of calls) await checkCall(generator, call);
  });
}

/** Inputs that reach one output, for a weight `[out, in, ...]` or `[in, out, ...]` transposed. */
const FAN_IN: Record<string, number> = {
  "Linear(785,64)": 785,
  "Linear(64,1568)": 64,
  "Conv2d(3,8,3)": 3 * 3 * 3,
  "ConvTranspose2d(8,4,4)": 4 * 4 * 4,
};

Deno.test("layers built after torch.manual_seed(0) hold uniform and normal draws in order", () => {
  const generator = new Generator(0);
  for (const [layer, parameters] of Object.entries(readInit())) {
    const bound = 1 / Math.sqrt(FAN_IN[layer]);
    for (const [name, { shape, first, last, sum, norm }] of Object.entries(parameters)) {
      const n = shape.reduce((product, size) => product * size, 1);
      const values = layer in FAN_IN ? uniform(generator, n, -bound, bound) : normal(generator, n);
      const what = `${layer}.${name}`;
      assertEquals([...values.slice(0, 8)], first, what);
      assertEquals([...values.slice(-2)], last, what);
      assertAlmostEquals(total(values), sum, 1e-9, what);
      const squares = Array.from(values, (value) => value * value);
      assertAlmostEquals(Math.sqrt(total(squares)), norm, 1e-9, what);
    }
  }
});
