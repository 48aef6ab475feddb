/**
 * The process of DDPM: noise schedules, the way into the noise with its loss, and the ways out.
 *
 * @module
 */
export { diffuse, noiseLoss, type NoiseLossOptions } from "./forward.ts";
export {
  ddimCoefficients,
  posteriorCoefficients,
  type ReverseCoefficients,
  spacedSteps,
} from "./reverse.ts";
export { sampleDdpm, sampleDdpmPath, type SampleOptions, type SamplePath } from "./sampler.ts";
export { type NoiseSchedule, noiseSchedule, type ScheduleName, SCHEDULES } from "./schedule.ts";
export { timeTable } from "./time_table.ts";
