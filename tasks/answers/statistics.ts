/**
 * Means, variances and standard errors, in float64.
 *
 * @module
 */

/** The mean. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The variance, with n - 1 in the denominator. */
export function varianceOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - mean) ** 2;
  return sum / (values.length - 1);
}

/** The standard error of the mean of independent values. */
export function errorOfMean(values: ArrayLike<number>): number {
  return Math.sqrt(varianceOf(values) / values.length);
}

/** The standard error of a share among n. */
export function errorOfShare(share: number, n: number): number {
  return Math.sqrt(share * (1 - share) / n);
}

/**
 * The standard error of a statistic, from its values without each of some equal parts of the data in
 * turn: the jackknife (Efron & Tibshirani 1993, equation 11.5).
 */
export function jackknifeError(values: ArrayLike<number>): number {
  return Math.sqrt((values.length - 1) ** 2 / values.length * varianceOf(values));
}

/** The largest absolute difference of two lists. */
export function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

/** A number for people: three significant digits, with an exponent where it is far from 1. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || Number.isInteger(value) && size < 1e6) return String(value);
  if (!Number.isFinite(value)) return value > 0 ? "∞" : String(value);
  return size < 1e-3 || size >= 1e5 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** A whole number with commas between its thousands. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

/** A share in percent, and not 0 or 100 % where it is nearly that. */
export function percent(share: number): string {
  const whole = (100 * share).toFixed(0);
  const nearly = whole === "0" && share > 0 || whole === "100" && share < 1;
  return `${nearly ? Math.min(99.9, Math.max(0.1, 100 * share)).toFixed(1) : whole} %`;
}

/** A share among n in percent, with its standard error; all or none of n have none. */
export function percentWithError(share: number, n: number): string {
  if (share === 0 || share === 1) return `${percent(share)} of ${n}`;
  return `${percent(share).replace(" %", "")} ± ${percent(errorOfShare(share, n))}`;
}
