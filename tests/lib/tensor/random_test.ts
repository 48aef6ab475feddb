import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import {
  bernoulli,
  compile,
  full,
  Generator,
  GenlabError,
  manualSeed,
  multinomial,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  randperm,
  type Tensor,
  tensor,
  zeros,
} from "../../../mod.ts";

const weights = tensor([[0.1, 0.2, 0.7], [5, 0, 1]]);

/** Every way to draw. */
const DRAWS: Record<string, () => Tensor> = {
  rand: () => rand([3]),
  "rand in float64": () => rand([2], { dtype: "float64" }),
  "randn of few": () => randn([5]),
  "randn of many": () => randn([3, 7]),
  randLike: () => randLike(zeros([2, 2])),
  randnLike: () => randnLike(zeros([2, 2])),
  randint: () => randint(-3, 9, [6]),
  "randint in float32": () => randint(-3, 9, [6], { dtype: "float32" }),
  randperm: () => randperm(7),
  bernoulli: () => bernoulli(full([6], 0.4)),
  "multinomial with replacement": () => multinomial(weights, 8, { replacement: true }),
  "multinomial without replacement": () => multinomial(weights, 2),
};

for (const [name, draw] of Object.entries(DRAWS)) {
  Deno.test(`${name}: a compiled function draws what an eager one would, call by call`, async () => {
    manualSeed(11);
    const eager = [await draw().tolist(), await draw().tolist(), await draw().tolist()];
    assertNotEquals(eager[0], eager[1]);
    manualSeed(11);
    const compiled = compile(draw);
    const called = [await compiled(), await compiled(), await compiled()];
    assertEquals(await Promise.all(called.map((x) => x.tolist())), eager);
    manualSeed(11);
    assertEquals(await (await compile(draw, { repeat: 3 })()).tolist(), eager);
  });
}

Deno.test("draws are made in the order of the calls, whatever is read first", async () => {
  manualSeed(3);
  const first = await rand([2]).tolist();
  const second = await randn([2]).tolist();
  manualSeed(3);
  const [a, b] = [rand([2]), randn([2])];
  assertEquals(await b.tolist(), second);
  assertEquals(await a.tolist(), first);
});

Deno.test("a random tensor read twice is the same", async () => {
  const x = randn([4]);
  assertEquals(await x.sub(x).tolist(), [0, 0, 0, 0]);
  assertEquals(await x.tolist(), await x.tolist());
});

Deno.test("a generator of its own leaves the default one alone", async () => {
  manualSeed(5);
  const expected = await rand([2]).tolist();
  manualSeed(5);
  const own = await rand([2], { generator: new Generator(5) }).tolist();
  assertEquals(own, expected);
  assertEquals(await rand([2]).tolist(), expected);
});

Deno.test("weights that are still to be computed are drawn from as if they were known", async () => {
  for (const replacement of [true, false]) {
    const n = replacement ? 50 : 2;
    manualSeed(8);
    const known = await multinomial(weights, n, { replacement }).tolist();
    manualSeed(8);
    assertEquals(await multinomial(weights.mul(1), n, { replacement }).tolist(), known);
  }
});

Deno.test("one row of weights gives one row of draws", () => {
  const row = tensor([1, 2, 3]);
  assertEquals(multinomial(row, 2).shape, [2]);
  assertEquals(multinomial(row.unsqueeze(0), 2).shape, [1, 2]);
  assertEquals(multinomial(row.mul(1), 5, { replacement: true }).shape, [5]);
  assertEquals(multinomial(row, 2).dtype, "int32");
});

Deno.test("moments of 100,000 draws lie within 5 standard errors", async () => {
  manualSeed(1);
  const n = 100_000;
  const statistics = async (x: Tensor) => [await x.mean().item(), await x.var().item()];
  const near = (value: number, expected: number, error: number) =>
    assert(Math.abs(value - expected) < 5 * error, `${value} is not near ${expected}`);
  const [uniformMean, uniformVariance] = await statistics(rand([n]));
  near(uniformMean, 1 / 2, Math.sqrt(1 / 12 / n));
  near(uniformVariance, 1 / 12, Math.sqrt(1 / 180 / n));
  const [normalMean, normalVariance] = await statistics(randn([n]));
  near(normalMean, 0, Math.sqrt(1 / n));
  near(normalVariance, 1, Math.sqrt(2 / n));
  const [share] = await statistics(bernoulli(full([n], 0.3)));
  near(share, 0.3, Math.sqrt(0.21 / n));
  const drawn = multinomial(tensor([1, 3, 0]), n, { replacement: true });
  near(await drawn.eq(1).to("float32").mean().item(), 0.75, Math.sqrt(0.1875 / n));
  assertEquals(await drawn.amax().item(), 1);
});

Deno.test("bernoulli of 0 and 1 is certain, and randperm holds every number once", async () => {
  assertEquals(await bernoulli(zeros([20])).sum().item(), 0);
  assertEquals(await bernoulli(full([20], 1)).sum().item(), 20);
  const order = await randperm(50).data();
  assertEquals([...order].sort((a, b) => a - b), Array.from({ length: 50 }, (_, i) => i));
});

Deno.test("float32 integers go as far as float32 holds all of them", async () => {
  const drawn = await randint(2 ** 24, 2 ** 24 + 1, [3], { dtype: "float32" }).tolist();
  assertEquals(drawn, [2 ** 24, 2 ** 24, 2 ** 24]);
  assertEquals(await randint(-(2 ** 24), 1 - 2 ** 24, [], { dtype: "float32" }).item(), -(2 ** 24));
});

Deno.test("more categories than there are are refused while a function is traced", async () => {
  const compiled = compile((p: Tensor) => multinomial(p, 4));
  await assertRejects(() => compiled(tensor([1, 1, 1])), GenlabError, "cannot draw 4 of 3");
});

Deno.test("bounds of randint that leave nothing to draw are refused while a function is traced", async () => {
  const compiled = compile(() => randint(3, 3, [2]));
  await assertRejects(() => compiled(), GenlabError, "low = 3");
});
