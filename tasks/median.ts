/**
 * The median, which single values far off disturb least.
 *
 * @module
 */

/** The middle of the values, or the mean of the two middle ones. */
export function median(values: ArrayLike<number>): number {
  const sorted = Array.from(values).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
