/**
 * Mistakes in `conditionalScoreXtGivenX0`.
 *
 * @module
 */
import { randnLike, type Tensor } from "genlab";
import type { Mistake } from "../corpus.ts";

type Score = (xt: Tensor, x0: Tensor, sigmaT: Tensor) => unknown;

/** The right score. */
const right: (xt: Tensor, x0: Tensor, sigmaT: Tensor) => Tensor = (xt, x0, sigmaT) =>
  x0.sub(xt).div(sigmaT.square());

/** Each names the check that has to catch it. */
export const scoreMistakes: readonly Mistake<Score>[] = [
  {
    name: "the sum over the dimensions",
    check: "score-shape",
    says: /of shape \[64, 2\], received the score of shape \[64\]/,
    code: (...args) => right(...args).sum(1),
  },
  {
    name: "the mean over the batch",
    check: "score-shape",
    says: /received the score of shape \[2\]/,
    code: (...args) => right(...args).mean(0),
  },
  {
    name: "log q for its gradient",
    check: "score-shape",
    says: /received the score of shape \[64\]/,
    code: (xt, x0, sigmaT) => xt.sub(x0).div(sigmaT).square().sum(1).mul(-0.5),
  },
  {
    name: "sigma as a row",
    check: "score-shape",
    says: /broadcast/,
    code: (xt, x0, sigmaT) => x0.sub(xt).div(sigmaT.squeeze(1).square()),
  },
  {
    name: "without the minus",
    check: "score-direction",
    says: /points from xt to where the density is larger/,
    code: (...args) => right(...args).neg(),
  },
  {
    name: "two minuses",
    check: "score-direction",
    says: /points from xt to where the density is larger/,
    code: (xt, x0, sigmaT) => x0.sub(xt).neg().div(sigmaT.square()),
  },
  {
    name: "the size of the score",
    check: "score-direction",
    says: /points from xt to where the density is larger/,
    code: (...args) => right(...args).abs(),
  },
  {
    name: "the squared distance",
    check: "score-direction",
    says: /points from xt to where the density is larger/,
    code: (xt, x0, sigmaT) => xt.sub(x0).square().div(sigmaT.square()).neg(),
  },
  {
    name: "the sum over the dimensions, for each of them",
    check: "score-direction",
    says: /points from xt to where the density is larger/,
    code: (...args) => right(...args).sum(1, true).expand(args[0].shape),
  },
  {
    name: "the score of data around 0",
    check: "score-direction",
    says: /points from xt to where the density is larger/,
    code: (xt, _x0, sigmaT) => xt.neg().div(sigmaT.square()),
  },
  {
    name: "new noise over sigma",
    check: "score-direction",
    says: /expected nothing random inside the function, received noise that it draws itself/,
    code: (xt, _x0, sigmaT) => randnLike(xt).neg().div(sigmaT),
  },
  {
    name: "the score of squashed data",
    check: "score-direction",
    says: /points from xt to where the density is larger/,
    code: (xt, x0, sigmaT) => right(xt, x0.tanh(), sigmaT),
  },
  {
    name: "xt and x0 mixed up over two terms",
    check: "score-direction",
    says: /points from xt to where the density is larger/,
    code: (xt, x0, sigmaT) => xt.neg().sub(x0).div(sigmaT.square()),
  },
  {
    name: "divided by sigma",
    check: "score-sigma",
    says: /falls with sigma as it should/,
    code: (xt, x0, sigmaT) => x0.sub(xt).div(sigmaT),
  },
  {
    name: "not divided at all",
    check: "score-sigma",
    says: /falls with sigma as it should/,
    code: (xt, x0) => x0.sub(xt),
  },
  {
    name: "multiplied by sigma^2",
    check: "score-sigma",
    says: /falls with sigma as it should/,
    code: (xt, x0, sigmaT) => x0.sub(xt).mul(sigmaT.square()),
  },
  {
    name: "divided by sigma^4",
    check: "score-sigma",
    says: /falls with sigma as it should/,
    code: (xt, x0, sigmaT) => x0.sub(xt).div(sigmaT.square().square()),
  },
  {
    name: "divided by twice sigma",
    check: "score-sigma",
    says: /falls with sigma as it should/,
    code: (xt, x0, sigmaT) => x0.sub(xt).div(sigmaT.mul(2)),
  },
  {
    name: "a small number added to the variance",
    check: "score-sigma",
    says: /falls with sigma as it should/,
    code: (xt, x0, sigmaT) => x0.sub(xt).div(sigmaT.square().add(1e-3)),
  },
  {
    name: "half of the score",
    check: "score-values",
    says: /standard normal distribution around x0/,
    code: (...args) => right(...args).mul(0.5),
  },
  {
    name: "twice the score",
    check: "score-values",
    says: /standard normal distribution around x0/,
    code: (...args) => right(...args).mul(2),
  },
  {
    name: "the mean over the dimensions in the density",
    check: "score-values",
    says: /standard normal distribution around x0/,
    code: (...args) => right(...args).div(args[0].shape[1]),
  },
  {
    name: "a direction of length 1 over the variance",
    check: "score-values",
    says: /standard normal distribution around x0/,
    code: (xt, x0, sigmaT) => {
      const away = x0.sub(xt);
      const length = away.square().sum(1, true).add(1e-12).sqrt();
      return away.div(length).div(sigmaT.square());
    },
  },
  {
    name: "sigma kept from 0",
    check: "score-extreme",
    says: /very small and very large/,
    code: (xt, x0, sigmaT) => right(xt, x0, sigmaT.clamp(0.01)),
  },
  {
    name: "a very small number added to the variance",
    check: "score-extreme",
    says: /very small and very large/,
    code: (xt, x0, sigmaT) => x0.sub(xt).div(sigmaT.square().add(1e-9)),
  },
  {
    name: "the score clipped",
    check: "score-extreme",
    says: /very small and very large/,
    code: (...args) => right(...args).clamp(-1000, 1000),
  },
  {
    name: "the first sigma for all",
    check: "score-examples",
    says: /each example's score uses its own sigma/,
    code: (xt, x0, sigmaT) => right(xt, x0, sigmaT.narrow(0, 0, 1)),
  },
  {
    name: "the mean sigma for all",
    check: "score-examples",
    says: /each example's score uses its own sigma/,
    code: (xt, x0, sigmaT) => right(xt, x0, sigmaT.mean()),
  },
  {
    name: "sigma by dimension where that fits",
    check: "score-examples",
    says: /each example's score uses its own sigma/,
    code: (xt, x0, sigmaT) => {
      const [B, d] = xt.shape;
      return right(xt, x0, B === d ? sigmaT.reshape(1, d) : sigmaT);
    },
  },
  {
    name: "the score detached",
    check: "score-gradients",
    says: /gradient by xt/,
    code: (...args) => right(...args).detach(),
  },
  {
    name: "sigma detached",
    check: "score-gradients",
    says: /gradient by sigmaT/,
    code: (xt, x0, sigmaT) => right(xt, x0, sigmaT.detach()),
  },
];
