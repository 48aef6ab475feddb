/**
 * Derivatives of functions on the host, by differences: what gradients are compared with without the
 * answer being written down.
 *
 * @module
 */

/**
 * The slope of a function at x by the central difference (f(x + h) - f(x - h)) / 2h in float64. Its
 * error is h^2 f''' / 6 and 1e-16 |f| / h of rounding: with h = 1e-4 far below what float32 resolves
 * for smooth functions of order 1. For a polynomial of degree 2 it is exact whatever h is.
 *
 * @example
 * ```ts
 * import { slope } from "./slope.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(slope(Math.sin, 1), Math.cos(1), 1e-8);
 * ```
 */
export function slope(f: (x: number) => number, x: number, h = 1e-4): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}
