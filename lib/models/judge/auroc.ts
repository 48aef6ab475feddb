/**
 * How well a number tells two sets apart.
 *
 * @module
 */
import { GenlabError } from "../../errors.ts";

/**
 * The area under the ROC curve of "the higher, the more likely one of `higher`": the probability that
 * a value drawn from `higher` exceeds one drawn from `lower`, where equal values count half (Hanley &
 * McNeil 1982). 1 is perfect, 0.5 is chance, and below that the order is the other way round.
 *
 * @throws {GenlabError} if a set is empty, or a value is not a number
 *
 * @example
 * ```ts
 * import { auroc } from "./auroc.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(auroc([1, 2, 3], [2, 4]), 4.5 / 6);
 * ```
 */
export function auroc(lower: ArrayLike<number>, higher: ArrayLike<number>): number {
  const values = [
    ...Array.from(lower, (value) => ({ value, isHigher: false })),
    ...Array.from(higher, (value) => ({ value, isHigher: true })),
  ];
  if (lower.length === 0 || higher.length === 0) {
    throw new GenlabError(
      `auroc: there are ${lower.length} and ${higher.length} values; give at least one of each`,
    );
  }
  if (values.some(({ value }) => Number.isNaN(value))) {
    throw new GenlabError("auroc: a value is NaN, which is neither higher nor lower; give numbers");
  }
  values.sort((a, b) => a.value - b.value);
  // Over runs of equal values: those of `lower` below count 1 for each of `higher`, those beside 1/2.
  let [area, below] = [0, 0];
  for (let start = 0; start < values.length;) {
    let end = start;
    while (end < values.length && values[end].value === values[start].value) end++;
    const high = values.slice(start, end).filter(({ isHigher }) => isHigher).length;
    const low = end - start - high;
    area += high * (below + low / 2);
    below += low;
    start = end;
  }
  return area / (lower.length * higher.length);
}
