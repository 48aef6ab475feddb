/**
 * Mistakes in `reparameterize`.
 *
 * @module
 */
import { cat, Generator, manualSeed, rand, randLike, randn, randnLike, type Tensor } from "genlab";
import type { Mistake } from "../corpus.ts";

type Reparameterize = (mu: Tensor, logvar: Tensor) => unknown;

const std = (logvar: Tensor) => logvar.mul(0.5).exp();
const generator = new Generator(5);
/** Drawn when the file is loaded. */
const drawnBefore = randn([1000]);

/** Uniform draws moved and scaled to mean 0 and variance 1. */
const flat = (x: Tensor) => randLike(x).sub(0.5).mul(Math.sqrt(12));

/** Draws from Laplace's distribution with variance 1. */
function laplace(x: Tensor): Tensor {
  const u = randLike(x).sub(0.5).mul(0.9999999);
  const side = u.ge(0).to("float32").mul(2).sub(1);
  return side.mul(u.abs().mul(-2).add(1).log()).mul(-Math.SQRT1_2);
}

/** Each names the check that has to catch it. */
export const reparameterizeMistakes: readonly Mistake<Reparameterize>[] = [
  {
    name: "one sample for the batch",
    check: "reparameterize-shape",
    says: /expected z of shape \[64, 5\], received z of shape \[5\]/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu))).mean(0),
  },
  {
    name: "the dimensions summed",
    check: "reparameterize-shape",
    says: /received z of shape \[64\]/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu))).sum(1),
  },
  {
    name: "noise and sample returned together",
    check: "reparameterize-shape",
    says: /expected one tensor, z, received an object/,
    code: (mu, logvar) => ({ z: mu.add(std(logvar)), eps: randnLike(mu) }),
  },
  {
    name: "whole numbers",
    check: "reparameterize-shape",
    says: /dtype float32, received z of dtype int32/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu))).to("int32"),
  },
  {
    name: "noise with dimensions and examples exchanged",
    check: "reparameterize-shape",
    says: /cannot broadcast|do not broadcast|differ|broadcast/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randn([mu.shape[1], mu.shape[0]]))),
  },
  {
    name: "an asynchronous function",
    check: "reparameterize-shape",
    says: /asynchronous/,
    code: async (mu, logvar) => await Promise.resolve(mu.add(std(logvar).mul(randnLike(mu)))),
  },
  {
    name: "mu ignored",
    check: "reparameterize-mean",
    says: /moving mu moves z/,
    code: (mu, logvar) => std(logvar).mul(randnLike(mu)),
  },
  {
    name: "mu subtracted",
    check: "reparameterize-mean",
    says: /moving mu moves z/,
    code: (mu, logvar) => std(logvar).mul(randnLike(mu)).sub(mu),
  },
  {
    name: "mu scaled with the noise",
    check: "reparameterize-mean",
    says: /moving mu moves z/,
    code: (mu, logvar) => mu.add(randnLike(mu)).mul(std(logvar)),
  },
  {
    name: "the batch's mean for mu",
    check: "reparameterize-mean",
    says: /moving mu moves z/,
    code: (mu, logvar) => mu.mean(0, true).add(std(logvar).mul(randnLike(mu))),
  },
  {
    name: "a squashed sample",
    check: "reparameterize-mean",
    says: /moving mu moves z/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu))).tanh(),
  },
  {
    name: "no noise",
    check: "reparameterize-random",
    says: /in every element/,
    code: (mu, logvar) => mu.add(std(logvar)),
  },
  {
    name: "mu itself, as in prediction",
    check: "reparameterize-random",
    says: /z - mu = 0 in every element/,
    code: (mu) => mu.add(0),
  },
  {
    name: "one number for the whole batch",
    check: "reparameterize-random",
    says: /in every element/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randn([]))),
  },
  {
    name: "a seed set inside",
    check: "reparameterize-random",
    says: /new noise in every call/,
    code: (mu, logvar) => {
      manualSeed(0);
      return mu.add(std(logvar).mul(randnLike(mu)));
    },
  },
  {
    name: "a generator made inside",
    check: "reparameterize-random",
    says: /the same z from every call/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randn(mu.shape, { generator: new Generator(1) }))),
  },
  {
    name: "a generator of the file's own",
    check: "reparameterize-random",
    says: /new noise in every call/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu, { generator }))),
  },
  {
    name: "noise drawn once, when the file is loaded",
    check: "reparameterize-random",
    says: /the same z from every call/,
    code: (mu, logvar) => {
      const eps = drawnBefore.narrow(0, 0, mu.size).reshape(mu.shape);
      return mu.add(std(logvar).mul(eps));
    },
  },
  {
    name: "the variance for the standard deviation",
    check: "reparameterize-scale",
    says: /multiplied by the standard deviation/,
    code: (mu, logvar) => mu.add(logvar.exp().mul(randnLike(mu))),
  },
  {
    name: "noise that is not scaled",
    check: "reparameterize-scale",
    says: /multiplied by the standard deviation/,
    code: (mu) => mu.add(randnLike(mu)),
  },
  {
    name: "one over the standard deviation",
    check: "reparameterize-scale",
    says: /multiplied by the standard deviation/,
    code: (mu, logvar) => mu.add(logvar.mul(-0.5).exp().mul(randnLike(mu))),
  },
  {
    name: "half of the variance",
    check: "reparameterize-scale",
    says: /multiplied by the standard deviation/,
    code: (mu, logvar) => mu.add(logvar.exp().mul(0.5).mul(randnLike(mu))),
  },
  {
    name: "logvar as if it were the standard deviation",
    check: "reparameterize-scale",
    says: /multiplied by the standard deviation/,
    code: (mu, logvar) => mu.add(logvar.mul(randnLike(mu))),
  },
  {
    name: "the root of logvar",
    check: "reparameterize-scale",
    says: /received NaN/,
    code: (mu, logvar) => mu.add(logvar.sqrt().mul(randnLike(mu))),
  },
  {
    name: "softplus for exp",
    check: "reparameterize-scale",
    says: /multiplied by the standard deviation/,
    code: (mu, logvar) => mu.add(logvar.softplus().mul(randnLike(mu))),
  },
  {
    name: "the batch's mean of the variances",
    check: "reparameterize-scale",
    says: /multiplied by the standard deviation/,
    code: (mu, logvar) => mu.add(std(logvar.mean(0, true)).mul(randnLike(mu))),
  },
  {
    name: "logvar clamped",
    check: "reparameterize-extreme",
    says: /very small and very large/,
    code: (mu, logvar) => mu.add(std(logvar.clamp(-10, 10)).mul(randnLike(mu))),
  },
  {
    name: "a small number added to the variance",
    check: "reparameterize-extreme",
    says: /very small and very large/,
    code: (mu, logvar) => mu.add(logvar.exp().add(1e-8).sqrt().mul(randnLike(mu))),
  },
  {
    name: "noise shared by the dimensions",
    check: "reparameterize-independent",
    says: /in every dimension, received z\[:, 1\] = z\[:, 0\]/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randn([mu.shape[0], 1]))),
  },
  {
    name: "noise that the dimensions share in part",
    check: "reparameterize-independent",
    says: /correlation 0\.\d+ between/,
    code: (mu, logvar) => {
      const common = randn([mu.shape[0], 1]).mul(0.6);
      return mu.add(std(logvar).mul(randnLike(mu).mul(0.8).add(common)));
    },
  },
  {
    name: "signs of their own, but one size for all dimensions",
    check: "reparameterize-independent",
    says: /correlation of sizes 1.000/,
    code: (mu, logvar) => {
      const signs = randLike(mu).lt(0.5).to("float32").mul(2).sub(1);
      return mu.add(std(logvar).mul(signs).mul(randn([mu.shape[0], 1])));
    },
  },
  {
    name: "noise that comes round again every 8 dimensions",
    check: "reparameterize-independent",
    says: /received z\[:, 8\] = z\[:, 0\]/,
    code: (mu, logvar) => {
      const [B, D] = mu.shape;
      const eps = randn([B, 8]);
      const again = cat(new Array(Math.ceil(D / 8)).fill(eps), 1).narrow(1, 0, D);
      return mu.add(std(logvar).mul(again));
    },
  },
  {
    name: "noise shared by the examples",
    check: "reparameterize-independent",
    says: /in every example, received z\[1\] = z\[0\]/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randn([1, mu.shape[1]]))),
  },
  {
    name: "noise in pairs of opposite sign",
    check: "reparameterize-independent",
    says: /received z\[32\] = -z\[0\]/,
    code: (mu, logvar) => {
      const [B, D] = mu.shape;
      const half = randn([Math.ceil(B / 2), D]);
      return mu.add(std(logvar).mul(cat([half, half.neg()]).narrow(0, 0, B)));
    },
  },
  {
    name: "noise that comes round again every 8 examples",
    check: "reparameterize-independent",
    says: /received z\[8\] = z\[0\]/,
    code: (mu, logvar) => {
      const [B, D] = mu.shape;
      const eps = randn([8, D]);
      const again = cat(new Array(Math.ceil(B / 8)).fill(eps)).narrow(0, 0, B);
      return mu.add(std(logvar).mul(again));
    },
  },
  {
    name: "noise whose batch mean is taken out",
    check: "reparameterize-independent",
    says: /correlation -0\.\d+/,
    code: (mu, logvar) => {
      const eps = randnLike(mu);
      return mu.add(std(logvar).mul(mu.shape[0] === 1 ? eps : eps.sub(eps.mean(0, true))));
    },
  },
  {
    name: "noise that is never negative",
    check: "reparameterize-normal",
    says: /mean 0, received mean 0\.79/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu).abs())),
  },
  {
    name: "uniform noise from 0 to 1",
    check: "reparameterize-normal",
    says: /mean 0, received mean 0\.5/,
    code: (mu, logvar) => mu.add(std(logvar).mul(rand(mu.shape))),
  },
  {
    name: "noise of half the size",
    check: "reparameterize-normal",
    says: /standard deviation 1, received standard deviation 0\.5/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu)).mul(0.5)),
  },
  {
    name: "noise that is a little too wide",
    check: "reparameterize-normal",
    says: /standard deviation 1, received standard deviation 1\.0[12]/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu)).mul(1.02)),
  },
  {
    name: "uniform noise with mean 0 and variance 1",
    check: "reparameterize-normal",
    says: /a normal distribution/,
    code: (mu, logvar) => mu.add(std(logvar).mul(flat(mu))),
  },
  {
    name: "Laplace's distribution with variance 1",
    check: "reparameterize-normal",
    says: /a normal distribution/,
    code: (mu, logvar) => mu.add(std(logvar).mul(laplace(mu))),
  },
  {
    name: "random signs",
    check: "reparameterize-normal",
    says: /a normal distribution/,
    code: (mu, logvar) => {
      const signs = randLike(mu).lt(0.5).to("float32").mul(2).sub(1);
      return mu.add(std(logvar).mul(signs));
    },
  },
  {
    name: "clipped noise",
    check: "reparameterize-normal",
    says: /none of 320000 values beyond 3\.5/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu).clamp(-3.5, 3.5))),
  },
  {
    name: "mu detached",
    check: "reparameterize-gradients",
    says: /gradient by mu/,
    code: (mu, logvar) => mu.detach().add(std(logvar).mul(randnLike(mu))),
  },
  {
    name: "the standard deviation detached",
    check: "reparameterize-gradients",
    says: /gradient by logvar/,
    code: (mu, logvar) => mu.add(std(logvar).detach().mul(randnLike(mu))),
  },
  {
    name: "the sample detached",
    check: "reparameterize-gradients",
    says: /gradient by mu/,
    code: (mu, logvar) => mu.add(std(logvar).mul(randnLike(mu))).detach(),
  },
];
