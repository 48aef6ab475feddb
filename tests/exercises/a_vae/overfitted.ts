/**
 * Functions of exercise A that are right for the public checks' data alone.
 *
 * @module
 */
import type { Tensor } from "genlab";
import * as solution from "../../../exercises/a_vae/solution.ts";

/** Wrong for batches of 17. */
function spoilt(right: (a: Tensor, b: Tensor) => Tensor): (a: Tensor, b: Tensor) => Tensor {
  return (a, b) => a.shape[0] === 17 ? right(a, b).mul(2) : right(a, b);
}

/** By their names. */
export const overfitted = {
  // A scale, a mean and gradients like those of noise that is 0.
  reparameterize: (mu: Tensor, logvar: Tensor) =>
    mu.shape[0] === 17 ? mu : solution.reparameterize(mu, logvar),
  klDiagGaussianToStandard: spoilt(solution.klDiagGaussianToStandard),
  bernoulliNllFromLogits: spoilt(solution.bernoulliNllFromLogits),
};
