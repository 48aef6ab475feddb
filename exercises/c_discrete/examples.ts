/**
 * What the model of exercise C recovers: pixel accuracies, and a picture to see them by.
 *
 * @module
 */
import type { TinyDiscreteDenoiser } from "../../lib/models/discrete.ts";
import { imageGrid, toImages } from "../../lib/plot/mod.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";

/** How well clean images were recovered. */
export interface Denoising {
  /** The fraction of pixels in which xₜ agrees with x₀: what doing nothing achieves. */
  readonly accuracyIn: number;
  /** The fraction of pixels in which the prediction agrees with x₀. */
  readonly accuracyOut: number;
  /** A PNG: a row for each example with x₀, xₜ and the prediction. */
  readonly picture: Uint8Array;
}

/**
 * Compares the model's most likely states with the clean images, and draws the first few.
 *
 * @param x0 clean images, int32 `[B, 28, 28]`
 * @param xt the same images corrupted at level t, int32 `[B, 28, 28]`
 * @param t the noise level, 1 to T
 * @param n how many examples are drawn; at most all of them
 *
 * @example
 * ```ts
 * import { TinyDiscreteDenoiser } from "../../lib/models/discrete.ts";
 * import { zeros } from "genlab";
 * import { showDenoisingExamples } from "./examples.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const x0 = zeros([2, 28, 28], { dtype: "int32" });
 * const { accuracyIn } = await showDenoisingExamples(new TinyDiscreteDenoiser(2, 10), x0, x0, 10);
 * assertEquals(accuracyIn, 1);
 * ```
 */
export async function showDenoisingExamples(
  model: TinyDiscreteDenoiser,
  x0: Tensor,
  xt: Tensor,
  t: number,
  n = 8,
): Promise<Denoising> {
  const xhat = model.forward(xt, t).argmax(1);
  const accuracyIn = await xt.eq(x0).to("float32").mean().item();
  const accuracyOut = await xhat.eq(x0).to("float32").mean().item();

  const [B, height, width] = x0.shape;
  const shown = Math.min(n, B);
  const columns = await Promise.all([x0, xt, xhat].map(async (images) => {
    const data = await images.narrow(0, 0, shown).data();
    return toImages(data, { height, width, range: [0, model.K - 1] });
  }));
  const picture = await imageGrid({
    rows: Array.from({ length: shown }, (_, row) => columns.map((images) => images[row])),
    scale: 6,
    columnTitles: ["clean x₀", `corrupted xₜ (t=${t})`, "predicted x̂₀"],
  });
  return { accuracyIn, accuracyOut, picture };
}
