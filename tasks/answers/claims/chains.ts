/**
 * Langevin chains in one dimension, in float64 on the host.
 *
 * @module
 */
import type { Generator } from "../../../lib/random/mod.ts";

/** How chains move. */
export interface ChainOptions {
  /** The slope of the energy. */
  readonly slope: (x: number) => number;
  readonly steps: number;
  /** eta. */
  readonly stepSize: number;
  /** sigma. */
  readonly noiseScale: number;
  /** What is done to x after each step; nothing unless given. */
  readonly after?: (x: number) => number;
  readonly generator: Generator;
}

/** Where chains are after all their steps: x = x - eta dE/dx + sigma z, then `after`. */
export function runChains(start: Float64Array, options: ChainOptions): Float64Array {
  const { slope, steps, stepSize, noiseScale, after = (x) => x, generator } = options;
  return start.map((x) => {
    for (let step = 0; step < steps; step++) {
      x = after(x - stepSize * slope(x) + noiseScale * generator.gaussian());
    }
    return x;
  });
}

/** The slope of the energy of two equally likely Gaussians at ±centre. */
export function twoWells(centre: number, std: number): (x: number) => number {
  return (x) => (x - centre * Math.tanh(x * centre / std ** 2)) / std ** 2;
}
