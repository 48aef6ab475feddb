/**
 * Langevin chains of images.
 *
 * @module
 */
import {
  type Energy,
  IMAGE_CHAIN,
  langevin,
  type LangevinOptions,
} from "../../lib/models/ebm/process/langevin.ts";
import { noiseBank, noiseTable } from "../../lib/models/ebm/process/noise.ts";
import type { Generator } from "../../lib/random/mod.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { toBytes } from "../sample/files.ts";

/** What differs from chain to chain. */
export interface ImageChainOptions extends Pick<LangevinOptions, "steps"> {
  /** Standard deviation of what a step adds; that of training by default. */
  readonly noiseScale?: number;
  /** Where the noise comes from, by a table: noise of its own for each step would take gigabytes. */
  readonly generator: Generator;
}

/**
 * Where chains of images are after all their steps, as bytes `[N, 28, 28]`.
 *
 * @param energy of images in [-1, 1], `[N, 1, 28, 28]`
 * @param start where they start, in that shape
 */
export async function imageChains(
  energy: Energy,
  start: Tensor,
  { steps, noiseScale = IMAGE_CHAIN.noiseScale, generator }: ImageChainOptions,
): Promise<Uint8Array> {
  const noise = noiseBank(noiseTable(start.shape.slice(1), generator), generator);
  const end = await langevin(energy, start, { ...IMAGE_CHAIN, noiseScale, steps, noise });
  return toBytes(await end.data());
}
