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
  functions: [
    { name: "reparameterize", given: false },
    { name: "klDiagGaussianToStandard", given: false },
    { name: "bernoulliNllFromLogits", given: false },
    { name: "vaeLoss", given: true },
  ],
  checks: [...checks, ...hiddenChecks],
  async measure(student, seed) {
    const metrics = await vaeMetrics(student, seed);
    return { metrics: { ...metrics }, text: describeVae(metrics) };
  },
};
