/**
 * Exercise B as the command line and the graders see it.
 *
 * @module
 */
import type { Exercise } from "../../lib/course/check.ts";
import { checks } from "./checks.ts";
import { hiddenChecks } from "./hidden.ts";
import { describeScore, scoreMetrics } from "./metrics.ts";

/** Exercise B: score-based diffusion. */
export const exerciseB: Exercise = {
  name: "b",
  functions: [
    { name: "sigmaVe", given: false },
    { name: "veForward", given: false },
    { name: "conditionalScoreXtGivenX0", given: false },
  ],
  checks: [...checks, ...hiddenChecks],
  async measure(student, seed) {
    const metrics = await scoreMetrics(student, seed);
    return { metrics: { ...metrics }, text: describeScore(metrics) };
  },
};
