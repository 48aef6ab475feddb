import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import {
  ddimCoefficients,
  Generator,
  GenlabError,
  noiseSchedule,
  posteriorCoefficients,
  randn,
  sampleDdpm,
  sampleDdpmPath,
  ShapeError,
  spacedSteps,
  type Tensor,
  tensor,
  timeTable,
  UNet,
} from "../../../../mod.ts";

const T = 1000;
const { alphaBars } = noiseSchedule("linear", T);
const FORM = { times: timeTable(T, 16), widths: [8, 8] } as const;

/**
 * Stands for a network: with data from N(mean, variance) the best prediction of the noise is
 * sqrt(1 - abar) (x - sqrt(abar) mean) / (abar variance + 1 - abar). The mean may differ by class;
 * without a class it is 0.
 */
class Exact extends UNet {
  constructor(readonly variance: number, readonly means: readonly number[]) {
    super(FORM);
  }

  override forward(xt: Tensor, t: Tensor, labels: Tensor): Tensor {
    const of = (values: readonly number[] | Float64Array, index: Tensor) =>
      tensor(Float32Array.from(values)).indexSelect(0, index).reshape(-1, 1, 1, 1);
    const alphaBar = of(alphaBars, t);
    const mean = of([...this.means, 0], labels);
    const spread = alphaBar.mul(this.variance - 1).add(1);
    return xt.sub(alphaBar.sqrt().mul(mean)).mul(alphaBar.neg().add(1).sqrt()).div(spread);
  }
}

/** The mean and the standard deviation of all numbers. */
async function moments(samples: Tensor): Promise<{ mean: number; deviation: number }> {
  return {
    mean: await samples.mean().item(),
    deviation: Math.sqrt(await samples.var().item()),
  };
}

/** The standard deviation that steps in exact arithmetic come to, as everything is linear. */
function deviationAfter(steps: number, eta: number, variance: number): number {
  const times = spacedSteps(T, steps).toReversed();
  let reached = 1;
  times.forEach((t, i) => {
    const { a, b, sigma } = ddimCoefficients(alphaBars[t], alphaBars[times[i + 1] ?? 0], eta);
    // x0hat without its mean is abar^½ variance / (abar variance + 1 - abar) times x.
    const slope = Math.sqrt(alphaBars[t]) * variance / (1 + alphaBars[t] * (variance - 1));
    reached = (a * slope + b) ** 2 * reached + sigma ** 2;
  });
  return Math.sqrt(reached);
}

Deno.test("with the exact noise the samples have the data's mean and standard deviation", async () => {
  const unet = new Exact(0.04, Array(10).fill(0.3));
  for (
    const [steps, eta, error] of [[T, 1, 0.004], [T, 0, 0.003], [200, 0.5, 0.02], [50, 0, 0.03]]
  ) {
    const generator = new Generator(5);
    const size = [32, 32] as const;
    const labels = [0, 1, 2, 3];
    const samples = await sampleDdpm({ unet, alphaBars }, labels, { steps, eta, size, generator });
    const { mean, deviation } = await moments(samples);
    const how = `with ${steps} steps and eta ${eta}`;
    assertAlmostEquals(mean, 0.3, 0.01, `mean ${how}`);
    // 4096 numbers know their standard deviation to 1 %.
    const expected = deviationAfter(steps, eta, 0.04);
    assertAlmostEquals(deviation, expected, 0.005, `deviation ${how}`);
    assertAlmostEquals(expected, 0.2, error, `exact deviation ${how}`);
  }
});

Deno.test("guidance moves samples from those without a class past those with it", async () => {
  // Small enough that nothing is clipped: then everything is linear in the class's mean.
  const unet = new Exact(0.01, Array.from({ length: 10 }, (_, digit) => digit / 50));
  const means = await Promise.all([0, 1, 2].map(async (guidance) => {
    const options = { guidance, size: [16, 16] as const, steps: 25, eta: 0 };
    const ddpm = { unet, alphaBars };
    const samples = await sampleDdpm(ddpm, [9], { ...options, generator: new Generator(6) });
    return (await moments(samples)).mean;
  }));
  assertAlmostEquals(means[1] - means[0], 9 / 50, 0.01);
  assertAlmostEquals(means[2] - means[1], means[1] - means[0], 1e-4);
});

Deno.test("guidance acts at the time steps of its interval, and at no others", async () => {
  const unet = new Exact(0.5, Array(10).fill(0.4));
  const [steps, guidance, label] = [[100, 200, 300, 400], 3, 7];
  const { xt, x0hat } = await sampleDdpmPath({ unet, alphaBars }, [label], {
    ...{ steps, guidance, guidanceInterval: [200, 399], eta: 0, size: [4, 4] },
    generator: new Generator(12),
  });
  for (const [i, t] of steps.toReversed().entries()) {
    const x = xt.narrow(0, i, 1).squeeze(0);
    const noiseFor = (told: number) =>
      unet.forward(x, tensor([t], { dtype: "int32" }), tensor([told], { dtype: "int32" }));
    const [epsC, epsU] = [noiseFor(label), noiseFor(unet.nullLabel)];
    const scale = t === 200 || t === 300 ? guidance : 1;
    const eps = epsU.add(epsC.sub(epsU).mul(scale));
    const expected = x.sub(eps.mul(Math.sqrt(1 - alphaBars[t]))).div(Math.sqrt(alphaBars[t]));
    const found = await x0hat.narrow(0, i, 1).data();
    (await expected.clamp(-1, 1).data()).forEach((value, k) =>
      assertAlmostEquals(found[k], value, 1e-5, `t = ${t}`)
    );
  }
});

Deno.test("ancestral sampling is the posterior with a clipped x0hat, step by step", async () => {
  const unet = new Exact(1.5, Array(10).fill(0));
  const options = { size: [4, 4] as const, steps: [1, 2, 3, 4] };
  const { samples, xt, x0hat } = await sampleDdpmPath({ unet, alphaBars }, [1, 2], {
    ...options,
    generator: new Generator(7),
  });
  assertEquals([xt.shape, x0hat.shape], [[4, 2, 1, 4, 4], [4, 2, 1, 4, 4]]);

  const generator = new Generator(7);
  let x = await randn([2, 1, 4, 4], { generator }).data();
  let clipped = false;
  for (const [i, t] of [4, 3, 2, 1].entries()) {
    const z = await randn([2, 1, 4, 4], { generator }).data();
    const { a, b, sigma } = posteriorCoefficients(alphaBars[t], alphaBars[t - 1]);
    const alphaBar = alphaBars[t];
    const found = await x0hat.narrow(0, i, 1).data();
    const before = await xt.narrow(0, i, 1).data();
    x = x.map((value, k) => {
      const eps = value * Math.sqrt(1 - alphaBar) / (1 + 0.5 * alphaBar);
      const exact = (value - Math.sqrt(1 - alphaBar) * eps) / Math.sqrt(alphaBar);
      const x0 = Math.min(1, Math.max(-1, exact));
      clipped ||= x0 !== exact;
      assertAlmostEquals(found[k], x0, 1e-5);
      assertAlmostEquals(before[k], value, 1e-5);
      return a * x0 + b * value + sigma * z[k];
    });
  }
  assert(clipped, "the test is to see clipping");
  (await samples.data()).forEach((value, k) => assertAlmostEquals(value, x[k], 1e-5));
});

Deno.test("the same generator gives the same samples, with or without their path", async () => {
  const ddpm = { unet: new UNet({ ...FORM, generator: new Generator(8) }), alphaBars };
  const draw = () => ({ steps: 3, size: [8, 8] as const, generator: new Generator(9) });
  const first = await sampleDdpm(ddpm, [3, 1], draw());
  const { samples } = await sampleDdpmPath(ddpm, [3, 1], draw());
  assertEquals(await samples.data(), await first.data());
  // An untrained network predicts 0 with every class, so guidance changes nothing.
  const guided = await sampleDdpm(ddpm, [3, 1], { ...draw(), guidance: 3 });
  assertEquals(await guided.data(), await first.data());
});

Deno.test("steps, eta and guidance that make no sense are refused", async () => {
  const ddpm = { unet: new UNet(FORM), alphaBars };
  const draw = (options: Parameters<typeof sampleDdpm>[2]) =>
    sampleDdpm(ddpm, [0], { size: [2, 2], ...options });
  await assertRejects(() => draw({ steps: 1001 }), ShapeError, "1001 steps of 1000");
  await assertRejects(() => draw({ steps: [2, 1] }), ShapeError, "[2, 1]");
  await assertRejects(() => draw({ steps: [0, 1] }), ShapeError, "[0, 1]");
  await assertRejects(() => draw({ steps: [] }), ShapeError, "the steps are []");
  await assertRejects(() => draw({ steps: [1001] }), ShapeError, "1 to 1000");
  await assertRejects(() => draw({ eta: 2, steps: 1 }), GenlabError, "eta is 2");
  await assertRejects(() => draw({ guidance: NaN }), GenlabError, "guidance is NaN");
  await assertRejects(
    () => draw({ guidanceInterval: [9, 2] }),
    GenlabError,
    "from time step 9 to 2",
  );
});

Deno.test("labels and noise that are not the network's are refused", async () => {
  const unet = new UNet(FORM);
  const draw = (labels: number[], noise = alphaBars) =>
    sampleDdpm({ unet, alphaBars: noise }, labels, { steps: 1, size: [2, 2] });
  await assertRejects(() => draw([]), ShapeError, "there are no labels");
  for (const label of [11, -1, 1.5, NaN]) {
    await assertRejects(() => draw([3, label]), ShapeError, `there is no label ${label}; give one`);
  }
  assertEquals((await draw([unet.nullLabel])).shape, [1, 1, 2, 2]);
  const other = noiseSchedule("cosine", 20).alphaBars;
  await assertRejects(
    () => draw([3], other),
    ShapeError,
    "of 20 steps, and the network was made for",
  );
});
