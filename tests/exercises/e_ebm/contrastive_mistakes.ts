/**
 * Mistakes in `contrastiveLoss`.
 *
 * @module
 */
import { cat, type Tensor } from "genlab";
import type { Mistake } from "../corpus.ts";

type Loss = (energyReal: Tensor, energyFake: Tensor, alpha: number) => unknown;

/** The mean of the squares. */
const squares = (energies: Tensor) => energies.square().mean();

/** The right loss. */
const right = (real: Tensor, fake: Tensor, alpha: number): Tensor =>
  real.mean().sub(fake.mean()).add(squares(real).add(squares(fake)).mul(alpha));

/** Each names the check that has to catch it. */
export const contrastiveMistakes: readonly Mistake<Loss>[] = [
  {
    name: "a loss for each example",
    check: "contrastive-shape",
    says: /of shape \[\], received the loss of shape \[8\]/,
    code: (real, fake, alpha) => real.sub(fake).add(real.square().add(fake.square()).mul(alpha)),
  },
  {
    name: "the mean of the differences",
    check: "contrastive-shape",
    says: /shapes \[5\] and \[3\] do not broadcast/,
    code: (real, fake, alpha) =>
      real.sub(fake).mean().add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "the number in a vector",
    check: "contrastive-shape",
    says: /of shape \[\], received the loss of shape \[1\]/,
    code: (...args) => right(...args).reshape(1),
  },
  {
    name: "the loss and its parts",
    check: "contrastive-shape",
    says: /received an object, \{ loss, gap \}/,
    code: (real, fake, alpha) => ({
      loss: right(real, fake, alpha),
      gap: real.mean().sub(fake.mean()),
    }),
  },
  {
    name: "a number for a tensor",
    check: "contrastive-shape",
    says: /contrastiveLoss returns 0/,
    code: () => 0,
  },
  {
    name: "data up, samples down",
    check: "contrastive-difference",
    says: /the mean energy of data less that of samples/,
    code: (real, fake, alpha) => right(real, fake, alpha).sub(real.mean().sub(fake.mean()).mul(2)),
  },
  {
    name: "data and samples mixed up",
    check: "contrastive-difference",
    says: /the mean energy of data less that of samples/,
    code: (real, fake, alpha) => right(fake, real, alpha),
  },
  {
    name: "both up",
    check: "contrastive-difference",
    says: /the mean energy of data less that of samples/,
    code: (real, fake, alpha) => right(real, fake, alpha).add(fake.mean().mul(2)),
  },
  {
    name: "data alone",
    check: "contrastive-difference",
    says: /the mean energy of data less that of samples/,
    code: (real, fake, alpha) => right(real, fake, alpha).add(fake.mean()),
  },
  {
    name: "sums for means",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) =>
      real.sum().sub(fake.sum()).add(real.square().sum().add(fake.square().sum()).mul(alpha)),
  },
  {
    name: "the size of the difference",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) =>
      real.mean().sub(fake.mean()).abs().add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "the squared difference",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) =>
      real.mean().sub(fake.mean()).square().add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "half of the difference",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) =>
      real.mean().sub(fake.mean()).div(2).add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "the difference of sums, over the number of data",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) =>
      real.sum().sub(fake.sum()).div(real.size).add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "the extremes for the means",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) =>
      real.amax().sub(fake.amin()).add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "the mean over both batches at once",
    check: "contrastive-difference",
    says: /energyReal of shape \[5\], energyFake of shape \[3\]|shape \[64\]/,
    code: (real, fake, alpha) =>
      cat([real, fake.neg()]).mean().mul(2).add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "softplus of the difference",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) =>
      real.mean().sub(fake.mean()).softplus().add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "a hinge with a margin of one",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) =>
      real.mean().sub(fake.mean()).add(1).relu().add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "a fixed alpha",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake) => right(real, fake, 0.1),
  },
  {
    name: "alpha as the weight of everything",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) => right(real, fake, 1).mul(alpha),
  },
  {
    name: "no squares",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake) => right(real, fake, 0),
  },
  {
    name: "squares of data alone",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) => right(real, fake, alpha).sub(squares(fake).mul(alpha)),
  },
  {
    name: "squares of samples alone",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) => right(real, fake, alpha).sub(squares(real).mul(alpha)),
  },
  {
    name: "the difference of the squares",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) => right(real, fake, alpha).sub(squares(fake).mul(2 * alpha)),
  },
  {
    name: "squares of the means",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) =>
      right(real, fake, 0).add(real.mean().square().add(fake.mean().square()).mul(alpha)),
  },
  {
    name: "the square of the gap",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) =>
      right(real, fake, 0).add(real.mean().sub(fake.mean()).square().mul(alpha)),
  },
  {
    name: "absolute values for squares",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) =>
      right(real, fake, 0).add(real.abs().mean().add(fake.abs().mean()).mul(alpha)),
  },
  {
    name: "roots of the mean squares",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) =>
      right(real, fake, 0).add(squares(real).sqrt().add(squares(fake).sqrt()).mul(alpha)),
  },
  {
    name: "variances for squares",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) =>
      right(real, fake, 0).add(real.var(0, false).add(fake.var(0, false)).mul(alpha)),
  },
  {
    name: "the mean square of all energies together",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) =>
      right(real, fake, 0).add(squares(cat([real, fake])).mul(2 * alpha)),
  },
  {
    name: "half of the squares",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) => right(real, fake, alpha / 2),
  },
  {
    name: "the squares taken away",
    check: "contrastive-squares",
    says: /the mean squares of both are added/,
    code: (real, fake, alpha) => right(real, fake, -alpha),
  },
  {
    name: "alpha squared",
    check: "contrastive-alpha",
    says: /alpha weighs the squares, and nothing else, in proportion/,
    code: (real, fake, alpha) => right(real, fake, alpha ** 2),
  },
  {
    name: "an alpha of at most one",
    check: "contrastive-alpha",
    says: /alpha = 3/,
    code: (real, fake, alpha) => right(real, fake, Math.min(alpha, 1)),
  },
  {
    name: "alpha against the difference",
    check: "contrastive-squares",
    says: /alpha = 1/,
    code: (real, fake, alpha) =>
      real.mean().sub(fake.mean()).mul(1 - alpha).add(squares(real).add(squares(fake)).mul(alpha)),
  },
  {
    name: "alpha on the squares of data, and one on those of samples",
    check: "contrastive-difference",
    says: /alpha = 0/,
    code: (real, fake, alpha) => right(real, fake, alpha).add(squares(fake).mul(1 - alpha)),
  },
  {
    name: "clipped energies",
    check: "contrastive-large",
    says: /energies of any size count as they are/,
    code: (real, fake, alpha) => right(real.clamp(-20, 20), fake.clamp(-20, 20), alpha),
  },
  {
    name: "a loss of at least -100",
    check: "contrastive-large",
    says: /energies of any size count as they are/,
    code: (...args) => right(...args).maximum(-100),
  },
  {
    name: "energies of samples detached",
    check: "contrastive-gradients",
    says: /gradient by energyFake\[\d+\] = -?0\.\d+, received 0|gradient by energyFake/,
    code: (real, fake, alpha) => right(real, fake.detach(), alpha),
  },
  {
    name: "energies of data detached",
    check: "contrastive-gradients",
    says: /gradient by energyReal/,
    code: (real, fake, alpha) => right(real.detach(), fake, alpha),
  },
  {
    name: "all detached",
    check: "contrastive-gradients",
    says: /gradient by energyReal/,
    code: (...args) => right(...args).detach(),
  },
  {
    name: "the squares detached",
    check: "contrastive-gradients",
    says: /gradient by energy/,
    code: (real, fake, alpha) =>
      right(real, fake, 0).add(squares(real).add(squares(fake)).detach().mul(alpha)),
  },
];
