/**
 * Samples as bars, and the density they may come from.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import type { Rectangles } from "./marks.ts";

/**
 * Counts values in bins of equal width, as rectangles whose areas are the shares of all values: it
 * can be drawn over a density. A bin holds its lower edge and not its upper one, the last no more than
 * the others. Values outside, or not finite, are in no bin.
 *
 * @throws {GenlabError} if there are no values or no bins, or the range is empty or not finite
 *
 * @example
 * ```ts
 * import { histogram } from "./histogram.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { y1 } = histogram([0.1, 0.2, 0.3, 0.9], { from: 0, to: 1, bins: 2 });
 * assertEquals(y1, [1.5, 0.5]);
 * ```
 */
export function histogram(
  values: ArrayLike<number>,
  { from, to, bins }: { readonly from: number; readonly to: number; readonly bins: number },
): Rectangles {
  const hasBins = Number.isSafeInteger(bins) && bins > 0;
  if (values.length === 0 || !hasBins || !(from < to && Number.isFinite(to - from))) {
    throw new GenlabError(
      `histogram: ${values.length} values in ${bins} bins from ${from} to ${to}: there must be ` +
        "values, at least one bin, and from below to, both finite.",
    );
  }
  const width = (to - from) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of Array.from(values)) {
    const bin = Math.floor((value - from) / width);
    if (bin >= 0 && bin < bins) counts[bin]++;
  }
  return {
    kind: "rectangles",
    x0: counts.map((_, i) => from + i * width),
    x1: counts.map((_, i) => from + (i + 1) * width),
    y0: counts.map(() => 0),
    y1: counts.map((count) => count / (values.length * width)),
  };
}

/** The density of N(mean, std²) at x. */
export function normalDensity(x: number, mean: number, std: number): number {
  return Math.exp(-(((x - mean) / std) ** 2) / 2) / (std * Math.sqrt(2 * Math.PI));
}
