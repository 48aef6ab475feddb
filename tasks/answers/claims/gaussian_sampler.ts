/**
 * DDPM's samplers on Gaussian data: the best prediction of the noise is linear, so the variance of the
 * samples follows from step to step without drawing any.
 *
 * @module
 */
import { ddimCoefficients, spacedSteps } from "../../../lib/models/ddpm/process/reverse.ts";
import { noiseSchedule, type ScheduleName } from "../../../lib/models/ddpm/process/schedule.ts";

/** The steps that the schedules are made for; samplers take some of them. */
const T = 1000;

/**
 * The standard deviation of samples where the data are N(0, std²):
 *
 *     x0hat = sqrt(abar) std² x / (abar std² + 1 - abar),   x_p = a x0hat + b x + sigma z.
 *
 * @param steps how many of 1000 steps are taken, evenly spaced
 * @param eta 0 for DDIM, 1 for ancestral sampling
 */
export function sampleStd(
  std: number,
  { schedule, steps, eta }: {
    readonly schedule: ScheduleName;
    readonly steps: number;
    readonly eta: number;
  },
): number {
  const { alphaBars } = noiseSchedule(schedule, T);
  const times = spacedSteps(T, steps).toReversed();
  let variance = 1;
  times.forEach((t, i) => {
    const alphaBar = alphaBars[t];
    const { a, b, sigma } = ddimCoefficients(alphaBar, alphaBars[times[i + 1] ?? 0], eta);
    const kept = Math.sqrt(alphaBar) * std ** 2 / (alphaBar * std ** 2 + 1 - alphaBar);
    variance = (a * kept + b) ** 2 * variance + sigma ** 2;
  });
  return Math.sqrt(variance);
}
