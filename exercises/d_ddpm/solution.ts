/**
 * Exercise D: the formulas of denoising diffusion (Ho et al. 2020), from the noise schedule to steps
 * of DDIM with guidance.
 *
 * Time runs in T steps. Step t adds noise of variance beta_t: x_t = sqrt(1 - beta_t) x_{t-1} +
 * sqrt(beta_t) z. Lists over time hold steps 1 to T, so betas[0] is beta_1; x_0 are the data. Where a
 * function takes data, its coefficients come with one value for each example, shaped to broadcast:
 * `[B, 1]` beside `[B, d]`, `[B, 1, 1, 1]` beside `[B, 1, 28, 28]`.
 *
 * @module
 */
import { arange, cat, linspace, mseLoss, ones, pow, stack, sub, type Tensor, tensor } from "genlab";

/**
 * Variances of the steps in a straight line, from betaMin in step 1 to betaMax in step T.
 *
 * @param T the number of steps, at least 2
 * @returns `[T]`
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const betas = linearBetas(5, 0.25, 0.5);
 * assertEquals(await betas.tolist(), [0.25, 0.3125, 0.375, 0.4375, 0.5]);
 * ```
 */
export function linearBetas(T: number, betaMin: number, betaMax: number): Tensor {
  // There is a function for evenly spaced numbers that include both ends.
  // BEGIN SOLUTION
  return linspace(betaMin, betaMax, T);
  // END SOLUTION
}

/**
 * Variances of the steps by the cosine schedule (Nichol and Dhariwal 2021): what is left of the
 * signal's variance after step t is proportional to f(t / T) with f(u) = cos²(π/2 (u + s) / (1 + s))
 * and s = 0.008, and no beta is above 0.999.
 *
 * @param T the number of steps
 * @returns `[T]`
 *
 * @example The last step would leave nothing at all; it is held back
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const betas = cosineBetas(10);
 * assertEquals(betas.shape, [10]);
 * assertAlmostEquals(await betas.amax().item(), 0.999, 1e-6);
 * ```
 */
export function cosineBetas(T: number): Tensor {
  // 1. T is a plain number: you may work with plain numbers and Math, and make a tensor at the end.
  // 2. Which part of the signal's variance does step t leave? It is a quotient of two values of f.
  // 3. What it does not leave is beta_t, if that is not too much.
  // BEGIN SOLUTION
  const f = (u: number) => Math.cos((u + 0.008) / 1.008 * Math.PI / 2) ** 2;
  const beta = (t: number) => Math.min(1 - f(t / T) / f((t - 1) / T), 0.999);
  return tensor(Array.from({ length: T }, (_, i) => beta(i + 1)));
  // END SOLUTION
}

/**
 * What is left of the signal's variance after each step, ᾱ_t: every step s up to t leaves
 * α_s = 1 - β_s of it.
 *
 * @param betas variances of the steps `[T]`
 * @returns `[T]`
 *
 * @example Three steps that each take half
 * ```ts
 * import { full } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await alphaBars(full([3], 0.5)).tolist(), [0.5, 0.25, 0.125]);
 * ```
 */
export function alphaBars(betas: Tensor): Tensor {
  // 1. What does each step leave?
  // 2. And all the steps up to it together? Look for a running product.
  // BEGIN SOLUTION
  return sub(1, betas).cumprod(0);
  // END SOLUTION
}

/**
 * Noisy data, straight from the data: a sample of q(x_t | x_0) made of the noise that is given.
 *
 * @param x0 data `[B, ...]`
 * @param alphaBarT ᾱ at each example's time, `[B, 1, ...]`
 * @param eps standard normal noise in the shape of x0
 * @returns x_t in the shape of x0
 *
 * @example
 * ```ts
 * import { tensor } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const xt = qSample(tensor([[5]]), tensor([[0.64]]), tensor([[10]]));
 * assertAlmostEquals(await xt.item(), 10, 1e-5);
 * ```
 */
export function qSample(x0: Tensor, alphaBarT: Tensor, eps: Tensor): Tensor {
  // 1. ᾱ is a share of the variance. What are data and noise multiplied by?
  // 2. Data of variance 1 shall have variance 1 at all times.
  // BEGIN SOLUTION
  return x0.mul(alphaBarT.sqrt()).add(eps.mul(sub(1, alphaBarT).sqrt()));
  // END SOLUTION
}

/**
 * The mean of a step back, p(x_{t-1} | x_t), by the noise that a network finds in x_t.
 *
 * @param xt noisy data `[B, ...]`
 * @param epsHat the noise that is thought to be in it, in the shape of xt
 * @param betaT β at each example's time, `[B, 1, ...]`
 * @param alphaBarT ᾱ at each example's time, `[B, 1, ...]`
 * @returns the mean in the shape of xt
 *
 * @example Where no noise is found, the step forward is undone
 * ```ts
 * import { tensor, zeros } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [betaT, alphaBarT] = [tensor([[0.75]]), tensor([[0.1]])];
 * const mean = reverseMean(tensor([[1]]), zeros([1, 1]), betaT, alphaBarT);
 * assertAlmostEquals(await mean.item(), 2, 1e-6);
 * ```
 */
export function reverseMean(
  xt: Tensor,
  epsHat: Tensor,
  betaT: Tensor,
  alphaBarT: Tensor,
): Tensor {
  // 1. Take from xt its share of the noise: not all of it, only what this step added.
  // 2. Undo how the step scaled the data: by α of this one step, not by ᾱ of all.
  // BEGIN SOLUTION
  const noise = epsHat.mul(betaT).div(sub(1, alphaBarT).sqrt());
  return xt.sub(noise).div(sub(1, betaT).sqrt());
  // END SOLUTION
}

/**
 * The variance of a step back when the data are known, q(x_{t-1} | x_t, x_0). In step 1 it is 0: what
 * comes before x_1 are the data.
 *
 * @param betas variances of the steps `[T]`
 * @returns `[T]`
 *
 * @example The first step back has no variance, and no step more than the step forward
 * ```ts
 * import { tensor } from "genlab";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const [first, second] = await posteriorVariance(tensor([0.1, 0.2])).data();
 * assertEquals(first, 0);
 * assert(second > 0 && second < 0.2);
 * ```
 */
export function posteriorVariance(betas: Tensor): Tensor {
  // 1. ᾱ_t from your alphaBars, and ᾱ_{t-1}: the same moved on by one step. What is ᾱ_0?
  // 2. β_t times a quotient of 1 - ᾱ before the step and after it. Which of them is on top, if the
  //    factor is at most 1?
  // BEGIN SOLUTION
  const after = alphaBars(betas);
  const before = cat([ones([1]), after.narrow(0, 0, after.size - 1)]);
  return betas.mul(sub(1, before)).div(sub(1, after));
  // END SOLUTION
}

/**
 * Signal-to-noise ratios: the variance of the signal in x_t over the variance of the noise.
 *
 * @param alphaBars ᾱ of the steps `[T]`
 * @returns `[T]`
 *
 * @example Half and half
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await snr(tensor([0.5])).tolist(), [1]);
 * ```
 */
export function snr(alphaBars: Tensor): Tensor {
  // Variances, not standard deviations; and the ratio itself, not its logarithm.
  // BEGIN SOLUTION
  return alphaBars.div(sub(1, alphaBars));
  // END SOLUTION
}

/**
 * Times as vectors that a network can read: sines and cosines in turn, as the hands of clocks that go
 * slower and slower. Element 2k is the sine and element 2k + 1 the cosine of t / period^(2k / dim).
 *
 * @param t times, int32 or float32, `[B]`
 * @param dim how long the vectors are: an even number
 * @param period the slowest clocks go about this much slower than the first
 * @returns `[B, dim]`
 *
 * @example At time 0 all clocks stand alike
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await timeEmbedding(tensor([0]), 6).tolist(), [[0, 1, 0, 1, 0, 1]]);
 * ```
 */
export function timeEmbedding(t: Tensor, dim: number, period = 10000): Tensor {
  // 1. The frequencies, [dim / 2]: from 1 down by equal factors. Arithmetic with powers takes float32.
  // 2. Every time with every frequency, [B, dim / 2]: a column of times meets a row of frequencies.
  // 3. Sines and cosines in turn. What does stack do along a new last dimension, and flatten after it?
  // BEGIN SOLUTION
  const k = arange(dim / 2, { dtype: "float32" });
  const angles = t.unsqueeze(1).mul(pow(period, k.mul(-2 / dim)));
  return stack([angles.sin(), angles.cos()], 2).flatten(1);
  // END SOLUTION
}

/**
 * The loss a network is trained with: the squared error of the noise it finds, averaged over all
 * elements.
 *
 * @param eps the noise that is in the data, of any shape
 * @param epsHat the noise that the network finds, in the same shape
 * @returns a scalar
 *
 * @example
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await epsilonLoss(tensor([[0, 0]]), tensor([[1, 3]])).item(), 5);
 * ```
 */
export function epsilonLoss(eps: Tensor, epsHat: Tensor): Tensor {
  // There is a loss for it; or an error for each element, its square, and their average.
  // BEGIN SOLUTION
  return mseLoss(epsHat, eps);
  // END SOLUTION
}

/**
 * Classifier-free guidance (Ho and Salimans 2022): from the noise found without a class towards the
 * noise found with it, and beyond. Scale 0 is without the class, 1 with it; more is guidance.
 *
 * @param epsUncond the noise found without a class, of any shape
 * @param epsCond the noise found with the class, in the same shape
 * @returns the noise to go on with, in the same shape
 *
 * @example Twice as far as the class alone would go
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await guidedEpsilon(tensor([1]), tensor([1.5]), 2).tolist(), [2]);
 * ```
 */
export function guidedEpsilon(epsUncond: Tensor, epsCond: Tensor, scale: number): Tensor {
  // Where does the way begin, in which direction does it lead, and how far?
  // BEGIN SOLUTION
  return epsUncond.add(epsCond.sub(epsUncond).mul(scale));
  // END SOLUTION
}

/**
 * A step back of DDIM (Song, Meng and Ermon 2021), to any earlier time: the data that xt seems to come
 * from, made noisy again for the earlier time, with noise of which a part is new.
 *
 * @param xt noisy data `[B, ...]`
 * @param epsHat the noise that is thought to be in it, in the shape of xt
 * @param alphaBarT ᾱ at each example's time, `[B, 1, ...]`
 * @param alphaBarPrev ᾱ at the earlier time, `[B, 1, ...]`; 1 if that is time 0
 * @param eta how much of the noise is new: 0 is none, and 1 as much as a step of DDPM has
 * @param noise standard normal noise in the shape of xt
 * @returns x at the earlier time, in the shape of xt
 *
 * @example To time 0: the data as they seem to be
 * ```ts
 * import { ones, tensor, zeros } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x0 = ddimStep(tensor([[1.4]]), tensor([[1]]), tensor([[0.64]]), ones([1, 1]), 0, zeros([1, 1]));
 * assertAlmostEquals(await x0.item(), 1, 1e-6);
 * ```
 */
export function ddimStep(
  xt: Tensor,
  epsHat: Tensor,
  alphaBarT: Tensor,
  alphaBarPrev: Tensor,
  eta: number,
  noise: Tensor,
): Tensor {
  // 1. The data that xt would come from if epsHat is the noise in it: turn qSample around.
  // 2. The new noise's standard deviation, sigma: eta times that of a step of DDPM from the one time to
  //    the other.
  // 3. The variance of all noise at the earlier time, less that of the new noise, is what is left for
  //    epsHat.
  // 4. Data, old noise and new noise, each with its coefficient. Nothing is clipped.
  // BEGIN SOLUTION
  const x0Hat = xt.sub(epsHat.mul(sub(1, alphaBarT).sqrt())).div(alphaBarT.sqrt());
  const share = sub(1, alphaBarPrev).div(sub(1, alphaBarT));
  const sigma = share.mul(sub(1, alphaBarT.div(alphaBarPrev))).sqrt().mul(eta);
  // Rounding may take what is left to just below 0 where a step is large and eta is 1.
  const left = sub(1, alphaBarPrev).sub(sigma.square()).clamp(0);
  return x0Hat.mul(alphaBarPrev.sqrt()).add(epsHat.mul(left.sqrt())).add(noise.mul(sigma));
  // END SOLUTION
}
