/**
 * What exercise E's functions must give, from their definitions, on the host and in float64. Neither
 * code nor closed forms are shared with what is checked.
 *
 * @module
 */
import { slope } from "../../lib/course/slope.ts";
import type { Landscape } from "./energies.ts";

/** The slopes of each example's energy, by differences, of examples one after the other. */
export function slopesOf({ D, at }: Landscape, x: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(x);
  return values.map((value, i) => {
    const example = values.slice(i - i % D, i - i % D + D);
    const along = (moved: number) => at(example.with(i % D, moved));
    return slope(along, value);
  });
}

/** The largest of values by their size. */
export function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** How far a chain moves: how large its steps are, and its noise. */
export interface Scales {
  readonly stepSize: number;
  readonly noiseScale: number;
}

/**
 * The variance of a chain on an energy of curvature k, once it is stationary: what a step leaves of
 * it, (1 - eta k)² of it and the noise's own, is what there was. Infinite if steps are so large that
 * chains leave.
 */
export function stationaryVariance({ stepSize, noiseScale }: Scales, curvature = 1): number {
  const kept = (1 - stepSize * curvature) ** 2;
  return kept < 1 ? noiseScale ** 2 / (1 - kept) : Infinity;
}

/** The noise with which a chain of small steps samples exp(-E) itself, and not a power of it. */
export function matchingNoise(stepSize: number): number {
  return Math.sqrt(2 * stepSize);
}

/** The power of exp(-E) a chain samples is 1 over this, its temperature. */
export function temperature({ stepSize, noiseScale }: Scales): number {
  return noiseScale ** 2 / (2 * stepSize);
}

/** The contrastive loss, one term after the other. */
export function contrastiveLossAt(
  real: ArrayLike<number>,
  fake: ArrayLike<number>,
  alpha: number,
): number {
  const each = (energies: ArrayLike<number>, sign: number) =>
    Array.from(energies, (e) => (sign * e + alpha * e ** 2) / energies.length);
  return [...each(real, 1), ...each(fake, -1)].reduce((total, term) => total + term, 0);
}
