/**
 * Mistakes in `klDiagGaussianToStandard`.
 *
 * @module
 */
import { randnLike, type Tensor } from "genlab";
import type { Mistake } from "../corpus.ts";

type Kl = (mu: Tensor, logvar: Tensor) => unknown;

/** The right divergence of each element. */
const each = (mu: Tensor, logvar: Tensor) =>
  logvar.exp().add(mu.square()).sub(1).sub(logvar).mul(0.5);

/** Each names the check that has to catch it. */
export const klMistakes: readonly Mistake<Kl>[] = [
  {
    name: "a divergence for each dimension",
    check: "kl-shape",
    says: /shape \[64\], received the divergence of shape \[5\]/,
    code: (mu, logvar) => each(mu, logvar).sum(0),
  },
  {
    name: "one divergence for the batch",
    check: "kl-shape",
    says: /received the divergence of shape \[\]/,
    code: (mu, logvar) => each(mu, logvar).sum(),
  },
  {
    name: "the mean over the batch",
    check: "kl-shape",
    says: /received the divergence of shape \[\]/,
    code: (mu, logvar) => each(mu, logvar).sum(1).mean(),
  },
  {
    name: "nothing summed",
    check: "kl-shape",
    says: /received the divergence of shape \[64, 5\]/,
    code: (mu, logvar) => each(mu, logvar),
  },
  {
    name: "a column",
    check: "kl-shape",
    says: /received the divergence of shape \[64, 1\]/,
    code: (mu, logvar) => each(mu, logvar).sum(1, true),
  },
  {
    name: "JavaScript's Math on a tensor",
    check: "kl-shape",
    says: /a tensor is not a number/,
    code: (mu, logvar) => each(mu, logvar).mul(Math.exp(logvar as unknown as number)).sum(1),
  },
  {
    name: "values read on the way",
    check: "kl-shape",
    says: /values cannot be read inside/,
    code: (mu, logvar) => {
      mu.data();
      return each(mu, logvar).sum(1);
    },
  },
  {
    name: "without the -1",
    check: "kl-zero",
    says: /divergence 0 from itself.*kl\[0\] = 0, received/,
    code: (mu, logvar) => logvar.exp().add(mu.square()).sub(logvar).mul(0.5).sum(1),
  },
  {
    name: "+1 for -1",
    check: "kl-zero",
    says: /divergence 0 from itself/,
    code: (mu, logvar) => logvar.exp().add(mu.square()).add(1).sub(logvar).mul(0.5).sum(1),
  },
  {
    name: "-1 once for all dimensions",
    check: "kl-zero",
    says: /divergence 0 from itself/,
    code: (mu, logvar) => logvar.exp().add(mu.square()).sub(logvar).sum(1).sub(1).mul(0.5),
  },
  {
    name: "at least a little in each dimension",
    check: "kl-zero",
    says: /divergence 0 from itself/,
    code: (mu, logvar) => each(mu, logvar).clamp(0.1).sum(1),
  },
  {
    name: "the logarithm of logvar",
    check: "kl-zero",
    says: /received (NaN|Infinity)/,
    code: (mu, logvar) => logvar.add(mu.square()).sub(1).sub(logvar.log()).mul(0.5).sum(1),
  },
  {
    name: "an estimate from a sample",
    check: "kl-mean-term",
    says: /expected nothing random inside the function, received noise that it draws itself/,
    code: (mu, logvar) => {
      const eps = randnLike(mu);
      const z = mu.add(logvar.mul(0.5).exp().mul(eps));
      return z.square().sub(eps.square()).sub(logvar).mul(0.5).sum(1);
    },
  },
  {
    name: "without the 1/2",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => each(mu, logvar).mul(2).sum(1),
  },
  {
    name: "the mean over the dimensions",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => each(mu, logvar).mean(1),
  },
  {
    name: "divided by the batch size",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => each(mu, logvar).sum(1).div(mu.shape[0]),
  },
  {
    name: "the mean over the batch, for every example",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => each(mu, logvar).sum(1).mean().expand(mu.shape[0]),
  },
  {
    name: "the largest dimension alone",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => each(mu, logvar).amax(1),
  },
  {
    name: "minus the divergence",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => each(mu, logvar).sum(1).neg(),
  },
  {
    name: "mu^2 subtracted",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => logvar.exp().sub(mu.square()).sub(1).sub(logvar).mul(0.5).sum(1),
  },
  {
    name: "mu not squared",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => logvar.exp().add(mu).sub(1).sub(logvar).mul(0.5).sum(1),
  },
  {
    name: "|mu| for mu^2",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => logvar.exp().add(mu.abs()).sub(1).sub(logvar).mul(0.5).sum(1),
  },
  {
    name: "only means above 0",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => each(mu.relu(), logvar).sum(1),
  },
  {
    name: "the square of the summed means",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => logvar.exp().sub(1).sub(logvar).sum(1).add(mu.sum(1).square()).mul(0.5),
  },
  {
    name: "means of half precision",
    check: "kl-mean-term",
    says: /shifted normal/,
    code: (mu, logvar) => {
      // The upper 11 of 24 bits, as in float16 (Dekker 1971).
      const shifted = mu.mul(2 ** 13 + 1);
      return each(shifted.sub(shifted.sub(mu)), logvar).sum(1);
    },
  },
  {
    name: "one variance for all dimensions",
    check: "kl-variance-term",
    says: /widened or narrowed/,
    code: (mu, logvar) => each(mu, logvar.mean(1, true)).sum(1),
  },
  {
    name: "logvar added",
    check: "kl-variance-term",
    says: /widened or narrowed/,
    code: (mu, logvar) => logvar.exp().add(mu.square()).sub(1).add(logvar).mul(0.5).sum(1),
  },
  {
    name: "logvar as the logarithm of the standard deviation",
    check: "kl-variance-term",
    says: /widened or narrowed/,
    code: (mu, logvar) => each(mu, logvar.mul(2)).sum(1),
  },
  {
    name: "the standard deviation for the variance",
    check: "kl-variance-term",
    says: /widened or narrowed/,
    code: (mu, logvar) => logvar.mul(0.5).exp().add(mu.square()).sub(1).sub(logvar).mul(0.5).sum(1),
  },
  {
    name: "half of the logarithm",
    check: "kl-variance-term",
    says: /widened or narrowed/,
    code: (mu, logvar) => logvar.exp().add(mu.square()).sub(1).sub(logvar.mul(0.5)).mul(0.5).sum(1),
  },
  {
    name: "the divergence the other way round",
    check: "kl-variance-term",
    says: /widened or narrowed/,
    code: (mu, logvar) => logvar.add(mu.square().add(1).div(logvar.exp())).sub(1).mul(0.5).sum(1),
  },
  {
    name: "only variances above 1",
    check: "kl-variance-term",
    says: /widened or narrowed/,
    code: (mu, logvar) => each(mu, logvar.relu()).sum(1),
  },
  {
    name: "|logvar|",
    check: "kl-variance-term",
    says: /widened or narrowed/,
    code: (mu, logvar) => logvar.exp().add(mu.square()).sub(1).sub(logvar.abs()).mul(0.5).sum(1),
  },
  {
    name: "the variance without its logarithm",
    check: "kl-variance-term",
    says: /widened or narrowed/,
    code: (mu, logvar) => logvar.exp().add(mu.square()).sub(1).mul(0.5).sum(1),
  },
  {
    name: "a term that couples mean and variance",
    check: "kl-values",
    says: /means and variances together/,
    code: (mu, logvar) => each(mu, logvar).add(mu.square().mul(logvar).mul(0.1)).sum(1),
  },
  {
    name: "logvar clamped",
    check: "kl-extreme",
    says: /very small and very large/,
    code: (mu, logvar) => each(mu, logvar.clamp(-10, 10)).sum(1),
  },
  {
    name: "a small number inside the logarithm",
    check: "kl-extreme",
    says: /very small and very large/,
    code: (mu, logvar) => {
      const variance = logvar.exp();
      return variance.add(mu.square()).sub(1).sub(variance.add(1e-8).log()).mul(0.5).sum(1);
    },
  },
  {
    name: "mu detached",
    check: "kl-gradients",
    says: /gradient by mu/,
    code: (mu, logvar) => each(mu.detach(), logvar).sum(1),
  },
  {
    name: "a root whose slope at 0 is infinite",
    check: "kl-gradients",
    says: /gradient by mu\[0, 0\] = 0, received NaN/,
    code: (mu, logvar) => each(mu.square().sqrt(), logvar).sum(1),
  },
  {
    name: "the variance detached",
    check: "kl-gradients",
    says: /gradient by logvar/,
    code: (mu, logvar) => logvar.exp().detach().add(mu.square()).sub(1).sub(logvar).mul(0.5).sum(1),
  },
  {
    name: "the divergence detached",
    check: "kl-gradients",
    says: /gradient by mu/,
    code: (mu, logvar) => each(mu, logvar).sum(1).detach(),
  },
];
