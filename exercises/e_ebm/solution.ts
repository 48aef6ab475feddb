/**
 * Exercise E: what an energy-based model is sampled and trained with.
 *
 * An energy gives every x one number, low where data are and high elsewhere. It stands for the
 * density p(x) = exp(-E(x)) / Z, of which nobody can compute Z. Langevin dynamics samples from it all
 * the same, with nothing but the gradient of E with respect to x. Write the functions for any batch
 * size B and any shape of the examples.
 *
 * @module
 */
import { grad, type Tensor } from "genlab";

/** An energy: it takes a batch `[B, ...]` and gives one number for each example, `[B]`. */
export type Energy = (x: Tensor) => Tensor;

/**
 * The gradient of each example's energy with respect to that example.
 *
 * @param energy what is differentiated; call it as `energy(x)`
 * @param x a batch `[B, ...]`
 * @returns dE/dx in the shape of x: row i is the gradient of the energy of example i alone
 *
 * @example The energy |x|² has the slope 2x
 * ```ts
 * import { type Tensor, tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const energy = (x: Tensor) => x.square().sum(1);
 * const slope = inputGradient(energy, tensor([[3, -1], [0, 2]]));
 * assertEquals(await slope.tolist(), [[6, -2], [0, 4]]);
 * ```
 */
export function inputGradient(energy: Energy, x: Tensor): Tensor {
  // 1. grad differentiates a single number, and there are B energies. No example's energy depends on
  //    another example: which single number has all their gradients at once, and as they are?
  // 2. grad gives an array, with one gradient for each tensor it is asked for.
  // BEGIN SOLUTION
  const [slope] = grad(energy(x).sum(), [x]);
  return slope;
  // END SOLUTION
}

/**
 * One step of Langevin dynamics: stepSize times the gradient down the energy, and noiseScale times
 * the noise. The result is detached: what it was computed from is let go, so that no gradient of a
 * later loss flows back through the chain, to x or into the energy.
 *
 * @param energy what the chain goes down
 * @param x where the chains are `[B, ...]`, one for each example
 * @param stepSize eta, at least 0
 * @param noiseScale the standard deviation of what is added, at least 0; stepSize has no part in it
 * @param noise standard normal noise in the shape of x, drawn by whoever calls
 * @returns where the chains are next, in the shape of x; whether that is within any bounds is not
 * this function's business
 *
 * @example Half way down to the lowest point, without noise
 * ```ts
 * import { type Tensor, tensor, zeros } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const energy = (x: Tensor) => x.square().sum(1).mul(0.5);
 * const next = langevinStep(energy, tensor([[4], [-2]]), 0.5, 0.1, zeros([2, 1]));
 * assertEquals(await next.tolist(), [[2], [-1]]);
 * ```
 */
export function langevinStep(
  energy: Energy,
  x: Tensor,
  stepSize: number,
  noiseScale: number,
  noise: Tensor,
): Tensor {
  // 1. The gradient of the energy at x, from your inputGradient.
  // 2. From x, downhill; then the noise that was given.
  // 3. Detach the result.
  // BEGIN SOLUTION
  const slope = inputGradient(energy, x);
  const next = x.sub(slope.mul(stepSize)).add(noise.mul(noiseScale));
  return next.detach();
  // END SOLUTION
}

/**
 * Values brought back into the bounds: what lies outside comes to the nearest bound, and what lies
 * inside stays as it is. As a function of x it has slope 1 inside and 0 outside.
 *
 * @param x values of any shape
 * @param lo the lower bound
 * @param hi the upper bound, larger than lo
 *
 * @example Pixels from -1 to 1
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const pixels = clampToBounds(tensor([-3, -0.5, 0.25, 7]), -1, 1);
 * assertEquals(await pixels.tolist(), [-1, -0.5, 0.25, 1]);
 * ```
 */
export function clampToBounds(x: Tensor, lo: number, hi: number): Tensor {
  // Tensors have a method for exactly this.
  // BEGIN SOLUTION
  return x.clamp(lo, hi);
  // END SOLUTION
}

/**
 * The loss that presses the energies of data down and those of samples up, and keeps both near 0
 * (Du and Mordatch 2019): the mean energy of data less that of samples, plus alpha times the sum of
 * both mean squares.
 *
 * @param energyReal energies of data `[B]`
 * @param energyFake energies of samples `[M]`; M need not be B
 * @param alpha weight of the squares, at least 0
 * @returns a scalar, `[]`
 *
 * @example Data one below 0, samples one above
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const loss = contrastiveLoss(tensor([-1, -1]), tensor([1]), 0.25);
 * assertEquals(await loss.item(), -1.5);
 * ```
 */
export function contrastiveLoss(energyReal: Tensor, energyFake: Tensor, alpha: number): Tensor {
  // 1. How far the mean energy of data is above that of samples.
  // 2. The mean of the squared energies, of data and of samples.
  // 3. Both together, the second with weight alpha.
  // BEGIN SOLUTION
  const gap = energyReal.mean().sub(energyFake.mean());
  const squares = energyReal.square().mean().add(energyFake.square().mean());
  return gap.add(squares.mul(alpha));
  // END SOLUTION
}
