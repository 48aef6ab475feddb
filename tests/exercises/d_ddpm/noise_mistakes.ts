/**
 * Mistakes in `epsilonLoss` and `guidedEpsilon`.
 *
 * @module
 */
import { mseLoss, type Tensor } from "genlab";
import { guidedEpsilon } from "../../../exercises/d_ddpm/solution.ts";
import type { Mistake } from "../corpus.ts";

type Loss = (eps: Tensor, epsHat: Tensor) => unknown;
type Guided = (epsUncond: Tensor, epsCond: Tensor, scale: number) => unknown;

/** Each names the check that has to catch it. */
export const lossMistakes: readonly Mistake<Loss>[] = [
  {
    name: "one loss for each element",
    check: "epsilon-loss-shape",
    says: /of shape \[\], received the loss of shape \[7, 3\]/,
    code: (eps, epsHat) => epsHat.sub(eps).square(),
  },
  {
    name: "one loss for each example",
    check: "epsilon-loss-shape",
    says: /received the loss of shape \[7\]/,
    code: (eps, epsHat) => epsHat.sub(eps).square().flatten(1).mean(1),
  },
  {
    name: "a loss of one element",
    check: "epsilon-loss-shape",
    says: /received the loss of shape \[1, 1\]/,
    code: (eps, epsHat) => epsHat.sub(eps).square().flatten(1).mean([0, 1], true),
  },
  {
    name: "summed over all elements",
    check: "epsilon-loss-one",
    says: /square of one, whatever the shape/,
    code: (eps, epsHat) => mseLoss(epsHat, eps, { reduction: "sum" }),
  },
  {
    name: "summed over each example, averaged over examples",
    check: "epsilon-loss-one",
    says: /= 9, received 27/,
    code: (eps, epsHat) => epsHat.sub(eps).square().flatten(1).sum(1).mean(),
  },
  {
    name: "averaged over each example, summed over examples",
    check: "epsilon-loss-one",
    says: /square of one/,
    code: (eps, epsHat) => epsHat.sub(eps).square().flatten(1).mean(1).sum(),
  },
  {
    name: "absolute errors",
    check: "epsilon-loss-one",
    says: /= 9, received 3/,
    code: (eps, epsHat) => epsHat.sub(eps).abs().mean(),
  },
  {
    name: "the root of the average",
    check: "epsilon-loss-one",
    says: /= 9, received 3/,
    code: (eps, epsHat) => mseLoss(epsHat, eps).sqrt(),
  },
  {
    name: "half of it",
    check: "epsilon-loss-one",
    says: /= 9, received 4.5/,
    code: (eps, epsHat) => mseLoss(epsHat, eps).mul(0.5),
  },
  {
    name: "errors that are not squared",
    check: "epsilon-loss-one",
    says: /square of one/,
    code: (eps, epsHat) => epsHat.sub(eps).mean(),
  },
  {
    name: "minus the loss",
    check: "epsilon-loss-one",
    says: /received -9/,
    code: (eps, epsHat) => mseLoss(epsHat, eps).neg(),
  },
  {
    name: "its logarithm",
    check: "epsilon-loss-one",
    says: /square of one/,
    code: (eps, epsHat) => mseLoss(epsHat, eps).log(),
  },
  {
    name: "a Huber loss",
    check: "epsilon-loss-one",
    says: /= 9, received/,
    code: (eps, epsHat) => {
      const error = epsHat.sub(eps).abs();
      const small = error.clamp(undefined, 1);
      return small.square().mul(0.5).add(error.sub(small)).mean();
    },
  },
  {
    name: "the sum of the two",
    check: "epsilon-loss-one",
    says: /square of one/,
    code: (eps, epsHat) => epsHat.add(eps).square().mean(),
  },
  {
    name: "divided by one too few",
    check: "epsilon-loss-one",
    says: /square of one/,
    code: (eps, epsHat) => epsHat.sub(eps).square().sum().div(eps.size - 1),
  },
  {
    name: "the variance of the errors",
    check: "epsilon-loss-one",
    says: /square of one/,
    code: (eps, epsHat) => epsHat.sub(eps).var(undefined, false),
  },
  {
    name: "the square of the average",
    check: "epsilon-loss-values",
    says: /average of their squares/,
    code: (eps, epsHat) => epsHat.sub(eps).mean().square(),
  },
  {
    name: "the square of the average of absolute errors",
    check: "epsilon-loss-values",
    says: /average of their squares/,
    code: (eps, epsHat) => epsHat.sub(eps).abs().mean().square(),
  },
  {
    name: "the largest error",
    check: "epsilon-loss-values",
    says: /average of their squares/,
    code: (eps, epsHat) => epsHat.sub(eps).square().amax(),
  },
  {
    name: "the first example alone",
    check: "epsilon-loss-values",
    says: /average of their squares/,
    code: (eps, epsHat) => mseLoss(epsHat.narrow(0, 0, 1), eps.narrow(0, 0, 1)),
  },
  {
    name: "detached from the network",
    check: "epsilon-loss-gradients",
    says: /gradient by epsHat/,
    code: (eps, epsHat) => mseLoss(epsHat.detach(), eps),
  },
  {
    name: "a loss kept from becoming large",
    check: "epsilon-loss-one",
    says: /expected loss = 1600, received 100,/,
    code: (eps, epsHat) => epsHat.sub(eps).square().mean().clamp(0, 100),
  },
];

/** Each names the check that has to catch it. */
export const guidedMistakes: readonly Mistake<Guided>[] = [
  {
    name: "both, one after the other",
    check: "guided-shape",
    says: /an array of 2/,
    code: (uncond, cond, scale) => [uncond, guidedEpsilon(uncond, cond, scale)],
  },
  {
    name: "the paper's form, in which no guidance is 0",
    check: "guided-ends",
    says: /scale 0 gives the noise found without the class/,
    code: (uncond, cond, scale) => cond.mul(1 + scale).sub(uncond.mul(scale)),
  },
  {
    name: "with and without swapped",
    check: "guided-ends",
    says: /scale 0 gives/,
    code: (uncond, cond, scale) => guidedEpsilon(cond, uncond, scale),
  },
  {
    name: "the difference the wrong way round",
    check: "guided-ends",
    says: /scale = 1/,
    code: (uncond, cond, scale) => uncond.add(uncond.sub(cond).mul(scale)),
  },
  {
    name: "added to the class",
    check: "guided-ends",
    says: /scale 0 gives/,
    code: (uncond, cond, scale) => cond.add(cond.sub(uncond).mul(scale)),
  },
  {
    name: "the difference alone",
    check: "guided-ends",
    says: /scale 0 gives/,
    code: (uncond, cond, scale) => cond.sub(uncond).mul(scale),
  },
  {
    name: "the class, whatever the scale",
    check: "guided-ends",
    says: /scale 0 gives/,
    code: (_uncond, cond) => cond.add(0),
  },
  {
    name: "no class",
    check: "guided-ends",
    says: /scale = 1/,
    code: (uncond) => uncond.add(0),
  },
  {
    name: "the scale times the class, added",
    check: "guided-ends",
    says: /scale = 1/,
    code: (uncond, cond, scale) => uncond.add(cond.mul(scale)),
  },
  {
    name: "the scale less 1",
    check: "guided-ends",
    says: /scale 0 gives/,
    code: (uncond, cond, scale) => guidedEpsilon(uncond, cond, scale - 1),
  },
  {
    name: "both over the scale",
    check: "guided-ends",
    says: /received NaN|scale 0 gives/,
    code: (uncond, cond, scale) => uncond.add(cond.sub(uncond).mul(scale)).div(scale),
  },
  {
    name: "the scale kept from 0 to 1",
    check: "guided-beyond",
    says: /straight line/,
    code: (uncond, cond, scale) => guidedEpsilon(uncond, cond, Math.min(1, Math.max(0, scale))),
  },
  {
    name: "the scale squared",
    check: "guided-beyond",
    says: /straight line/,
    code: (uncond, cond, scale) => guidedEpsilon(uncond, cond, scale ** 2),
  },
  {
    name: "the class, once the scale is not 0",
    check: "guided-beyond",
    says: /straight line/,
    code: (uncond, cond, scale) => (scale === 0 ? uncond : cond).add(0),
  },
  {
    name: "rescaled to the class's size",
    check: "guided-beyond",
    says: /straight line/,
    code: (uncond, cond, scale) => {
      if (scale <= 1) return guidedEpsilon(uncond, cond, scale);
      const guided = guidedEpsilon(uncond, cond, scale);
      return guided.mul(cond.square().mean().sqrt().div(guided.square().mean().sqrt()));
    },
  },
  {
    name: "clipped",
    check: "guided-beyond",
    says: /straight line/,
    code: (uncond, cond, scale) =>
      scale <= 1
        ? guidedEpsilon(uncond, cond, scale)
        : guidedEpsilon(uncond, cond, scale).clamp(-3, 3),
  },
  {
    name: "detached from the noise without the class",
    check: "guided-gradients",
    says: /gradient by epsUncond/,
    code: (uncond, cond, scale) => guidedEpsilon(uncond.detach(), cond, scale),
  },
  {
    name: "never more than ten times as far",
    check: "guided-beyond",
    says: /scale = 30/,
    code: (uncond, cond, scale) => uncond.add(cond.sub(uncond).mul(Math.min(scale, 10))),
  },
];
