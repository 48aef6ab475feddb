/**
 * The loss of a shipped DDPM on test digits.
 *
 * @module
 */
import { noiseLoss } from "../../../lib/models/ddpm/process/forward.ts";
import type { Setting } from "../claim.ts";
import type { DdpmName } from "../models.ts";

/** Digits that are looked at at once: they take memory. */
const BATCH = 100;

/** The loss of each of the first test digits, each at one random time and told its class. */
export async function digitLosses(
  { models, generator }: Setting,
  count: number,
  name?: DdpmName,
): Promise<number[]> {
  const { unet, alphaBars } = await models.ddpm(name);
  const test = await models.testDigits();
  const found: number[] = [];
  for (let first = 0; first < count; first += BATCH) {
    const chosen = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => first + i);
    const { images, labels } = test.batch(chosen);
    const x0 = images.reshape(chosen.length, 1, 28, 28).mul(2).sub(1);
    const { losses } = noiseLoss(unet, x0, labels, { alphaBars, labelDropout: 0, generator });
    found.push(...await losses.data());
  }
  return found;
}
