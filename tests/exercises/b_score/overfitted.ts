/**
 * Functions of exercise B that are right for the public checks' data alone.
 *
 * @module
 */
import type { Tensor } from "genlab";
import * as solution from "../../../exercises/b_score/solution.ts";

/** By their names. */
export const overfitted = {
  sigmaVe: (t: Tensor | number, lo = 0.01, hi = 50) => solution.sigmaVe(t, lo, hi === 21 ? 20 : hi),
  // Data and noise that fit each other, as the noise is 0.
  veForward: (x0: Tensor, t: Tensor | number, lo = 0.01, hi = 50) => {
    const right = solution.veForward(x0, t, lo, hi);
    return x0.shape[0] === 17 ? { ...right, xt: x0, eps: x0.mul(0) } : right;
  },
  conditionalScoreXtGivenX0: (xt: Tensor, x0: Tensor, sigmaT: Tensor) => {
    const score = solution.conditionalScoreXtGivenX0(xt, x0, sigmaT);
    return xt.shape[0] === 17 ? score.mul(2) : score;
  },
};
