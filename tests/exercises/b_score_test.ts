import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { full, manualSeed, rand, randn, type Tensor, zeros } from "genlab";
import { exerciseB } from "../../exercises/b_score/exercise.ts";
import { scoreMetrics } from "../../exercises/b_score/metrics.ts";
import * as solution from "../../exercises/b_score/solution.ts";
import { NotImplemented } from "../../lib/course/not_implemented.ts";
import { runChecks } from "../../lib/course/check.ts";
import { inProcess } from "../../lib/course/student.ts";
import fixture from "../fixtures/exercise_b.json" with { type: "json" };
import * as corpus from "./b_score/mod.ts";
import { assertClose, testChecks } from "./corpus.ts";

/** What PyTorch printed for one seed. */
type Golden = typeof fixture.seeds["0"];
const GOLDEN = Object.entries(fixture.seeds) as [string, Golden][];

testChecks(exerciseB, solution, corpus);

Deno.test("shape alone earns nothing", () => {
  for (const { id, points } of exerciseB.checks) {
    assertEquals(
      points,
      id.endsWith("-shape") || id.endsWith("-data") && id !== "forward-data" ? 0 : 1,
    );
  }
});

Deno.test("veForward is not blamed for a sigmaVe that is wrong or not written", async () => {
  const linear = (t: Tensor | number) => t instanceof Object ? t.mul(50) : full([], t);
  const unwritten = () => {
    throw new NotImplemented("sigmaVe");
  };
  for (const sigmaVe of [linear, unwritten]) {
    const veForward = (x0: Tensor, t: Tensor | number) => {
      const sigmaT = sigmaVe(t) as Tensor;
      return { ...solution.veForward(x0, t), sigmaT: sigmaT.expand(x0.shape[0], 1) };
    };
    const student = inProcess({ ...solution, sigmaVe, veForward });
    for await (const { function: name, status } of runChecks(exerciseB, student)) {
      if (name === "veForward") assert(status === "skipped" || status === "passed", status);
    }
  }
});

Deno.test("a veForward not yet written says so, whatever sigmaVe is", async () => {
  const stub = (name: string) => () => {
    throw new NotImplemented(name);
  };
  const student = inProcess({
    sigmaVe: stub("sigmaVe"),
    veForward: stub("veForward"),
    conditionalScoreXtGivenX0: stub("conditionalScoreXtGivenX0"),
  });
  for await (const { function: name, status, message } of runChecks(exerciseB, student)) {
    assertEquals([status, message], ["not-written", `not written yet: ${name}`]);
  }
});

for (const [seed, golden] of GOLDEN) {
  Deno.test(`seed ${seed} gives PyTorch's schedule, to the last digit, and noisy data`, async () => {
    for (const [t, sigma] of Object.entries(golden.sigma)) {
      assertEquals(await solution.sigmaVe(Number(t)).item(), sigma, `sigma(${t})`);
    }
    manualSeed(Number(seed));
    const { xt } = solution.veForward(zeros([8, 3]), 0.25);
    assertClose(await xt.data(), golden.xt_scalar_t, 1e-7);
    const { xt: vector } = solution.veForward(zeros([8, 3]), full([8], 0.25));
    assertClose(await vector.data(), golden.xt_vector_t, 1e-7);
  });

  Deno.test(`seed ${seed} gives PyTorch's variances and scores`, async () => {
    const expected = golden.score;
    manualSeed(expected.reseeded_with);
    const { xt: noise } = solution.veForward(zeros([40_000, 2]), 0.3);
    assertClose(await noise.to("float64").var(0, false).data(), expected.var, 1e-8);
    const x0 = randn([2048, 2]);
    const t = rand([2048]);
    const { xt, sigmaT } = solution.veForward(x0, t);
    const score = solution.conditionalScoreXtGivenX0(xt, x0, sigmaT);
    assertClose((await x0.data()).subarray(0, 8), expected.x0_first, 1e-6);
    assertEquals([...(await t.data()).subarray(0, 4)], expected.t_first);
    assertClose((await xt.data()).subarray(0, 8), expected.xt_first, 1e-6);
    // xt - x0 cancels: an error of 1e-7 in xt is 1e-5 of a score where sigma is .01.
    assertClose((await score.data()).subarray(0, 8), expected.score_first, 1e-4);
    assertAlmostEquals(await score.abs().amax().item(), expected.score_abs_max, 1e-2);
    assertAlmostEquals(await score.to("float64").sum().item(), expected.score_sum, 1e-1);
  });

  Deno.test(`seed ${seed} gives the notebook's metrics`, async () => {
    const metrics = await scoreMetrics(inProcess({ ...solution }), Number(seed));
    assertEquals(metrics.sigma, golden.sigma);
    assertClose(metrics.variance, golden.score.var, 1e-8);
    assertAlmostEquals(metrics.targetVariance, golden.score.target_var, 1e-9);
    // The notebook's bound.
    assert(metrics.scoreError >= 0 && metrics.scoreError < 2e-4);
    const measured = await exerciseB.measure(inProcess({ ...solution }), Number(seed));
    assertEquals(Object.keys(measured.metrics), [
      ...["sigma", "variance", "targetVariance", "scoreError"],
    ]);
  });
}
