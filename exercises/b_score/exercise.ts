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
  title: "score-based diffusion",
  functions: [
    {
      name: "sigmaVe",
      signature: "sigmaVe(t, sigmaMin = 0.01, sigmaMax = 50) -> sigma, in the shape of t",
      returns: "tensor",
      given: false,
    },
    {
      name: "veForward",
      signature: "veForward(x0 [B, d], t [] or [B], sigmaMin = 0.01, sigmaMax = 50) -> " +
        "{ xt [B, d], eps [B, d], sigmaT [B, 1] }",
      returns: ["xt", "eps", "sigmaT"],
      given: false,
    },
    {
      name: "conditionalScoreXtGivenX0",
      signature: "conditionalScoreXtGivenX0(xt [B, d], x0 [B, d], sigmaT [B, 1]) -> score [B, d]",
      returns: "tensor",
      given: false,
    },
  ],
  checks: [...checks, ...hiddenChecks],
  async measure(student, seed) {
    const metrics = await scoreMetrics(student, seed);
    return { metrics: { ...metrics }, text: describeScore(metrics) };
  },
};
