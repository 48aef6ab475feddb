import { assertAlmostEquals, assertEquals } from "@std/assert";
import { grad, randn, type Tensor, tensor } from "genlab";
import * as solution from "../../exercises/d_ddpm/solution.ts";
import fixture from "../fixtures/exercise_d.json" with { type: "json" };
import { assertClose } from "./corpus.ts";

const float64 = { dtype: "float64" } as const;
/** A column, one coefficient for each example. */
const column = (values: readonly number[]) =>
  tensor([...values], { shape: [values.length, 1], ...float64 });
const rows = (values: readonly number[]) => tensor([...values], { shape: [3, 4], ...float64 });

Deno.test("schedules and what follows from them are PyTorch's", async () => {
  const { T, stride } = fixture;
  const schedules = {
    linear: solution.linearBetas(T, 1e-4, 0.02),
    cosine: solution.cosineBetas(T),
  };
  for (const name of ["linear", "cosine"] as const) {
    // In float64, as PyTorch's values are; betas themselves have float32's digits.
    const betas = schedules[name].to("float64");
    const left = solution.alphaBars(betas);
    const lists = {
      betas,
      alphaBars: left,
      posteriorVariance: solution.posteriorVariance(betas),
      snr: solution.snr(left),
    };
    for (const [what, list] of Object.entries(lists)) {
      const values = Array.from(await list.data()).filter((_, i) => i % stride === 0);
      const expected = fixture[name][what as keyof typeof lists];
      assertEquals(values.length, expected.length);
      for (const [i, value] of values.entries()) {
        // 1 - 0.999 is known to 2e-5 if 0.999 is float32.
        assertAlmostEquals(value, expected[i], 2e-5 * Math.abs(expected[i]), `${name} ${what}`);
      }
    }
  }
});

Deno.test("functions of data are PyTorch's", async () => {
  const [x, eps, noise] = [fixture.x, fixture.eps, fixture.noise].map(rows);
  const [beta, now, before] = [fixture.beta, fixture.alphaBarT, fixture.alphaBarPrev].map(column);
  const exact = async (result: Tensor, expected: readonly number[]) =>
    assertClose(await result.data(), expected, 1e-12);
  await exact(solution.qSample(x, now, eps), fixture.qSample);
  await exact(solution.reverseMean(x, eps, beta, now), fixture.reverseMean);
  await exact(solution.epsilonLoss(eps, x), [fixture.loss]);
  await exact(solution.guidedEpsilon(x, eps, 2.5), fixture.guided);
  for (const [eta, expected] of Object.entries(fixture.ddim)) {
    await exact(solution.ddimStep(x, eps, now, before, Number(eta), noise), expected);
  }
  const embedding = solution.timeEmbedding(tensor(fixture.t), fixture.dim);
  // In float32 an angle of 999 radians is known to 6e-5, and its frequency is rounded as well.
  assertClose(await embedding.data(), fixture.embedding, 3e-4);
});

Deno.test("mean and variance of a step back are those of q(x_{t-1} | x_t, x_0), by autodiff", async () => {
  const betas = solution.linearBetas(50, 0.01, 0.3).to("float64").detach();
  const left = solution.alphaBars(betas).detach();
  const T = 49;
  // Steps 2 to 50: in step 1 the distribution is a point.
  const at = (list: Tensor, start = 1) => list.narrow(0, start, T).reshape(T, 1).detach();
  const [beta, now, before] = [at(betas), at(left), at(left, 0)];
  const [x0, eps] = [randn([T, 3], float64), randn([T, 3], float64)];
  const xt = solution.qSample(x0, now, eps).detach();
  const mean = solution.reverseMean(xt, eps, beta, now).detach();
  // log q(x_{t-1} | x_t, x_0) up to a constant, by Bayes' rule.
  const fromData = mean.sub(x0.mul(before.sqrt())).square().div(before.neg().add(1));
  const toNoisy = xt.sub(mean.mul(beta.neg().add(1).sqrt())).square().div(beta);
  const [slope] = grad(fromData.add(toNoisy).sum().mul(-0.5), [mean]);
  const [curvature] = grad(slope.sum(), [mean]);
  const variance = at(solution.posteriorVariance(betas)).expand(T, 3);
  assertClose(await slope.data(), new Array(3 * T).fill(0), 1e-9);
  assertClose(await curvature.mul(variance).data(), new Array(3 * T).fill(-1), 1e-9);
});

/** Mean and standard deviation of data, and of noise that is the data at the end of time. */
const DATA = { mean: 0.5, std: 0.5 };

/**
 * Mean and standard deviation of samples of Gaussian data, whose exact noise is linear in x. So is then
 * every step: its coefficients are read off at three points, for all times in one call, and mean and
 * variance are handed on from step to step without any sample.
 */
async function moments(T: number, eta: number): Promise<{ mean: number; std: number }> {
  const betas = solution.linearBetas(T, 0.1 / T, 20 / T).to("float64");
  const now = solution.alphaBars(betas).reshape(T, 1).detach();
  const left = await now.data();
  const before = column([1, ...left.subarray(0, T - 1)]);
  const exactNoise = (x: number) =>
    column(Array.from(left, (alphaBar) => {
      const variance = alphaBar * DATA.std ** 2 + 1 - alphaBar;
      return Math.sqrt(1 - alphaBar) * (x - Math.sqrt(alphaBar) * DATA.mean) / variance;
    }));
  const step = async (x: number, z: number) => {
    const [xt, noise] = [x, z].map((value) => column(new Array(T).fill(value)));
    return await solution.ddimStep(xt, exactNoise(x), now, before, eta, noise).data();
  };
  const [atZero, atOne, withNoise] = [await step(0, 0), await step(1, 0), await step(0, 1)];
  let [mean, variance] = [0, 1];
  for (let t = T - 1; t >= 0; t--) {
    const [scale, spread] = [atOne[t] - atZero[t], withNoise[t] - atZero[t]];
    mean = scale * mean + atZero[t];
    variance = scale ** 2 * variance + spread ** 2;
  }
  return { mean, std: Math.sqrt(variance) };
}

Deno.test("with exact noise, steps return the Gaussian that the data are from", async () => {
  for (const eta of [0, 0.5, 1]) {
    const { mean, std } = await moments(1000, eta);
    assertAlmostEquals(mean, DATA.mean, 2e-3, `mean, eta = ${eta}`);
    assertAlmostEquals(std, DATA.std, 4e-3, `standard deviation, eta = ${eta}`);
  }
});

Deno.test("fewer steps make the samples a little too narrow, most with new noise", async () => {
  const deviations = async (eta: number) =>
    await Promise.all([50, 100, 1000].map(async (T) => (await moments(T, eta)).std));
  const [ddim, ddpm] = [await deviations(0), await deviations(1)];
  for (const stds of [ddim, ddpm]) {
    assertEquals(stds.toSorted(), stds);
    assertEquals(stds.every((std) => std < DATA.std), true);
  }
  assertEquals(ddim.every((std, i) => std > ddpm[i]), true);
});
