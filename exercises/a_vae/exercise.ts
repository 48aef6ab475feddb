/**
 * Exercise A as the command line and the graders see it.
 *
 * @module
 */
import type { Exercise } from "../../lib/course/check.ts";
import { checks } from "./checks.ts";
import { hiddenChecks } from "./hidden.ts";
import { describeVae, vaeMetrics } from "./metrics.ts";

/** Exercise A: variational autoencoders. */
export const exerciseA: Exercise = {
  name: "a",
  title: "variational autoencoders",
  functions: [
    {
      name: "reparameterize",
      signature: "reparameterize(mu [B, D], logvar [B, D]) -> z [B, D]",
      returns: "tensor",
      given: false,
    },
    {
      name: "klDiagGaussianToStandard",
      signature: "klDiagGaussianToStandard(mu [B, D], logvar [B, D]) -> kl [B]",
      returns: "tensor",
      given: false,
    },
    {
      name: "bernoulliNllFromLogits",
      signature: "bernoulliNllFromLogits(logits [B, P], x [B, P]) -> nll [B]",
      returns: "tensor",
      given: false,
    },
    {
      name: "vaeLoss",
      signature: "vaeLoss(logits [B, P], x [B, P], mu [B, D], logvar [B, D], beta = 1) -> " +
        "{ loss [], recon [], kl [], klPerDim [D] }",
      returns: ["loss", "recon", "kl", "klPerDim"],
      given: true,
    },
  ],
  checks: [...checks, ...hiddenChecks],
  async measure(student, seed) {
    const metrics = await vaeMetrics(student, seed);
    return { metrics: { ...metrics }, text: describeVae(metrics) };
  },
};
