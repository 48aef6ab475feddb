/**
 * Mistakes in `veForward`.
 *
 * @module
 */
import {
  cat,
  full,
  Generator,
  manualSeed,
  rand,
  randLike,
  randn,
  randnLike,
  Tensor,
  tensor,
} from "genlab";
import { sigmaVe } from "../../../exercises/b_score/solution.ts";
import type { Mistake } from "../corpus.ts";

type Forward = (x0: Tensor, t: number | Tensor, sigmaMin?: number, sigmaMax?: number) => unknown;

/** Times as a column. */
function column(x0: Tensor, t: number | Tensor): Tensor {
  const time = t instanceof Tensor ? t : full([], t);
  return time.ndim === 0 ? time.expand(x0.shape[0], 1) : time.reshape(-1, 1);
}

/** The right function, but for its parts. */
function forward(
  { noise = randnLike, sigma = sigmaVe, mix = (x0, sigmaT, eps) => x0.add(sigmaT.mul(eps)) }: {
    noise?: (x0: Tensor) => Tensor;
    sigma?: (t: Tensor, lo: number, hi: number) => Tensor;
    mix?: (x0: Tensor, sigmaT: Tensor, eps: Tensor) => Tensor;
  },
): (x0: Tensor, t: number | Tensor, lo?: number, hi?: number) => Record<string, Tensor> {
  return (x0, t, lo = 0.01, hi = 50) => {
    const sigmaT = sigma(column(x0, t), lo, hi);
    const eps = noise(x0);
    return { xt: mix(x0, sigmaT, eps), eps, sigmaT };
  };
}

const right = forward({});
const generator = new Generator(5);

/** Each names the check that has to catch it. */
export const forwardMistakes: readonly Mistake<Forward>[] = [
  {
    name: "sigma of shape [B]",
    check: "forward-shape",
    says: /expected sigmaT of shape \[64, 1\], received sigmaT of shape \[64\]/,
    code: (x0, t) => {
      const { xt, eps, sigmaT } = right(x0, t);
      return { xt, eps, sigmaT: sigmaT.squeeze(1) };
    },
  },
  {
    name: "sigma spread over the dimensions",
    check: "forward-shape",
    says: /sigmaT of shape \[64, 2\]/,
    code: (x0, t) => {
      const { xt, eps, sigmaT } = right(x0, t);
      return { xt, eps, sigmaT: sigmaT.expand(x0.shape) };
    },
  },
  {
    name: "t not made a column",
    check: "forward-shape",
    says: /broadcast/,
    code: (x0, t, lo = 0.01, hi = 50) => {
      const sigmaT = sigmaVe(t instanceof Tensor ? t : tensor(t), lo, hi);
      const eps = randnLike(x0);
      return { xt: x0.add(sigmaT.mul(eps)), eps, sigmaT: sigmaT.expand(x0.shape[0]).unsqueeze(1) };
    },
  },
  {
    name: "an array, as in Python",
    check: "forward-shape",
    says: /expected an object, \{ xt, eps, sigmaT \}, received an array of 3/,
    code: (x0, t) => Object.values(right(x0, t)),
  },
  {
    name: "xt alone",
    check: "forward-shape",
    says: /received a tensor of shape \[64, 2\]/,
    code: (x0, t) => right(x0, t).xt,
  },
  {
    name: "Python's names",
    check: "forward-shape",
    says: /received an object, \{ xt, eps, sigma_t \}/,
    code: (x0, t) => {
      const { xt, eps, sigmaT } = right(x0, t);
      return { xt, eps, sigma_t: sigmaT };
    },
  },
  {
    name: "the first time for all",
    check: "forward-sigma",
    says: /each example's own time/,
    code: forward({
      sigma: (t, lo, hi) => sigmaVe(t.narrow(0, 0, 1).expand(t.shape), lo, hi),
    }),
  },
  {
    name: "the mean time for all",
    check: "forward-sigma",
    says: /each example's own time/,
    code: forward({ sigma: (t, lo, hi) => sigmaVe(t.mean(0, true).expand(t.shape), lo, hi) }),
  },
  {
    name: "time running backwards",
    check: "forward-sigma",
    says: /each example's own time/,
    code: forward({ sigma: (t, lo, hi) => sigmaVe(t.neg().add(1), lo, hi) }),
  },
  {
    name: "the variance for sigmaT",
    check: "forward-sigma",
    says: /each example's own time/,
    code: forward({ sigma: (t, lo, hi) => sigmaVe(t, lo, hi).square() }),
  },
  {
    name: "a time drawn at random",
    check: "forward-sigma",
    says: /each example's own time/,
    code: forward({ sigma: (t, lo, hi) => sigmaVe(randLike(t), lo, hi) }),
  },
  {
    name: "the limits not handed on",
    check: "forward-limits",
    says: /limits that are passed in/,
    code: forward({ sigma: (t) => sigmaVe(t) }),
  },
  {
    name: "one limit not handed on",
    check: "forward-limits",
    says: /limits that are passed in/,
    code: forward({ sigma: (t, lo) => sigmaVe(t, lo) }),
  },
  {
    name: "other limits by default",
    check: "forward-limits",
    says: /no limits given/,
    code: (x0, t, lo = 0.01, hi = 100) => right(x0, t, lo, hi),
  },
  {
    name: "no data in xt",
    check: "forward-data",
    says: /moving x0 moves xt/,
    code: forward({ mix: (_x0, sigmaT, eps) => sigmaT.mul(eps) }),
  },
  {
    name: "data scaled as where variance is preserved",
    check: "forward-data",
    says: /moving x0 moves xt/,
    code: forward({
      mix: (x0, sigmaT, eps) =>
        x0.mul(sigmaT.square().neg().add(1).clamp(0).sqrt()).add(sigmaT.mul(eps)),
    }),
  },
  {
    name: "data squashed",
    check: "forward-data",
    says: /moving x0 moves xt/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.tanh().add(sigmaT.mul(eps)) }),
  },
  {
    name: "data centred",
    check: "forward-data",
    says: /moving x0 moves xt/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.sub(x0.mean(0, true)).add(sigmaT.mul(eps)) }),
  },
  {
    name: "data subtracted",
    check: "forward-data",
    says: /moving x0 moves xt/,
    code: forward({ mix: (x0, sigmaT, eps) => sigmaT.mul(eps).sub(x0) }),
  },
  {
    name: "xt kept between -1 and 1",
    check: "forward-data",
    says: /moving x0 moves xt/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.add(sigmaT.mul(eps)).clamp(-1, 1) }),
  },
  {
    name: "data scaled with the noise",
    check: "forward-data",
    says: /moving x0 moves xt/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.add(eps).mul(sigmaT) }),
  },
  {
    name: "no noise",
    check: "forward-random",
    says: /xt - x0 = 0 in every element/,
    code: forward({ mix: (x0) => x0.add(0) }),
  },
  {
    name: "one number for the whole batch",
    check: "forward-random",
    says: /in every element/,
    code: forward({ noise: (x0) => randn([]).expand(x0.shape) }),
  },
  {
    name: "a seed set inside",
    check: "forward-random",
    says: /new noise in every call/,
    code: forward({
      noise: (x0) => {
        manualSeed(0);
        return randnLike(x0);
      },
    }),
  },
  {
    name: "a generator made inside",
    check: "forward-random",
    says: /the same xt from every call/,
    code: forward({ noise: (x0) => randn(x0.shape, { generator: new Generator(1) }) }),
  },
  {
    name: "a generator of the file's own",
    check: "forward-random",
    says: /new noise in every call/,
    code: forward({ noise: (x0) => randnLike(x0, { generator }) }),
  },
  {
    name: "noise that is not scaled",
    check: "forward-scale",
    says: /in proportion to each example's sigma/,
    code: forward({ mix: (x0, _sigmaT, eps) => x0.add(eps) }),
  },
  {
    name: "noise scaled by the variance",
    check: "forward-scale",
    says: /in proportion to each example's sigma/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.add(sigmaT.square().mul(eps)) }),
  },
  {
    name: "noise scaled by the root of sigma",
    check: "forward-scale",
    says: /in proportion to each example's sigma/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.add(sigmaT.sqrt().mul(eps)) }),
  },
  {
    name: "noise divided by sigma",
    check: "forward-scale",
    says: /in proportion to each example's sigma/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.add(eps.div(sigmaT)) }),
  },
  {
    name: "xt clipped where data and noise are wide",
    check: "forward-data",
    says: /received -?100, /,
    code: forward({ mix: (x0, sigmaT, eps) => x0.add(sigmaT.mul(eps)).clamp(-100, 100) }),
  },
  {
    name: "the batch's mean sigma for all",
    check: "forward-scale",
    says: /in proportion to each example's sigma/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.add(sigmaT.mean().mul(eps)) }),
  },
  {
    name: "eps drawn a second time",
    check: "forward-returned-noise",
    says: /the eps returned is the noise/,
    code: (x0, t, lo = 0.01, hi = 50) => ({ ...right(x0, t, lo, hi), eps: randnLike(x0) }),
  },
  {
    name: "scaled noise returned",
    check: "forward-returned-noise",
    says: /before it was scaled/,
    code: (x0, t, lo = 0.01, hi = 50) => {
      const { xt, eps, sigmaT } = right(x0, t, lo, hi);
      return { xt, eps: eps.mul(sigmaT), sigmaT };
    },
  },
  {
    name: "noise subtracted",
    check: "forward-returned-noise",
    says: /the eps returned is the noise/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.sub(sigmaT.mul(eps)) }),
  },
  {
    name: "zeros returned for eps",
    check: "forward-returned-noise",
    says: /the eps returned is the noise/,
    code: (x0, t, lo = 0.01, hi = 50) => ({ ...right(x0, t, lo, hi), eps: x0.mul(0) }),
  },
  {
    name: "noise shared by the dimensions",
    check: "forward-independent",
    says: /in every dimension, received eps\[:, 1\] = eps\[:, 0\]/,
    code: forward({ noise: (x0) => randn([x0.shape[0], 1]).expand(x0.shape) }),
  },
  {
    name: "noise shared by the examples",
    check: "forward-independent",
    says: /in every example, received eps\[1\] = eps\[0\]/,
    code: forward({ noise: (x0) => randn([1, x0.shape[1]]).expand(x0.shape) }),
  },
  {
    name: "noise shared by the dimensions where each example has a time",
    check: "forward-independent",
    says: /eps\[:, 1\] = eps\[:, 0\].* t of shape \[64\]/,
    code: (x0, t, lo = 0.01, hi = 50) => {
      if (!(t instanceof Tensor) || t.ndim === 0) return right(x0, t, lo, hi);
      return forward({ noise: () => randn([x0.shape[0], 1]).expand(x0.shape) })(x0, t, lo, hi);
    },
  },
  {
    name: "noise shared by the examples where the time is one tensor",
    check: "forward-independent",
    says: /eps\[1\] = eps\[0\].* t of shape \[\]/,
    code: (x0, t, lo = 0.01, hi = 50) => {
      const isOne = t instanceof Tensor && t.ndim === 0;
      return forward({ noise: isOne ? () => randn([1, x0.shape[1]]).expand(x0.shape) : randnLike })(
        x0,
        t,
        lo,
        hi,
      );
    },
  },
  {
    name: "noise in pairs of opposite sign",
    check: "forward-independent",
    says: /received eps\[32\] = -eps\[0\]/,
    code: forward({
      noise: (x0) => {
        const [B, d] = x0.shape;
        const half = randn([Math.ceil(B / 2), d]);
        return cat([half, half.neg()]).narrow(0, 0, B);
      },
    }),
  },
  {
    name: "noise that is never negative",
    check: "forward-normal",
    says: /mean 0, received mean 0\.79/,
    code: forward({ noise: (x0) => randnLike(x0).abs() }),
  },
  {
    name: "uniform noise from 0 to 1",
    check: "forward-normal",
    says: /mean 0, received mean 0\.5/,
    code: forward({ noise: (x0) => randLike(x0) }),
  },
  {
    name: "uniform noise from -1 to 1",
    check: "forward-normal",
    says: /standard deviation 1, received standard deviation 0\.57/,
    code: forward({ noise: (x0) => randLike(x0).mul(2).sub(1) }),
  },
  {
    name: "uniform noise with mean 0 and variance 1",
    check: "forward-normal",
    says: /a normal distribution/,
    code: forward({ noise: (x0) => randLike(x0).sub(0.5).mul(Math.sqrt(12)) }),
  },
  {
    name: "clipped noise",
    check: "forward-normal",
    says: /none of 320000 values beyond 4/,
    code: forward({ noise: (x0) => randnLike(x0).clamp(-4, 4) }),
  },
  {
    name: "the sum of 12 uniform draws",
    check: "forward-normal",
    says: /but kurtosis 2\.9/,
    code: forward({ noise: ({ shape }) => rand([12, ...shape]).sum(0).sub(6) }),
  },
  {
    name: "no noise for a single example",
    check: "forward-random",
    says: /the same xt from every call, for x0 of shape \[1, 4\]/,
    code: forward({ noise: (x0) => x0.shape[0] === 1 ? full(x0.shape, 0.5) : randnLike(x0) }),
  },
  {
    name: "the data detached",
    check: "forward-gradients",
    says: /gradient by x0/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.detach().add(sigmaT.mul(eps)) }),
  },
  {
    name: "sigma detached",
    check: "forward-gradients",
    says: /gradient by t/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.add(sigmaT.detach().mul(eps)) }),
  },
  {
    name: "xt detached",
    check: "forward-gradients",
    says: /gradient by x0/,
    code: forward({ mix: (x0, sigmaT, eps) => x0.add(sigmaT.mul(eps)).detach() }),
  },
];
