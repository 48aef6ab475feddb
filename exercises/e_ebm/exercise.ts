/**
 * Exercise E as the command line and the graders see it.
 *
 * @module
 */
import type { Exercise } from "../../lib/course/check.ts";
import { checks } from "./checks.ts";
import { hiddenChecks } from "./hidden.ts";
import { describeEbm, ebmMetrics } from "./metrics.ts";

/** Exercise E: energy-based models. */
export const exerciseE: Exercise = {
  name: "e",
  functions: [
    { name: "inputGradient", given: false },
    { name: "langevinStep", given: false },
    { name: "clampToBounds", given: false },
    { name: "contrastiveLoss", given: false },
  ],
  checks: [...checks, ...hiddenChecks],
  async measure(student, seed) {
    const metrics = await ebmMetrics(student, seed);
    return { metrics: { ...metrics }, text: describeEbm(metrics) };
  },
};
