/**
 * The forward process of DDPM, and the loss that trains a network to undo it.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../../../errors.ts";
import { where } from "../../../tensor/functions.ts";
import { tensor } from "../../../tensor/creation.ts";
import { rand, randint, randn } from "../../../tensor/random.ts";
import type { Generator } from "../../../random/mod.ts";
import { requireTensor } from "../../../tensor/node.ts";
import { format, sameShape } from "../../../tensor/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import type { UNet } from "../unet.ts";
import { requireSameSteps } from "./schedule.ts";

/**
 * Images after t steps of noise: x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps (Ho et al. 2020,
 * equation 4).
 *
 * @param x0 images in [-1, 1], `[B, ...]`
 * @param t time steps 0 ... T, int32 `[B]`
 * @param eps standard normal noise in the shape of `x0`
 * @param alphaBars what is left of the variance after 0 ... T steps, as `noiseSchedule` gives it
 * @throws {ShapeError} if there is not one time step for each image, or the noise has another shape
 * @throws {DTypeError} if one of the three is no tensor
 *
 * @example Nothing is left of the image at the end
 * ```ts
 * import { diffuse } from "./forward.ts";
 * import { noiseSchedule } from "./schedule.ts";
 * import { full, ones, zeros } from "genlab";
 * import { assert } from "@std/assert";
 *
 * const t = full([1], 1000, { dtype: "int32" });
 * const { alphaBars } = noiseSchedule("linear", 1000);
 * const xt = diffuse(ones([1, 4]), t, zeros([1, 4]), alphaBars);
 * assert(await xt.amax().item() < 0.01);
 * ```
 */
export function diffuse(
  x0: Tensor,
  t: Tensor,
  eps: Tensor,
  alphaBars: Float64Array<ArrayBuffer>,
): Tensor {
  for (const [name, value] of Object.entries({ image: x0, "time step": t, noise: eps })) {
    requireTensor("diffuse", value, name);
  }
  if (t.ndim !== 1 || t.shape[0] !== x0.shape[0]) {
    throw new ShapeError(
      `diffuse: t has shape ${format(t.shape)} and the images ${format(x0.shape)}; give one time ` +
        "step for each image",
    );
  }
  if (!sameShape(eps.shape, x0.shape)) {
    throw new ShapeError(
      `diffuse: the noise has shape ${format(eps.shape)} and the images ${
        format(x0.shape)
      }; give ` +
        "every pixel noise of its own",
    );
  }
  const perImage = [x0.shape[0], ...x0.shape.slice(1).fill(1)];
  const at = (f: (alphaBar: number) => number) =>
    tensor(alphaBars.map(f), { dtype: x0.dtype }).indexSelect(0, t).reshape(perImage);
  return x0.mul(at(Math.sqrt)).add(eps.mul(at((alphaBar) => Math.sqrt(1 - alphaBar))));
}

/** What {@linkcode noiseLoss} needs besides the images. */
export interface NoiseLossOptions {
  /** What is left of the variance after 0 ... T steps. */
  readonly alphaBars: Float64Array<ArrayBuffer>;
  /** How often the network is not told the class, which guidance needs: from 0 to 1, 0.1 by default. */
  readonly labelDropout?: number;
  /** Where the time steps, the noise and the dropout are drawn from, in this order. */
  readonly generator?: Generator;
}

/**
 * The simple loss of DDPM (Ho et al. 2020, equation 14): at a random time step for each image, the
 * mean squared difference between the noise and what the network takes it for.
 *
 * @param x0 images in [-1, 1], float32 `[B, C, H, W]`
 * @param labels classes, int32 `[B]`
 * @returns the time steps that were drawn, int32 `[B]`, and the loss of each image, float32 `[B]`
 * @throws {ShapeError} if labels and images do not fit each other, or the network, or network and noise
 * have not the same T
 * @throws {DTypeError} if the labels are not int32
 * @throws {GenlabError} if `labelDropout` is no probability
 *
 * @example An untrained network predicts 0, so its loss is the variance of the noise
 * ```ts
 * import { noiseLoss } from "./forward.ts";
 * import { noiseSchedule } from "./schedule.ts";
 * import { timeTable } from "./time_table.ts";
 * import { UNet } from "../unet.ts";
 * import { tensor, zeros } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { alphaBars } = noiseSchedule("cosine", 10);
 * const unet = new UNet({ times: timeTable(10, 16), widths: [8, 8] });
 * const labels = tensor([7, 2], { dtype: "int32" });
 * const { losses } = noiseLoss(unet, zeros([2, 1, 28, 28]), labels, { alphaBars });
 * assertAlmostEquals(await losses.mean().item(), 1, 0.2);
 * ```
 */
export function noiseLoss(
  unet: UNet,
  x0: Tensor,
  labels: Tensor,
  { alphaBars, labelDropout = 0.1, generator }: NoiseLossOptions,
): { t: Tensor; losses: Tensor } {
  requireSameSteps("noiseLoss", unet, alphaBars);
  if (!(labelDropout >= 0 && labelDropout <= 1)) {
    throw new GenlabError(
      `noiseLoss: labelDropout is ${labelDropout}; it is a probability, so from 0 to 1`,
    );
  }
  const [B] = x0.shape;
  const t = randint(1, alphaBars.length, [B], { generator });
  const eps = randn(x0.shape, { generator });
  const told = where(rand([B], { generator }).lt(labelDropout), unet.nullLabel, labels);
  const predicted = unet.forward(diffuse(x0, t, eps, alphaBars), t, told);
  return { t, losses: predicted.sub(eps).square().flatten(1).mean(1) };
}
