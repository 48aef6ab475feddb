/**
 * How fast random numbers are drawn.
 *
 * @module
 */
import { Generator, normal, uniform } from "../../lib/random/mod.ts";
import { median } from "../median.ts";

const COUNT = 1_000_000;

/** Draws a second, by the function that makes them. */
export function drawsPerSecond(rounds: number): [name: string, rate: number][] {
  const generator = new Generator(0);
  const rate = (draw: () => unknown) => {
    const seconds = Array.from({ length: rounds }, () => {
      const start = performance.now();
      draw();
      return (performance.now() - start) / 1000;
    });
    return COUNT / median(seconds);
  };
  return [
    ["rand", rate(() => uniform(generator, COUNT))],
    ["randn", rate(() => normal(generator, COUNT))],
  ];
}
