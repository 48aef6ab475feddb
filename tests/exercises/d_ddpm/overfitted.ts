/**
 * Functions of exercise D that are right for the public checks' data alone.
 *
 * @module
 */
import type { Tensor } from "genlab";
import * as solution from "../../../exercises/d_ddpm/solution.ts";

/** A function with a result that is wrong for some arguments. */
function spoilt<A extends readonly unknown[]>(
  right: (...args: A) => Tensor,
  isUnseen: (...args: A) => boolean,
): (...args: A) => Tensor {
  return (...args) => isUnseen(...args) ? right(...args).mul(1.01) : right(...args);
}

const isLong = (list: Tensor) => list.size === 71;
const isWide = (x: Tensor) => x.shape[0] === 17;

/** By their names. */
export const overfitted = {
  linearBetas: spoilt(solution.linearBetas, (T) => T === 71),
  cosineBetas: spoilt(solution.cosineBetas, (T) => T === 71),
  alphaBars: spoilt(solution.alphaBars, isLong),
  posteriorVariance: spoilt(solution.posteriorVariance, isLong),
  snr: spoilt(solution.snr, isLong),
  qSample: spoilt(solution.qSample, isWide),
  reverseMean: spoilt(solution.reverseMean, isWide),
  timeEmbedding: spoilt(solution.timeEmbedding, (_t, dim) => dim === 10),
  epsilonLoss: spoilt(solution.epsilonLoss, isWide),
  guidedEpsilon: spoilt(solution.guidedEpsilon, isWide),
  ddimStep: spoilt(solution.ddimStep, isWide),
};
