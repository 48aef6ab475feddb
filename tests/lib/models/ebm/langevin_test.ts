import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import {
  DTypeError,
  type Energy,
  Generator,
  GenlabError,
  langevin,
  type LangevinOptions,
  langevinPath,
  langevinSampler,
  langevinTemperature,
  noiseBank,
  type NoiseSource,
  ones,
  randn,
  sessionsCreated,
  ShapeError,
  type Tensor,
  tensor,
  zeros,
} from "../../../../mod.ts";

/** The energy of a standard normal density. */
const bowl = (x: Tensor) => x.square().sum(1).mul(0.5);

/** Noise of a seed. */
function seeded(seed: number): NoiseSource {
  const generator = new Generator(seed);
  return (shape) => randn(shape, { generator });
}

/** Bounds that a right variance of n independent normal values is outside of once in 1.7 million. */
function assertVariance(values: ArrayLike<number>, expected: number, message: string): void {
  const n = values.length;
  const variance = Array.from(values).reduce((sum, value) => sum + value ** 2, 0) / n;
  assertAlmostEquals(variance / expected, 1, 5 * Math.sqrt(2 / n), message);
}

/** Steps after which 0.01 % is left of where chains on the bowl began, in their variance. */
function stepsFor(eta: number): number {
  return Math.max(1, Math.ceil(Math.log(1e-4) / (2 * Math.log(Math.abs(1 - eta)))));
}

Deno.test("the unadjusted chain on N(0, 1) has the variance 1 / (1 - eta / 2)", async () => {
  for (const [i, eta] of [0.1, 0.5, 1, 1.5].entries()) {
    const x = await langevin(bowl, zeros([60_000, 1]), {
      steps: stepsFor(eta),
      stepSize: eta,
      noiseScale: Math.sqrt(2 * eta),
      noise: seeded(i),
    });
    assertVariance(await x.data(), 1 / (1 - eta / 2), `eta ${eta}`);
  }
});

Deno.test("another noise samples at the temperature sigma² / (2 eta)", async () => {
  for (const [i, T] of [0.01, 0.25, 4].entries()) {
    const scales = { stepSize: 0.5, noiseScale: Math.sqrt(T) };
    assertAlmostEquals(langevinTemperature(scales), T, 1e-12);
    const options = { ...scales, steps: stepsFor(0.5), noise: seeded(10 + i) };
    const x = await langevin(bowl, zeros([60_000, 1]), options);
    assertVariance(await x.data(), T / (1 - 0.5 / 2), `temperature ${T}`);
  }
});

Deno.test("noise from a table does what new noise does", async () => {
  const generator = new Generator(20);
  const noise = noiseBank(randn([5000, 16], { generator }), generator);
  const x = await langevin(bowl, zeros([1000, 16]), {
    steps: stepsFor(0.5),
    stepSize: 0.5,
    noiseScale: 1,
    noise,
  });
  // The chains see no more than the table's 80,000 numbers, which know their variance to 0.5 %.
  assertVariance(await x.data(), 1 / (1 - 0.5 / 2), "1000 chains of 16 numbers");
  const [first, second] = [await noise([8, 16]).data(), await noise([8, 16]).data()];
  assert(first.every((value, i) => value !== second[i]), "rows are drawn anew");
});

Deno.test("without noise chains go down the gradient, step by step", async () => {
  const energy = (x: Tensor) => x.pow(4).sum(1).mul(0.25);
  const start = tensor([[1], [-0.5], [2]]);
  const path = await langevinPath(energy, start, { steps: 3, stepSize: 0.1, noiseScale: 0 });
  assertEquals(path.shape, [3, 3, 1]);
  let x = [1, -0.5, 2];
  const expected = [0, 1, 2].flatMap(() => x = x.map((value) => value - 0.1 * value ** 3));
  (await path.data()).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5));
});

Deno.test("gradients are clamped before the step size, x after the step and after the noise", async () => {
  const options = {
    steps: 1,
    stepSize: 10,
    noiseScale: 0.5,
    gradientLimit: 0.03,
    bounds: [-1, 1],
  } as const;
  const noise = tensor([[0], [0], [-1], [0], [1], [8]]);
  const x = await langevin(bowl, tensor([[5], [0.5], [0.01], [-1], [-1.5], [0.9]]), {
    ...options,
    noise: () => noise,
  });
  // 5 - 0.3 beyond the bound; 0.5 - 0.3; 0.01 - 10 (0.01) and noise; -1 + 0.3; -1.2, which is -1
  // before the noise; and 0.9 - 0.3, beyond the bound after it.
  const expected = [1, 0.2, -0.59, -0.7, -0.5, 1];
  (await x.data()).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-6));
});

Deno.test("a chain of any length is one session, and a sampler makes no more of them", async () => {
  const energy = (x: Tensor) => x.square().sum(1).mul(0.37);
  const generator = new Generator(3);
  const options: LangevinOptions = {
    steps: 50,
    stepSize: 0.1,
    noiseScale: 0.1,
    noise: (shape) => randn(shape, { generator }),
  };
  const before = sessionsCreated();
  const sample = langevinSampler(energy, [4, 3], options);
  const first = await sample(ones([4, 3]));
  assertEquals(sessionsCreated() - before, 1);
  await sample(zeros([4, 3]));
  assertEquals(sessionsCreated() - before, 1);
  const path = await langevinPath(energy, ones([4, 3]), { ...options, noise: seeded(3) });
  assertEquals(await path.narrow(0, 49, 1).squeeze(0).data(), await first.data());
});

Deno.test("options that make no sense are refused, and noise of another shape", async () => {
  const start = zeros([2, 1]);
  const chain = (options: Partial<LangevinOptions>) =>
    langevin(bowl, start, { steps: 1, stepSize: 1, noiseScale: 1, ...options });
  await assertRejects(() => chain({ stepSize: -1 }), GenlabError, "stepSize is -1");
  await assertRejects(() => chain({ noiseScale: NaN }), GenlabError, "noiseScale is NaN");
  await assertRejects(() => chain({ gradientLimit: -2 }), GenlabError, "gradientLimit is -2");
  await assertRejects(() => chain({ stepSize: Infinity }), GenlabError, "stepSize is Infinity");
  await assertRejects(() => chain({ bounds: [1, -1] }), GenlabError, "the bounds are [1, -1]");
  await assertRejects(() => chain({ steps: 0 }), ShapeError, "langevin: steps is 0");
  const none = (() => 1) as unknown as Energy;
  const options = { steps: 1, stepSize: 1, noiseScale: 1 };
  await assertRejects(() => langevin(none, start, options), DTypeError, "a tensor as an energy");
  const noise = noiseBank(zeros([5, 3]), new Generator(0));
  await assertRejects(() => chain({ noise }), ShapeError, "no noise for [2, 1]");
});
