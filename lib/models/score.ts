/**
 * Scores in closed form: a mixture of Gaussians, blurred by the noise of a variance-exploding
 * process, is a mixture of wider Gaussians, so its density and its score are known at every noise
 * level (Song et al. 2021, appendix B for the perturbation kernel).
 *
 * @module
 */
import { GenlabError, ShapeError } from "../errors.ts";
import { tensor } from "../tensor/creation.ts";
import type { DType } from "../tensor/dtype.ts";
import { format } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Equally likely round Gaussians: p(x) = mean over k of N(x; meanₖ, std² I). */
export interface GaussianMixture {
  /** One mean for each component, all of the same dimension d. */
  readonly means: readonly (readonly number[])[];
  /** The standard deviation that all components have in every direction; more than 0. */
  readonly std: number;
}

/**
 * log pₜ(x) of the mixture after noise: pₜ is the mixture with variance std² + sigma².
 *
 * @param x points `[B, d]`
 * @param sigma the standard deviation of the noise, 0 or more
 * @returns `[B]`, in nats
 * @throws {ShapeError} if the points are not of the mixture's dimension
 * @throws {GenlabError} if the mixture or sigma is out of range
 *
 * @example One component without noise: a Gaussian
 * ```ts
 * import { mixtureLogDensity } from "./score.ts";
 * import { tensor } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logp = mixtureLogDensity({ means: [[0]], std: 1 }, tensor([[0]]), 0);
 * assertAlmostEquals(await logp.item(), -Math.log(2 * Math.PI) / 2, 1e-6);
 * ```
 */
export function mixtureLogDensity(mixture: GaussianMixture, x: Tensor, sigma: number): Tensor {
  const { variance, exponents } = perturbed("mixtureLogDensity", mixture, x, sigma);
  const [K, d] = [mixture.means.length, x.shape[1]];
  return exponents.logsumexp(1).sub(d / 2 * Math.log(2 * Math.PI * variance) + Math.log(K));
}

/**
 * The marginal score, the gradient of log pₜ with respect to x: the mean of the components' scores
 * (meanₖ - x) / (std² + sigma²), each weighted with the probability that x came from it.
 *
 * @param x points `[B, d]`
 * @param sigma the standard deviation of the noise, 0 or more
 * @returns `[B, d]`
 * @throws {ShapeError} if the points are not of the mixture's dimension
 * @throws {GenlabError} if the mixture or sigma is out of range
 *
 * @example Between two components, halfway, the score is 0
 * ```ts
 * import { mixtureScore } from "./score.ts";
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const score = mixtureScore({ means: [[-1, 0], [1, 0]], std: 0.5 }, tensor([[0, 0]]), 1);
 * assertEquals(await score.tolist(), [[0, 0]]);
 * ```
 */
export function mixtureScore(mixture: GaussianMixture, x: Tensor, sigma: number): Tensor {
  const { variance, exponents, means } = perturbed("mixtureScore", mixture, x, sigma);
  return exponents.softmax(1).matmul(means).sub(x).div(variance);
}

/** The mixture with noise at points: its variance, its means, and -|x - meanₖ|² / (2 variance). */
function perturbed(operation: string, mixture: GaussianMixture, x: Tensor, sigma: number) {
  checkMixture(operation, mixture);
  const d = mixture.means[0].length;
  if (x.ndim !== 2 || x.shape[1] !== d) {
    throw new ShapeError(
      `${operation}: x has shape ${format(x.shape)}; this mixture takes points [B, ${d}]`,
    );
  }
  if (!(sigma >= 0 && Number.isFinite(sigma))) {
    throw new GenlabError(`${operation}: sigma is ${sigma}; a standard deviation is 0 or more`);
  }
  const variance = mixture.std ** 2 + sigma ** 2;
  const means = tensorOf(mixture.means, x.dtype);
  const squares = x.unsqueeze(1).sub(means).square().sum(2);
  return { variance, means, exponents: squares.div(-2 * variance) };
}

function tensorOf(means: GaussianMixture["means"], dtype: DType): Tensor {
  return tensor(means.flat(), { dtype }).reshape(means.length, means[0].length);
}

function checkMixture(operation: string, { means, std }: GaussianMixture): void {
  const [first] = means;
  if (first === undefined || first.length === 0 || means.some((m) => m.length !== first.length)) {
    throw new ShapeError(
      `${operation}: the means have the lengths [${
        means.map((m) => m.length).join(", ")
      }]; there ` +
        "is at least one, and all have the same length, 1 or more",
    );
  }
  if (!(std > 0 && Number.isFinite(std))) {
    throw new GenlabError(`${operation}: std is ${std}; the standard deviation is more than 0`);
  }
}
