/**
 * What exercise B's functions must give, from their definitions, on the host and in float64. Neither
 * code nor closed forms are shared with what is checked.
 *
 * @module
 */
import { slope } from "../../lib/course/slope.ts";

/** The standard deviation of the noise at the two ends of time. */
export interface Limits {
  readonly sigmaMin: number;
  readonly sigmaMax: number;
}

/** The limits a function has when it is given none. */
export const DEFAULTS: Limits = { sigmaMin: 0.01, sigmaMax: 50 };

/**
 * The geometric schedule at t in [0, 1], by halving: in the middle of any stretch of time, sigma is the
 * geometric mean of what it is at both ends.
 */
export function sigmaAt(t: number, { sigmaMin, sigmaMax }: Limits): number {
  let [start, end, low, high] = [0, 1, sigmaMin, sigmaMax];
  if (t >= 1) return high;
  while (t > start) {
    const middle = (start + end) / 2;
    const mean = Math.sqrt(low * high);
    if (t < middle) [end, high] = [middle, mean];
    else [start, low] = [middle, mean];
  }
  return low;
}

/** log N(xt; x0, sigma^2) in one dimension, without its constant. */
function logDensity(xt: number, x0: number, sigma: number): number {
  return -(((xt - x0) / sigma) ** 2) / 2 - Math.log(sigma);
}

/** The slope of the log-density by xt. The logarithm of a Gaussian is of degree 2, so it is exact. */
export function scoreAt(xt: number, x0: number, sigma: number): number {
  return slope((x) => logDensity(x, x0, sigma), xt, sigma);
}
