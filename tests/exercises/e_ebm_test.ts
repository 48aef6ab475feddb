import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { grad, randn, type Tensor, tensor, zeros } from "genlab";
import { exerciseE } from "../../exercises/e_ebm/exercise.ts";
import { describeEbm, ebmMetrics } from "../../exercises/e_ebm/metrics.ts";
import {
  matchingNoise,
  slopesOf,
  stationaryVariance,
  temperature,
} from "../../exercises/e_ebm/oracles.ts";
import { landscapes } from "../../exercises/e_ebm/energies.ts";
import * as solution from "../../exercises/e_ebm/solution.ts";
import type { Energy } from "../../exercises/e_ebm/solution.ts";
import { runChecks } from "../../lib/course/check.ts";
import { callableOf } from "../../lib/course/graph/callables.ts";
import { NotImplemented } from "../../lib/course/not_implemented.ts";
import { normals } from "../../lib/course/samples.ts";
import { inProcess } from "../../lib/course/student.ts";
import { Generator } from "../../lib/random/mod.ts";
import { assertClose, testChecks } from "./corpus.ts";
import * as corpus from "./e_ebm/mod.ts";

testChecks(exerciseE, solution, corpus, [0, 1, 2]);

Deno.test("shape alone earns nothing", () => {
  for (const { id, points } of exerciseE.checks) {
    assertEquals(points, id.endsWith("-shape") || id.endsWith("-data") ? 0 : 1);
  }
});

Deno.test("langevinStep is not blamed for an inputGradient that is wrong or not written", async () => {
  const uphill = (energy: Energy, x: Tensor) => solution.inputGradient(energy, x).neg();
  const unwritten = (): Tensor => {
    throw new NotImplemented("inputGradient");
  };
  for (const inputGradient of [uphill, unwritten]) {
    const langevinStep = (...args: Parameters<typeof solution.langevinStep>) => {
      const [energy, x, stepSize, noiseScale, noise] = args;
      return x.sub(inputGradient(energy, x).mul(stepSize)).add(noise.mul(noiseScale)).detach();
    };
    const student = inProcess({ ...solution, inputGradient, langevinStep });
    for await (const { function: name, status } of runChecks(exerciseE, student)) {
      if (name === "langevinStep") assert(status === "skipped" || status === "passed", status);
    }
  }
});

Deno.test("of functions not yet written only that is said", async () => {
  const stubs = exerciseE.functions.map(({ name }) =>
    [name, () => {
      throw new NotImplemented(name);
    }] as const
  );
  const student = inProcess(Object.fromEntries(stubs));
  for await (const { function: name, status, message } of runChecks(exerciseE, student)) {
    assertEquals([status, message], ["not-written", `not written yet: ${name}`]);
  }
});

Deno.test("automatic differentiation of the energies agrees with their definitions on the host", async () => {
  for (const D of [1, 2, 6]) {
    const generator = new Generator(3);
    const x = normals(generator, [7, D]);
    for (const landscape of landscapes(D, generator)) {
      const { callable, parameters } = landscape.energy;
      const energy = callableOf(callable, parameters.map((tensor) => tensor.to("float64")));
      const wide = x.tensor.to("float64");
      const energies = Array.from(
        { length: 7 },
        (_, i) => landscape.at(x.values.slice(i * D, (i + 1) * D)),
      );
      assertClose(await energy(wide).data(), energies, 1e-12);
      const [slope] = grad(energy(wide).sum(), [wide]);
      assertClose(await slope.data(), [...slopesOf(landscape, x.values)], 1e-6);
    }
  }
});

Deno.test("in the closed forms small steps sample the density itself, and large ones leave", () => {
  const variance = (stepSize: number) =>
    stationaryVariance({ stepSize, noiseScale: matchingNoise(stepSize) });
  assertAlmostEquals(variance(1e-6), 1, 1e-6);
  assertAlmostEquals(variance(0.1), 1 / 0.95, 1e-12);
  assertAlmostEquals(variance(1.5), 4, 1e-12);
  assertEquals(variance(2), Infinity);
  assertAlmostEquals(temperature({ stepSize: 10, noiseScale: 0.005 }), 1.25e-6, 1e-18);
  assertEquals(temperature({ stepSize: 0.5, noiseScale: matchingNoise(0.5) }), 1);
});

Deno.test("the metrics are the closed forms', to what so many chains leave open", async () => {
  for (const seed of [0, 5]) {
    const metrics = await ebmMetrics(inProcess({ ...solution }), seed);
    assertAlmostEquals(metrics.slopeAt2, 7, 1e-6);
    assert(metrics.gradientError > 0 && metrics.gradientError < 2e-6);
    assertEquals(Object.keys(metrics.variance), ["0.1", "0.5", "1.0", "1.5"]);
    for (const [eta, value] of Object.entries(metrics.variance)) {
      const target = metrics.targetVariance[eta];
      assertAlmostEquals(target, 1 / (1 - Number(eta) / 2), 1e-12);
      // Five standard errors.
      assertAlmostEquals(value, target, 0.07 * target, `eta = ${eta}`);
    }
    assertAlmostEquals(metrics.targetTemperature, 1.25e-6, 1e-18);
    assertAlmostEquals(metrics.temperature, 1.25e-6, 0.07 * 1.25e-6);
    // -1.5, and 0.1 (0.25 + 1 + 0.25 + 0.25) more.
    assertAlmostEquals(metrics.gap, -1.5, 0.2);
    assertAlmostEquals(metrics.loss - metrics.gap, 0.175, 0.05);
  }
});

Deno.test("the metrics show a chain of another temperature, and are not there for noise of its own", async () => {
  const hot = (
    ...[energy, x, stepSize, noiseScale, noise]: Parameters<typeof solution.langevinStep>
  ) => solution.langevinStep(energy, x, stepSize, 2 * noiseScale, noise);
  const metrics = await ebmMetrics(inProcess({ ...solution, langevinStep: hot }), 0);
  assertAlmostEquals(metrics.temperature, 5e-6, 0.3e-6);
  assertAlmostEquals(metrics.variance["1.0"], 8, 0.4);

  const own = (...[energy, x, stepSize, noiseScale]: Parameters<typeof solution.langevinStep>) =>
    solution.langevinStep(energy, x, stepSize, noiseScale, randn(x.shape));
  const student = inProcess({ ...solution, langevinStep: own });
  const error = await ebmMetrics(student, 0).catch((error) => error);
  assert(error.message.includes("noise that langevinStep draws itself"), error.message);
});

Deno.test("the metrics read as lines, and have names in JSON", async () => {
  const { text, metrics } = await exerciseE.measure(inProcess({ ...solution }), 0);
  const [slope, variance, temperature, loss] = text.split("\n");
  assert(slope.startsWith("Slope of x^2 + 3x at 2: 7.000; of a network's energy: max abs error "));
  assert(
    /eta=0\.1: 1\.0\d\d \(theory 1\.053\), .*eta=1\.5: \d\.\d\d\d \(theory 4\.000\)$/.test(
      variance,
    ),
  );
  assert(
    /^Temperature of step 10 and noise 0\.005: 1\.2\de-6 \(theory 1\.25e-6\)$/.test(temperature),
  );
  assert(/^Contrastive loss: -1\.\d{3}, of which/.test(loss));
  assertEquals(Object.keys(metrics), [
    ...["slopeAt2", "gradientError", "variance", "targetVariance"],
    ...["temperature", "targetTemperature", "loss", "gap"],
  ]);
});

Deno.test("with weights, x is as easily differentiated as they are", async () => {
  const w = tensor([2, -3]);
  const x = tensor([[1, 5]]);
  const y = (x: Tensor) => x.matmul(w);
  assertEquals(await solution.inputGradient(y, x).tolist(), [[2, -3]]);
  assertEquals(await grad(y(x).sum(), [w])[0].tolist(), [1, 5]);
});

Deno.test("a loss reaches the network through its energies, and not through the chain", async () => {
  const w = tensor([0.5]);
  const energy = (x: Tensor) => x.square().matmul(w);
  const real = tensor([[1], [2]]);
  const fake = solution.langevinStep(energy, tensor([[3]]), 0.1, 1, zeros([1, 1]));
  // 3 - 0.1 · 2 · 0.5 · 3.
  assertAlmostEquals(await fake.item(), 2.7, 1e-6);
  const loss = solution.contrastiveLoss(energy(real), energy(fake), 0);
  // The mean of 1 and 4, less 2.7².
  const [slope] = await grad(loss, [w])[0].data();
  assertAlmostEquals(slope, 2.5 - 2.7 ** 2, 1e-5);
});

Deno.test("the variance of chains that went uphill is told in few digits", () => {
  const text = describeEbm({
    slopeAt2: 7,
    gradientError: 0,
    variance: { "0.1": 4195.77, "0.5": 1.0419241557614138e16 },
    targetVariance: { "0.1": 1 / 0.95, "0.5": 4 / 3 },
    temperature: 1.25e-6,
    targetTemperature: 1.25e-6,
    loss: 0,
    gap: 0,
  });
  assertStringIncludes(text, "eta=0.1: 4195.770 (theory 1.053), eta=0.5: 1.042e+16 (theory 1.333)");
});
