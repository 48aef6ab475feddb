/**
 * What exercise A's functions must give, computed on the host in float64 with plain loops: no code is
 * shared with what is checked.
 *
 * @module
 */

/** A batch of rows, in row-major order. */
interface Rows {
  readonly B: number;
  readonly D: number;
}

/** Values for each example, each with the sum of the sizes of the terms it was added up from. */
export interface Summed {
  readonly values: Float64Array;
  /**
   * Rounding errors grow with this, whatever stable formula is used: each of a few operations on a
   * term is off by at most half an ulp of it, 6e-8, and so are the partial sums.
   */
  readonly magnitudes: Float64Array;
}

/** 1/2 sum(exp(logvar) + mu^2 - 1 - logvar) of each row (Kingma and Welling 2014, appendix B). */
export function klOf(
  mu: ArrayLike<number>,
  logvar: ArrayLike<number>,
  { B, D }: Rows,
): Summed {
  const values = new Float64Array(B);
  const magnitudes = new Float64Array(B);
  for (let i = 0; i < B * D; i++) {
    const row = Math.floor(i / D);
    const variance = Math.exp(logvar[i]);
    values[row] += (variance + mu[i] ** 2 - 1 - logvar[i]) / 2;
    magnitudes[row] += (variance + mu[i] ** 2 + 1 + Math.abs(logvar[i])) / 2;
  }
  return { values, magnitudes };
}

/** Sum of max(l, 0) - l x + log(1 + exp(-|l|)) of each row: -log Bernoulli(x; sigmoid(l)). */
export function nllOf(
  logits: ArrayLike<number>,
  x: ArrayLike<number>,
  { B, D }: Rows,
): Summed {
  const values = new Float64Array(B);
  const magnitudes = new Float64Array(B);
  for (let i = 0; i < B * D; i++) {
    const row = Math.floor(i / D);
    const l = logits[i];
    values[row] += Math.max(l, 0) - l * x[i] + Math.log1p(Math.exp(-Math.abs(l)));
    magnitudes[row] += Math.abs(l) + 1;
  }
  return { values, magnitudes };
}

/** 1 / (1 + exp(-l)). */
export function sigmoid(l: number): number {
  return 1 / (1 + Math.exp(-l));
}
