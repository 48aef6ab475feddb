/**
 * Functions of exercise E that are right for the public checks' data alone.
 *
 * @module
 */
import type { Tensor } from "genlab";
import * as solution from "../../../exercises/e_ebm/solution.ts";
import type { Energy } from "../../../exercises/e_ebm/solution.ts";

/** Wrong for batches of 17. */
const spoilt = (x: Tensor, result: Tensor) => x.shape[0] === 17 ? result.mul(2) : result;

/** By their names. */
export const overfitted = {
  inputGradient: (energy: Energy, x: Tensor) => spoilt(x, solution.inputGradient(energy, x)),
  langevinStep: (...args: Parameters<typeof solution.langevinStep>) =>
    spoilt(args[1], solution.langevinStep(...args)),
  clampToBounds: (x: Tensor, lo: number, hi: number) =>
    spoilt(x, solution.clampToBounds(x, lo, hi)),
  contrastiveLoss: (real: Tensor, fake: Tensor, alpha: number) =>
    spoilt(real, solution.contrastiveLoss(real, fake, alpha)),
};
