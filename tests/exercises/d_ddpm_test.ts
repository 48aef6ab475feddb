import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Tensor, tensor } from "genlab";
import { exerciseD } from "../../exercises/d_ddpm/exercise.ts";
import { ddpmMetrics } from "../../exercises/d_ddpm/metrics.ts";
import { ddimOf, posteriorMeanOf, posteriorOf } from "../../exercises/d_ddpm/oracles.ts";
import * as solution from "../../exercises/d_ddpm/solution.ts";
import { runChecks } from "../../lib/course/check.ts";
import { NotImplemented } from "../../lib/course/not_implemented.ts";
import { inProcess } from "../../lib/course/student.ts";
import { testChecks } from "./corpus.ts";
import * as corpus from "./d_ddpm/mod.ts";

// With seed 58 an element of the guided noise is a thousand times smaller than what it is made of.
testChecks(exerciseD, solution, corpus, [0, 1, 58, 77]);

Deno.test("shape alone earns nothing", () => {
  for (const { id, points } of exerciseD.checks) {
    assertEquals(points, /-shape$|-other-data$/.test(id) ? 0 : 1, id);
  }
});

Deno.test("posteriorVariance is not blamed for an alphaBars that is wrong or not written", async () => {
  const wrong = (betas: Tensor) => betas.cumsum(0);
  const unwritten = (): Tensor => {
    throw new NotImplemented("alphaBars");
  };
  for (const alphaBars of [wrong, unwritten]) {
    const posteriorVariance = (betas: Tensor) => alphaBars(betas).mul(betas);
    const student = inProcess({ ...solution, alphaBars, posteriorVariance });
    for await (const { function: name, status } of runChecks(exerciseD, student)) {
      if (name === "posteriorVariance") assert(status === "skipped" || status === "passed", status);
    }
  }
});

Deno.test("the two forms of the mean are one, and DDIM with eta 1 is the posterior", () => {
  for (const [from, to] of [[0.36, 0.64], [1e-4, 0.01], [0.9998, 0.9999], [0.5, 1]] as const) {
    const { x0, xt, variance } = posteriorOf(from, to);
    const mean = posteriorMeanOf(from, to);
    const [alpha, beta] = [from / to, 1 - from / to];
    // Ho et al. 2020, equations 7 and 11.
    assertAlmostEquals(x0, Math.sqrt(to) * beta / (1 - from), 1e-12);
    assertAlmostEquals(xt, Math.sqrt(alpha) * (1 - to) / (1 - from), 1e-12);
    assertAlmostEquals(variance, (1 - to) / (1 - from) * beta, 1e-12);
    assertAlmostEquals(mean.xt, 1 / Math.sqrt(alpha), 1e-9);
    assertAlmostEquals(mean.eps, -beta / Math.sqrt(1 - from) / Math.sqrt(alpha), 1e-9);
    const ddim = ddimOf(from, to, 1);
    assertAlmostEquals(ddim.xt, mean.xt, 1e-9);
    assertAlmostEquals(ddim.eps, mean.eps, 1e-9);
    assertAlmostEquals(ddim.noise ** 2, variance, 1e-12);
  }
});

Deno.test("the metrics are those that are known from elsewhere", async () => {
  const metrics = await ddpmMetrics(inProcess({ ...solution }), 0);
  const { alphaBarEnd, snrBelowOne, posteriorError, sampleMean, sampleStd } = metrics;
  assertAlmostEquals(alphaBarEnd.linear, 4.0358e-5, 1e-9);
  // The last step but one leaves cos² of (1 - 1 / 1008) π/2 by f(0), the last a thousandth of that.
  const lastButOne = Math.cos((1 - 1 / 1008) * Math.PI / 2) ** 2;
  const first = Math.cos(0.008 / 1.008 * Math.PI / 2) ** 2;
  assertAlmostEquals(alphaBarEnd.cosine / (lastButOne / first / 1000), 1, 1e-3);
  // By the continuous formulas: -ln ᾱ(t) = 1e-4 t + 0.0199 t² / 1998, and a half of f(0).
  assertEquals(snrBelowOne, { linear: 260, cosine: 497 });
  assert(posteriorError < 1e-6 / 1e6);
  // Standard errors are 0.011 and 0.008; 100 steps leave the deviation short by up to 0.03.
  for (const sampler of ["ddim", "ddpm"] as const) {
    assertAlmostEquals(sampleMean[sampler], 0.5, 0.05);
    assertAlmostEquals(sampleStd[sampler], 0.485, 0.04);
  }
  const { text } = await exerciseD.measure(inProcess({ ...solution }), 0);
  assertEquals(text.split("\n").length, 3);
});

Deno.test("the answer sheet's two errors are errors", async () => {
  // Q4: upside down, the variance of a step back would be larger than that of the step forward.
  const betas = tensor([0.1, 0.2]);
  const [, second] = await solution.posteriorVariance(betas).data();
  assertAlmostEquals(second, 0.1 / 0.28 * 0.2, 1e-6);
  assert(second < 0.2 && 0.28 / 0.1 * 0.2 > 0.2);
  // Q7: for d = 8 the frequencies are 1, 0.1, 0.01, 0.001; the sheet's are the first four for d = 16.
  const sines = async (dim: number) => {
    const values = await solution.timeEmbedding(tensor([1]), dim).data();
    return Array.from(values).filter((_, i) => i % 2 === 0).slice(0, 4);
  };
  const expected = (exponents: number[]) => exponents.map((x) => Math.sin(10 ** -x));
  for (const [i, sine] of (await sines(8)).entries()) {
    assertAlmostEquals(sine, expected([0, 1, 2, 3])[i], 1e-6);
  }
  for (const [i, sine] of (await sines(16)).entries()) {
    assertAlmostEquals(sine, expected([0, 0.5, 1, 1.5])[i], 1e-6);
  }
});
