/**
 * How much noise there is at each time step of DDPM. The numbers are made on the host, in float64.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../../../errors.ts";
import { describe } from "../../../tensor/guard.ts";

/**
 * Throws unless noise and network are made for the same number of time steps.
 *
 * @param alphaBars what is left of the variance after 0 ... T steps
 */
export function requireSameSteps(
  operation: string,
  unet: { readonly T: number },
  alphaBars: Float64Array,
): void {
  const T = alphaBars.length - 1;
  if (T === unet.T) return;
  throw new ShapeError(
    `${operation}: alphaBars are those of ${T} steps, and the network was made for ${unet.T}; give ` +
      "the noise it was trained with",
  );
}

/** The names of the schedules. */
export const SCHEDULES = ["linear", "cosine"] as const;

/** A schedule's name. */
export type ScheduleName = typeof SCHEDULES[number];

/** Variances of the noise at the time steps 1 ... T. */
export interface NoiseSchedule {
  /** Its name. */
  readonly name: ScheduleName;
  /** The number of time steps. */
  readonly T: number;
  /** The variance that each step adds, `[T]`: that of step t is element t - 1. */
  readonly betas: Float64Array<ArrayBuffer>;
  /** What is left of the image's variance, `[T + 1]`: element t after t steps, so element 0 is 1. */
  readonly alphaBars: Float64Array<ArrayBuffer>;
}

/** The first and last betas of the linear schedule at 1000 steps (Ho et al. 2020, section 4). */
const LINEAR = [1e-4, 0.02] as const;
/** The steps they are meant for. */
const LINEAR_STEPS = 1000;
/** Keeps the first beta of the cosine schedule from being tiny. */
const OFFSET = 0.008;
/** The largest beta of the cosine schedule, as its last would be 1. */
const LARGEST = 0.999;

/**
 * A schedule of T steps.
 *
 * - `linear` (Ho et al. 2020): betas evenly spaced from 1e-4 to 0.02 at T = 1000; for another T they
 *   are 1000 / T times as large, so that as much noise is reached.
 * - `cosine` (Nichol & Dhariwal 2021, equation 17): beta_t = 1 - f(t/T) / f((t-1)/T), at most 0.999,
 *   with f(u) = cos²((u + 0.008) / 1.008 · pi/2).
 *
 * @throws {ShapeError} if T is no whole number of at least 1
 * @throws {GenlabError} if there is no schedule of that name, or a linear one of so few steps would have
 * betas of 1 and more
 *
 * @example
 * ```ts
 * import { noiseSchedule } from "./schedule.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { alphaBars } = noiseSchedule("linear", 1000);
 * assertAlmostEquals(alphaBars[1000], 4.04e-5, 1e-7);
 * ```
 */
export function noiseSchedule(name: ScheduleName, T: number): NoiseSchedule {
  if (!SCHEDULES.includes(name)) {
    throw new GenlabError(
      `noiseSchedule: there is no schedule ${describe(name)}; use ${SCHEDULES.join(" or ")}`,
    );
  }
  if (!Number.isSafeInteger(T) || T < 1) {
    throw new ShapeError(`noiseSchedule: T is ${T}; the number of steps is a whole number above 0`);
  }
  const betas = name === "linear" ? linear(T) : cosine(T);
  const alphaBars = new Float64Array(T + 1);
  alphaBars[0] = 1;
  betas.forEach((beta, i) => alphaBars[i + 1] = alphaBars[i] * (1 - beta));
  return { name, T, betas, alphaBars };
}

function linear(T: number): Float64Array<ArrayBuffer> {
  const [first, last] = LINEAR.map((beta) => beta * LINEAR_STEPS / T);
  if (last >= 1) {
    throw new GenlabError(
      `noiseSchedule: with T = ${T} the last beta of the linear schedule is ${last}, and it must ` +
        `be below 1; take more than ${LINEAR[1] * LINEAR_STEPS} steps, or the cosine schedule`,
    );
  }
  return Float64Array.from({ length: T }, (_, i) => first + (last - first) * i / (T - 1));
}

function cosine(T: number): Float64Array<ArrayBuffer> {
  const f = (u: number) => Math.cos((u + OFFSET) / (1 + OFFSET) * Math.PI / 2) ** 2;
  return Float64Array.from(
    { length: T },
    (_, i) => Math.min(1 - f((i + 1) / T) / f(i / T), LARGEST),
  );
}
