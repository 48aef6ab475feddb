/**
 * Gradients kept from becoming too long.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import { minimum } from "../tensor/functions.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * Gradients scaled down together, so that all their numbers as one vector are no longer than
 * `maxNorm`; shorter ones stay as they are. As `torch.nn.utils.clip_grad_norm_`, but nothing changes
 * in place: hand the result to an optimizer's `apply`.
 *
 * @throws {GenlabError} if there are no gradients, or `maxNorm` is no number above 0
 *
 * @example
 * ```ts
 * import { clipGradNorm, tensor } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [a, b] = clipGradNorm([tensor([3]), tensor([4])], 1);
 * assertAlmostEquals(await a.item(), 0.6, 1e-6);
 * assertAlmostEquals(await b.item(), 0.8, 1e-6);
 * ```
 */
export function clipGradNorm(gradients: readonly Tensor[], maxNorm: number): Tensor[] {
  if (gradients.length === 0 || !(maxNorm > 0)) {
    throw new GenlabError(
      `clipGradNorm: ${gradients.length} gradients and maxNorm ${maxNorm}; there is at least one, ` +
        "and maxNorm is above 0",
    );
  }
  const squares = gradients.map((gradient) => gradient.square().sum());
  const norm = squares.reduce((sum, square) => sum.add(square)).sqrt();
  // PyTorch's: a gradient of 0 is not divided by 0.
  const factor = minimum(norm.add(1e-6).pow(-1).mul(maxNorm), 1);
  return gradients.map((gradient) => gradient.mul(factor));
}
