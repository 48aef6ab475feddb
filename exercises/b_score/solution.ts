/**
 * Exercise B: the forward process of score-based diffusion, and the target its network learns.
 *
 * The process is variance exploding (Song et al. 2021): x_t = x_0 + sigma(t) eps with eps ~ N(0, I)
 * and t from 0 (the data) to 1 (noise). Write the functions for any batch size B and dimension d.
 *
 * @module
 */
import { full, pow, randnLike, Tensor, tensor } from "genlab";

/**
 * The standard deviation of the noise at time t: geometric from sigmaMin at t = 0 to sigmaMax at
 * t = 1, so that equal steps of t multiply it by equal factors.
 *
 * @param t times in [0, 1]: a number, or a tensor of any shape, such as `[B]` or `[B, 1]`
 * @returns sigma(t) in the shape of t; for a number, a tensor of shape `[]`
 *
 * @example From 0.01 to 50
 * ```ts
 * import { tensor } from "genlab";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const sigma = sigmaVe(tensor([0, 0.5, 1]));
 * assertEquals(sigma.shape, [3]);
 * assertAlmostEquals(await sigma.amax().item(), 50, 1e-4);
 * ```
 */
export function sigmaVe(t: number | Tensor, sigmaMin = 0.01, sigmaMax = 50): Tensor {
  const time = t instanceof Tensor ? t : tensor(t);
  // 1. How many times larger than sigmaMin is sigmaMax?
  // 2. How much of that factor is reached at time t, if it is reached by equal factors?
  // BEGIN SOLUTION
  return pow(sigmaMax / sigmaMin, time).mul(sigmaMin);
  // END SOLUTION
}

/** What the forward process makes of a batch. */
export interface Perturbed {
  /** The noisy data `[B, d]`. */
  readonly xt: Tensor;
  /** The very noise that is in xt, before it was scaled, `[B, d]`. */
  readonly eps: Tensor;
  /** The noise's standard deviation for each example `[B, 1]`. */
  readonly sigmaT: Tensor;
}

/**
 * Noisy data at time t: x_t = x_0 + sigma(t) eps, eps ~ N(0, I).
 *
 * @param x0 data `[B, d]`
 * @param t time in [0, 1]: one for the batch (a number, or a tensor of shape `[]`), or one for each
 * example, `[B]`
 *
 * @example Hardly any noise, and very much
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const { xt, sigmaT } = veForward(tensor([[1, 2], [3, 4]]), tensor([0, 1]));
 * assertEquals(xt.shape, [2, 2]);
 * assertEquals(sigmaT.shape, [2, 1]);
 * ```
 */
export function veForward(
  x0: Tensor,
  t: number | Tensor,
  sigmaMin = 0.01,
  sigmaMax = 50,
): Perturbed {
  const [B] = x0.shape;
  // One time for each example, as a column: [B, 1] stands beside [B, d].
  const time = !(t instanceof Tensor)
    ? full([B, 1], t)
    : t.ndim === 0
    ? t.expand(B, 1)
    : t.reshape(B, 1);
  // 1. The standard deviation at these times, from your sigmaVe and with the limits given.
  // 2. Standard normal noise, one value for every element of x0.
  // 3. The data with the scaled noise added.
  // BEGIN SOLUTION
  const sigmaT = sigmaVe(time, sigmaMin, sigmaMax);
  const eps = randnLike(x0);
  const xt = x0.add(sigmaT.mul(eps));
  return { xt, eps, sigmaT };
  // END SOLUTION
}

/**
 * The score of the forward process: the gradient of log q(x_t | x_0) with respect to x_t, where
 * q(x_t | x_0) = N(x_0, sigma(t)^2 I).
 *
 * @param xt noisy data `[B, d]`
 * @param x0 the data it came from `[B, d]`
 * @param sigmaT the noise's standard deviation for each example `[B, 1]`
 * @returns the score `[B, d]`
 *
 * @example Where the density is largest, it has no slope
 * ```ts
 * import { ones } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const score = conditionalScoreXtGivenX0(ones([1, 2]), ones([1, 2]), ones([1, 1]));
 * assertEquals((await score.data()).every((slope) => slope === 0), true);
 * ```
 */
export function conditionalScoreXtGivenX0(xt: Tensor, x0: Tensor, sigmaT: Tensor): Tensor {
  // 1. Write down the logarithm of the Gaussian density.
  // 2. Differentiate it with respect to xt.
  // BEGIN SOLUTION
  return xt.sub(x0).neg().div(sigmaT.square());
  // END SOLUTION
}
