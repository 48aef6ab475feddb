/**
 * The loss of a shipped DDPM on test digits.
 *
 * @module
 */
import { noiseLoss } from "../../../lib/models/ddpm/process/forward.ts";
import type { Setting } from "../claim.ts";
import type { DdpmName } from "../models.ts";

/** The loss of each of the first test digits, each at one random time and told its class. */
export async function digitLosses(
  { models, generator }: Setting,
  count: number,
  name?: DdpmName,
): Promise<number[]> {
  const { unet, alphaBars } = await models.ddpm(name);
  const test = await models.testDigits();
  const { images, labels } = test.batch(Array.from({ length: count }, (_, i) => i));
  const x0 = images.reshape(count, 1, 28, 28).mul(2).sub(1);
  const { losses } = noiseLoss(unet, x0, labels, { alphaBars, labelDropout: 0, generator });
  return Array.from(await losses.data());
}
