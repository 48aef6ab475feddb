/**
 * Exercise A: the three pieces of mathematics that a variational autoencoder is made of.
 *
 * An encoder gives, for every image x, a Gaussian over latent variables, q(z|x) = N(mu, diag(sigma^2))
 * with sigma^2 = exp(logvar); the prior is p(z) = N(0, I); a decoder gives the logits of a Bernoulli
 * variable for every pixel. Write the functions for any batch size B, latent dimension D and number
 * of pixels P.
 *
 * @module
 */
import { binaryCrossEntropyWithLogits, randnLike, type Tensor } from "genlab";

/**
 * A sample from the encoder's Gaussian, written so that gradients reach mu and logvar.
 *
 * @param mu means `[B, D]`
 * @param logvar logarithms of the variances `[B, D]`
 * @returns z `[B, D]`, one draw from N(mu, diag(exp(logvar)))
 *
 * @example Without variance, the sample is the mean
 * ```ts
 * import { full, tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const mu = tensor([[1, -2]]);
 * assertEquals(await reparameterize(mu, full([1, 2], -200)).tolist(), [[1, -2]]);
 * ```
 */
export function reparameterize(mu: Tensor, logvar: Tensor): Tensor {
  // 1. Turn the logarithm of the variance into a standard deviation.
  // 2. Draw standard normal noise eps, one value for every element.
  // 3. Put mean, standard deviation and noise together.
  // BEGIN SOLUTION
  const std = logvar.mul(0.5).exp();
  const eps = randnLike(std);
  return mu.add(std.mul(eps));
  // END SOLUTION
}

/**
 * How far the encoder's Gaussian is from the prior, KL(N(mu, diag(exp(logvar))) || N(0, I)), in
 * closed form.
 *
 * @param mu means `[B, D]`
 * @param logvar logarithms of the variances `[B, D]`
 * @returns one value for each example, in nats, `[B]`: summed over dimensions, not over the batch
 *
 * @example The prior is at no distance from itself
 * ```ts
 * import { zeros } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const kl = klDiagGaussianToStandard(zeros([2, 3]), zeros([2, 3]));
 * assertEquals(await kl.tolist(), [0, 0]);
 * ```
 */
export function klDiagGaussianToStandard(mu: Tensor, logvar: Tensor): Tensor {
  // 1. Turn the logarithm of the variance into the variance.
  // 2. Work out the divergence of each dimension by itself.
  // 3. Sum over the dimensions of each example.
  // BEGIN SOLUTION
  const variance = logvar.exp();
  const klPerDim = variance.add(mu.square()).sub(1).sub(logvar).mul(0.5);
  return klPerDim.sum(1);
  // END SOLUTION
}

/**
 * How badly the decoder predicts the pixels: -log p(x|z), for independent Bernoulli pixels with
 * probabilities sigmoid(logits). Stable for logits of any size.
 *
 * @param logits the decoder's output `[B, P]`
 * @param x pixels in [0, 1], `[B, P]`; most often 0 or 1, but grey values count as well
 * @returns one value for each example, in nats, `[B]`: summed over pixels, not over the batch
 *
 * @example Where a logit is far off, it is what the pixel costs
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const nll = bernoulliNllFromLogits(tensor([[90, -90, 90]]), tensor([[0, 1, 1]]));
 * assertEquals(await nll.tolist(), [180]);
 * ```
 */
export function bernoulliNllFromLogits(logits: Tensor, x: Tensor): Tensor {
  // 1. Look for the binary cross-entropy that takes logits: it never computes a probability.
  // 2. Ask it for the loss of every pixel, not for their mean.
  // 3. Sum over the pixels of each example.
  // BEGIN SOLUTION
  const nllPerPixel = binaryCrossEntropyWithLogits(logits, x, { reduction: "none" });
  return nllPerPixel.sum(1);
  // END SOLUTION
}

/** The loss of a VAE on one batch, and what it is made of. */
export interface VaeLoss {
  /** recon + beta kl, a scalar. */
  readonly loss: Tensor;
  /** Mean negative log-likelihood of an example, a scalar. */
  readonly recon: Tensor;
  /** Mean KL divergence of an example, a scalar. */
  readonly kl: Tensor;
  /** Mean KL divergence in each latent dimension `[D]`. */
  readonly klPerDim: Tensor;
}

/**
 * The negative evidence lower bound of a batch, with weight beta on the KL term (Kingma and Welling
 * 2014; Higgins et al. 2017 for beta). Given: it puts your functions together.
 *
 * @param logits the decoder's output `[B, P]`
 * @param x pixels in [0, 1], `[B, P]`
 * @param mu means `[B, D]`
 * @param logvar logarithms of the variances `[B, D]`
 * @param beta weight of the KL term
 *
 * @example Of uncertain pixels and the prior itself
 * ```ts
 * import { zeros } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { loss } = vaeLoss(zeros([4, 10]), zeros([4, 10]), zeros([4, 2]), zeros([4, 2]));
 * assertAlmostEquals(await loss.item(), 10 * Math.LN2, 1e-5);
 * ```
 */
export function vaeLoss(
  logits: Tensor,
  x: Tensor,
  mu: Tensor,
  logvar: Tensor,
  beta = 1,
): VaeLoss {
  const recon = bernoulliNllFromLogits(logits, x).mean();
  const kl = klDiagGaussianToStandard(mu, logvar).mean();
  // Each element as an example of one dimension: its divergence alone.
  const klOfElements = klDiagGaussianToStandard(mu.reshape(-1, 1), logvar.reshape(-1, 1));
  const klPerDim = klOfElements.reshape(mu.shape).mean(0);
  return { loss: recon.add(kl.mul(beta)), recon, kl, klPerDim };
}
