/**
 * Exercise D as the command line and the graders see it.
 *
 * @module
 */
import type { Exercise } from "../../lib/course/check.ts";
import { checks } from "./checks.ts";
import { hiddenChecks } from "./hidden.ts";
import { ddpmMetrics, describeDdpm } from "./metrics.ts";

/** Exercise D: denoising diffusion. */
export const exerciseD: Exercise = {
  name: "d",
  functions: [
    { name: "linearBetas", given: false },
    { name: "cosineBetas", given: false },
    { name: "alphaBars", given: false },
    { name: "qSample", given: false },
    { name: "reverseMean", given: false },
    { name: "posteriorVariance", given: false },
    { name: "snr", given: false },
    { name: "timeEmbedding", given: false },
    { name: "epsilonLoss", given: false },
    { name: "guidedEpsilon", given: false },
    { name: "ddimStep", given: false },
  ],
  checks: [...checks, ...hiddenChecks],
  async measure(student, seed) {
    const metrics = await ddpmMetrics(student, seed);
    return { metrics: { ...metrics }, text: describeDdpm(metrics) };
  },
};
