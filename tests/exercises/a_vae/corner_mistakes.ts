/**
 * Mistakes in exercise A that show only in a corner: for one example or one dimension, for values far
 * off, or in what all the noise has in common.
 *
 * @module
 */
import {
  binaryCrossEntropyWithLogits,
  cat,
  randLike,
  randn,
  randnLike,
  type Tensor,
  where,
  zerosLike,
} from "genlab";
import type { Mistake } from "../corpus.ts";

type OfTwo = (a: Tensor, b: Tensor) => unknown;

const std = (logvar: Tensor) => logvar.mul(0.5).exp();
/** Uniform noise with mean 0 and variance 1. */
const flat = (x: Tensor) => randLike(x).sub(0.5).mul(Math.sqrt(12));
const sampleWith = (noise: (mu: Tensor) => Tensor): OfTwo => (mu, logvar) =>
  mu.add(std(logvar).mul(noise(mu)));

/** Each names the check that has to catch it. */
export const cornerReparameterizations: readonly Mistake<OfTwo>[] = [
  {
    name: "uniform noise for a single example",
    check: "reparameterize-normal",
    says: /below -.* for mu and logvar of shape \[1, 1000\]/,
    code: sampleWith((mu) => mu.shape[0] === 1 ? flat(mu) : randnLike(mu)),
  },
  {
    name: "uniform noise for a single dimension",
    check: "reparameterize-normal",
    says: /below -.* for mu and logvar of shape \[1000, 1\]/,
    code: sampleWith((mu) => mu.shape[1] === 1 ? flat(mu) : randnLike(mu)),
  },
  {
    name: "one number for all examples where there is a single dimension",
    check: "reparameterize-normal",
    says: /shape \[1000, 1\]/,
    code: sampleWith((mu) => mu.shape[1] === 1 ? randn([1, 1]) : randnLike(mu)),
  },
  {
    name: "twice the noise for a single dimension",
    check: "reparameterize-normal",
    says: /standard deviation (1\.9|2\.0).*shape \[1000, 1\]/,
    code: sampleWith((mu) => randnLike(mu).mul(mu.shape[1] === 1 ? 2 : 1)),
  },
  {
    name: "logvar clamped at 20",
    check: "reparameterize-extreme",
    says: /logvar from -80 to 80/,
    code: (mu, logvar) => mu.add(std(logvar.clamp(-20, 20)).mul(randnLike(mu))),
  },
  {
    name: "logvar clamped at 30",
    check: "reparameterize-extreme",
    says: /logvar from -80 to 80/,
    code: (mu, logvar) => mu.add(std(logvar.clamp(-30, 30)).mul(randnLike(mu))),
  },
  {
    name: "1e-12 added to the standard deviation",
    check: "reparameterize-extreme",
    says: /logvar from -80 to 80/,
    code: (mu, logvar) => mu.add(std(logvar).add(1e-12).mul(randnLike(mu))),
  },
  {
    name: "mu clamped at 20",
    check: "reparameterize-mean",
    says: /moving mu moves z/,
    code: (mu, logvar) => mu.clamp(-20, 20).add(std(logvar).mul(randnLike(mu))),
  },
  {
    name: "noise divided by its root mean square",
    check: "reparameterize-independent",
    says: /the mean square of z is 1/,
    code: sampleWith((mu) => {
      const eps = randnLike(mu);
      return mu.size === 1 ? eps : eps.div(eps.square().mean().sqrt());
    }),
  },
  {
    name: "noise divided by its standard deviation",
    check: "reparameterize-independent",
    says: /the variance of z is 1/,
    code: sampleWith((mu) => {
      const eps = randnLike(mu);
      return mu.size === 1 ? eps : eps.div(eps.var().sqrt());
    }),
  },
  {
    name: "noise of length sqrt(D) in every example",
    check: "reparameterize-independent",
    says: /the mean square of z\[0\] is 1/,
    code: sampleWith((mu) => {
      const eps = randnLike(mu);
      return mu.shape[1] === 1 ? eps : eps.div(eps.square().mean(1, true).sqrt());
    }),
  },
  {
    name: "noise that comes round again in batches of more than 256",
    check: "reparameterize-independent",
    says: /1536 different sizes among the 6000 elements/,
    code: sampleWith((mu) => {
      const [B, D] = mu.shape;
      const some = randn([Math.min(B, 256), D]);
      return cat(new Array(Math.ceil(B / 256)).fill(some)).narrow(0, 0, B);
    }),
  },
  {
    name: "a sum of twelve uniform numbers",
    check: "reparameterize-normal",
    says: /kurtosis 2\.9/,
    code: sampleWith((mu) => {
      let sum = zerosLike(mu).sub(6);
      for (let i = 0; i < 12; i++) sum = sum.add(randLike(mu));
      return sum;
    }),
  },
];

const klWith = (mu: Tensor, logvar: Tensor) =>
  logvar.exp().add(mu.square()).sub(1).sub(logvar).mul(0.5).sum(1);

/** Each names the check that has to catch it. */
export const cornerDivergences: readonly Mistake<OfTwo>[] = [
  {
    name: "logvar clamped at 20",
    check: "kl-extreme",
    says: /logvar from -80 to 80/,
    code: (mu, logvar) => klWith(mu, logvar.clamp(-20, 20)),
  },
  {
    name: "logvar clamped at 30",
    check: "kl-extreme",
    says: /logvar from -80 to 80/,
    code: (mu, logvar) => klWith(mu, logvar.clamp(-30, 30)),
  },
  {
    name: "mu clamped at 100",
    check: "kl-extreme",
    says: /mu up to 1000/,
    code: (mu, logvar) => klWith(mu.clamp(-100, 100), logvar),
  },
  {
    name: "no factor 1/2 for a single dimension",
    check: "kl-mean-term",
    says: /shape \[5, 1\]/,
    code: (mu, logvar) => klWith(mu, logvar).mul(mu.shape[1] === 1 ? 2 : 1),
  },
  {
    name: "the mean over dimensions for a single example",
    check: "kl-mean-term",
    says: /shape \[1, 4\]/,
    code: (mu, logvar) => klWith(mu, logvar).div(mu.shape[0] === 1 ? mu.shape[1] : 1),
  },
  {
    name: "no divergence below 0.01",
    check: "kl-zero",
    says: /kl\[0\] = 0, received 0\.05/,
    code: (mu, logvar) =>
      logvar.exp().add(mu.square()).sub(1).sub(logvar).mul(0.5).clamp(0.01).sum(1),
  },
];

const cost = (logits: Tensor, x: Tensor) =>
  binaryCrossEntropyWithLogits(logits, x, { reduction: "none" });

/** Each names the check that has to catch it. */
export const cornerLikelihoods: readonly Mistake<OfTwo>[] = [
  {
    name: "logits clamped at 90",
    check: "nll-extreme",
    says: /logits from -500 to 500/,
    code: (logits, x) => cost(logits.clamp(-90, 90), x).sum(1),
  },
  {
    name: "logits clamped at 100",
    check: "nll-extreme",
    says: /logits from -500 to 500/,
    code: (logits, x) => cost(logits.clamp(-100, 100), x).sum(1),
  },
  {
    name: "logarithms of probabilities kept above -100, as in PyTorch's loss of probabilities",
    check: "nll-extreme",
    says: /logits from -500 to 500/,
    code: (logits, x) => {
      const p = logits.sigmoid();
      const q = p.neg().add(1);
      const logs = [p, q].map((each) => each.log().clamp(-100));
      return x.mul(logs[0]).add(x.neg().add(1).mul(logs[1])).neg().sum(1);
    },
  },
  {
    name: "at most 100 nats a pixel",
    check: "nll-extreme",
    says: /logits from -500 to 500/,
    code: (logits, x) => cost(logits, x).clamp(0, 100).sum(1),
  },
  {
    name: "twice the cost of a single pixel",
    check: "nll-even-odds",
    says: /shape \[5, 1\]/,
    code: (logits, x) => cost(logits, x).sum(1).mul(logits.shape[1] === 1 ? 2 : 1),
  },
  {
    name: "a choice between two sides, one of which overflows",
    check: "nll-gradients",
    says: /received NaN/,
    code: (logits, x) =>
      where(logits.gt(20), logits, logits.exp().log1p()).sub(logits.mul(x)).sum(1),
  },
];
