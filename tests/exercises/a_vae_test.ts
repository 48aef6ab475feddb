import { assertAlmostEquals, assertEquals } from "@std/assert";
import { expand, grad, manualSeed, randn, type Tensor, tensor } from "genlab";
import { exerciseA } from "../../exercises/a_vae/exercise.ts";
import { exampleBatch, vaeMetrics } from "../../exercises/a_vae/metrics.ts";
import * as solution from "../../exercises/a_vae/solution.ts";
import { runChecks } from "../../lib/course/check.ts";
import { NotImplemented } from "../../lib/course/not_implemented.ts";
import { inProcess } from "../../lib/course/student.ts";
import fixture from "../fixtures/exercise_a.json" with { type: "json" };
import * as corpus from "./a_vae/mod.ts";
import { assertClose, testChecks } from "./corpus.ts";

/** What PyTorch printed for one seed. */
type Golden = typeof fixture.seeds["0"];
const GOLDEN = Object.entries(fixture.seeds) as [string, Golden][];

testChecks(exerciseA, solution, corpus);

Deno.test("shape alone earns nothing, and the given vaeLoss neither", () => {
  for (const { id, function: name, points } of exerciseA.checks) {
    assertEquals(
      points,
      id.endsWith("-shape") || id.endsWith("-data") || name === "vaeLoss" ? 0 : 1,
    );
  }
});

Deno.test("vaeLoss is not blamed for functions that are wrong", async () => {
  const bernoulliNllFromLogits = (_logits: Tensor, x: Tensor) => x.sum(1);
  const vaeLoss = (...[logits, x, mu, logvar, beta = 1]: Parameters<typeof solution.vaeLoss>) => {
    const parts = solution.vaeLoss(logits, x, mu, logvar);
    const recon = bernoulliNllFromLogits(logits, x).mean();
    return { ...parts, recon, loss: recon.add(parts.kl.mul(beta)) };
  };
  const student = inProcess({ ...solution, bernoulliNllFromLogits, vaeLoss });
  const found: [string, string, string][] = [];
  for await (const { id, function: name, status, message } of runChecks(exerciseA, student)) {
    if (name === "vaeLoss" && status !== "passed") found.push([id, status, message]);
  }
  // That beta weighs the terms as it should is true whatever they are.
  const reason = "waits for bernoulliNllFromLogits to pass its checks";
  assertEquals(found, [["loss-parts", "skipped", reason]]);
});

Deno.test("of functions not yet written only that is said, and vaeLoss waits for them", async () => {
  const stub = (name: string) => () => {
    throw new NotImplemented(name);
  };
  const nll = stub("bernoulliNllFromLogits");
  const student = inProcess({
    reparameterize: stub("reparameterize"),
    klDiagGaussianToStandard: stub("klDiagGaussianToStandard"),
    bernoulliNllFromLogits: nll,
    vaeLoss: nll,
  });
  for await (const { function: name, status, message } of runChecks(exerciseA, student)) {
    if (name === "vaeLoss") assertEquals(status, "skipped");
    else assertEquals([status, message], ["not-written", `not written yet: ${name}`]);
  }
});

for (const [seed, golden] of GOLDEN) {
  Deno.test(`seed ${seed} gives PyTorch's example batch and metrics`, async () => {
    const { x, logits, mu, logvar } = exampleBatch(Number(seed));
    assertEquals(await x.sum().item(), golden.x_sum);
    assertEquals([...(await x.data()).subarray(0, 32)], golden.x_row0);
    assertClose((await logits.data()).subarray(0, 32), golden.logits_row0, 1e-6);
    assertClose((await mu.data()).subarray(0, 5), golden.mu_row0, 1e-6);
    assertClose((await logvar.data()).subarray(0, 5), golden.logvar_row0, 1e-6);
    assertClose(await solution.bernoulliNllFromLogits(logits, x).data(), golden.nll, 1e-6);
    assertClose(await solution.klDiagGaussianToStandard(mu, logvar).data(), golden.kl, 2e-6);

    const { metrics, text } = await exerciseA.measure(inProcess({ ...solution }), Number(seed));
    assertEquals(text, golden.line);
    assertEquals(Object.keys(metrics), ["recon", "kl", "klPerDim", "activeDims"]);
    const { recon, kl, klPerDim, activeDims } = await vaeMetrics(
      inProcess({ ...solution }),
      Number(seed),
    );
    assertAlmostEquals(recon, golden.recon_mean, 1e-6 * golden.recon_mean);
    assertAlmostEquals(kl, golden.kl_mean, 1e-6 * golden.kl_mean);
    assertClose(klPerDim, golden.kl_per_dim, 2e-6);
    assertEquals(activeDims, golden.active_dims);
  });

  Deno.test(`seed ${seed} gives PyTorch's samples, their gradients, and divergences`, async () => {
    const expected = golden.reparameterize;
    manualSeed(expected.reseeded_with);
    const n = 50_000;
    const mu = expand(tensor([[1.5, -0.5]]), [n, 2]);
    const logvar = expand(tensor([[0.5, 1.5]]).log(), [n, 2]);
    const z = solution.reparameterize(mu, logvar);
    const values = await z.data();
    assertClose(values.subarray(0, 2), expected.z_first, 1e-6);
    assertClose(values.subarray(-2), expected.z_last, 1e-6);
    assertClose(await z.to("float64").mean(0).data(), expected.mean, 1e-6);
    assertClose(await z.to("float64").var(0, false).data(), expected.var, 1e-6);

    const m = randn([4, 3]);
    const l = randn([4, 3]).mul(0.1);
    assertClose(await m.data(), expected.mu, 1e-6);
    assertClose(await l.data(), expected.logvar, 1e-6);
    const small = solution.reparameterize(m, l);
    assertClose(await small.data(), expected.z, 1e-5);
    const [byMu, byLogvar] = grad(small.square().mean(), [m, l]);
    assertClose(await byMu.data(), expected.grad_mu, 1e-5);
    assertClose(await byLogvar.data(), expected.grad_logvar, 1e-5);

    const kl = solution.klDiagGaussianToStandard(randn([128, 7]), randn([128, 7]).mul(0.2));
    assertAlmostEquals(await kl.amin().item(), golden.kl_random.min, 1e-5);
    assertAlmostEquals(await kl.mean().item(), golden.kl_random.mean, 1e-5);
  });
}
