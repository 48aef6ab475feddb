/**
 * What energies are trained by.
 *
 * @module
 */
import type { Tensor } from "../../../tensor/tensor.ts";

/** The loss and its parts, each a scalar. */
export interface EnergyLoss {
  /** gap + alpha squares. */
  readonly loss: Tensor;
  /** The mean energy of data less that of samples. */
  readonly gap: Tensor;
  /** The mean square of the energies of data, and that of samples, added up. */
  readonly squares: Tensor;
}

/**
 * The loss of Du & Mordatch 2019, section 3.3:
 *
 *     mean E(x+) - mean E(x-) + alpha (mean E(x+)² + mean E(x-)²)
 *
 * The first two are the gradient of the negative log-likelihood, if samples are those of the model
 * (Hinton 2002); the squares keep energies, which have no zero of their own, from drifting away. A gap
 * near 0 says that samples and data are alike to this energy, and not that training has converged.
 *
 * @param real energies of data, `[B]`
 * @param fake energies of samples, `[M]`, which must be detached from the chain that made them
 * @param alpha weight of the squares
 *
 * @example
 * ```ts
 * import { energyLoss } from "./loss.ts";
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const { loss, gap } = energyLoss(tensor([-2, 0]), tensor([2]), 0.5);
 * assertEquals(await gap.item(), -3);
 * assertEquals(await loss.item(), 0);
 * ```
 */
export function energyLoss(real: Tensor, fake: Tensor, alpha: number): EnergyLoss {
  const gap = real.mean().sub(fake.mean());
  const squares = real.square().mean().add(fake.square().mean());
  return { loss: gap.add(squares.mul(alpha)), gap, squares };
}
