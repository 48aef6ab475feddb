/**
 * What exercise A's functions must give, from their definitions, on the host and in float64. Neither
 * code nor closed forms are shared with what is checked.
 *
 * @module
 */

/** B rows of D elements, in row-major order. */
interface Rows {
  readonly B: number;
  readonly D: number;
}

/** Values for each row, each with the sum of the sizes of the terms it was added up from. */
export interface Summed {
  readonly values: Float64Array;
  /**
   * Rounding errors grow with this, whatever stable formula is used: each of a few operations on a
   * term is off by at most half an ulp of it, 6e-8, and so are the partial sums.
   */
  readonly magnitudes: Float64Array;
}

/** Nodes and weights of the Gauss-Hermite rule for N(0, 1) that is exact up to degree 5. */
const QUADRATURE = [[-Math.sqrt(3), 1 / 6], [0, 2 / 3], [Math.sqrt(3), 1 / 6]] as const;

/**
 * The divergence of N(mu, exp(logvar)) from N(0, 1) by its definition, the mean of log q(z) - log p(z)
 * over z from q. It is of degree 2 in z, so the quadrature is exact.
 */
export function klOfElement(mu: number, logvar: number): number {
  const sigma = Math.sqrt(Math.exp(logvar));
  return QUADRATURE.reduce((sum, [u, weight]) => {
    const z = mu + sigma * u;
    // The constants of the two densities are the same.
    const logq = -Math.log(sigma) - u * u / 2;
    const logp = -z * z / 2;
    return sum + weight * (logq - logp);
  }, 0);
}

/** The divergence of each row, summed over its dimensions. */
export function klOf(
  mu: ArrayLike<number>,
  logvar: ArrayLike<number>,
  shape: Rows,
): Summed {
  return sumRows(shape, (i) => [
    klOfElement(mu[i], logvar[i]),
    1 + Math.abs(logvar[i]) + mu[i] ** 2 + Math.exp(logvar[i]),
  ]);
}

/** -log Bernoulli(x; sigmoid(logit)) by its definition: float64 keeps it exact up to logits of 700. */
export function nllOfElement(logit: number, x: number): number {
  return -x * Math.log(sigmoid(logit)) - (1 - x) * Math.log(sigmoid(-logit));
}

/** The negative log-likelihood of each row, summed over its pixels. */
export function nllOf(
  logits: ArrayLike<number>,
  x: ArrayLike<number>,
  shape: Rows,
): Summed {
  return sumRows(shape, (i) => [nllOfElement(logits[i], x[i]), Math.abs(logits[i]) + 1]);
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Sums the values of elements, and what they are made of, over each row. */
function sumRows(
  { B, D }: Rows,
  element: (place: number) => readonly [value: number, magnitude: number],
): Summed {
  const values = new Float64Array(B);
  const magnitudes = new Float64Array(B);
  for (let i = 0; i < B * D; i++) {
    const row = Math.floor(i / D);
    const [value, magnitude] = element(i);
    values[row] += value;
    magnitudes[row] += magnitude;
  }
  return { values, magnitudes };
}
