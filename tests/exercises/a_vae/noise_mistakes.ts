/**
 * Mistakes in the noise of `reparameterize` that hardly show in a plot of it.
 *
 * @module
 */
import {
  cat,
  ones,
  rand,
  randint,
  randn,
  randnLike,
  randperm,
  type Tensor,
  tensor,
  zeros,
} from "genlab";
import type { Mistake } from "../corpus.ts";

type Noise = (mu: Tensor) => Tensor;

/** The right function, but for its noise. */
function withNoise(noise: Noise): (mu: Tensor, logvar: Tensor) => Tensor {
  return (mu, logvar) => mu.add(logvar.mul(0.5).exp().mul(noise(mu)));
}

/** Sums of uniform draws, with mean 0 and variance 1. */
function uniformSum(count: number): Noise {
  const scale = Math.sqrt(12 / count);
  return ({ shape }) => rand([count, ...shape]).sub(0.5).sum(0).mul(scale);
}

/** Each names the check that has to catch it. */
export const noiseMistakes: readonly Mistake<(mu: Tensor, logvar: Tensor) => Tensor>[] = [
  {
    name: "no noise for a single example",
    check: "reparameterize-random",
    says: /the same z from every call, for mu and logvar of shape \[1, 4\]/,
    code: withNoise((mu) => mu.shape[0] === 1 ? ones(mu.shape) : randnLike(mu)),
  },
  {
    name: "noise less its mean over everything",
    check: "reparameterize-random",
    says: /the same z from every call, for mu and logvar of shape \[1, 1\]/,
    code: withNoise((mu) => {
      const eps = randnLike(mu);
      return eps.sub(eps.mean());
    }),
  },
  {
    name: "Box and Muller without the minus sign",
    check: "reparameterize-random",
    says: /expected finite numbers, received z = NaN, for mu and logvar of shape \[64, 5\]/,
    code: withNoise(({ shape }) =>
      rand(shape).log().mul(2).sqrt().mul(rand(shape).mul(2 * Math.PI).cos())
    ),
  },
  {
    name: "one number from Math.random",
    check: "reparameterize-random",
    says: /received z - mu = \S+ in every element/,
    code: withNoise(({ shape }) => ones(shape).mul(Math.random())),
  },
  {
    name: "noise made of Math.random, which no seed decides on",
    check: "reparameterize-random",
    says:
      /expected noise from the stream that manualSeed seeds, received other noise from the same/,
    code: withNoise(({ shape, size }) => {
      const radius = () => Math.sqrt(-2 * Math.log(1 - Math.random()));
      const normal = () => radius() * Math.cos(2 * Math.PI * Math.random());
      return tensor(Array.from({ length: size }, normal)).reshape(shape);
    }),
  },
  {
    name: "noise less its mean over everything, where there is much",
    check: "reparameterize-independent",
    says: /with the mean of its elements taken out/,
    code: withNoise((mu) => {
      const eps = randnLike(mu);
      return mu.size > 1000 ? eps.sub(eps.mean()) : eps;
    }),
  },
  {
    name: "no noise for the last of many examples",
    check: "reparameterize-independent",
    says: /received z\[63\] = 0 in all its elements/,
    code: withNoise((mu) => {
      const [B, D] = mu.shape;
      return B < 8 ? randnLike(mu) : cat([randn([B - 1, D]), zeros([1, D])]);
    }),
  },
  {
    name: "noise picked from a small pool",
    check: "reparameterize-independent",
    says: /received \d{3} different sizes among the 4096 elements/,
    code: withNoise((mu) =>
      randn([1000]).indexSelect(0, randint(0, 1000, [mu.size])).reshape(mu.shape)
    ),
  },
  {
    name: "noise in pairs of opposite sign, far from one another",
    check: "reparameterize-independent",
    says: /received 2048 different sizes among the 4096 elements/,
    code: withNoise((mu) => {
      const half = randn([Math.ceil(mu.size / 2)]);
      const mirrored = half.indexSelect(0, randperm(half.size)).neg();
      return cat([half, mirrored]).narrow(0, 0, mu.size).reshape(mu.shape);
    }),
  },
  {
    name: "the sum of 12 uniform draws",
    check: "reparameterize-normal",
    says: /but kurtosis 2\.9/,
    code: withNoise(uniformSum(12)),
  },
  {
    name: "a mixture of a narrow and a wide normal distribution",
    check: "reparameterize-normal",
    says: /but kurtosis 3\.1/,
    code: withNoise((mu) => {
      const wide = rand(mu.shape).lt(0.5).to("float32");
      const variance = wide.mul(0.4).add(0.8);
      return randnLike(mu).mul(variance.sqrt());
    }),
  },
];
