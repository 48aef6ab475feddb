/**
 * The images of a set that are worst by some rule.
 *
 * @module
 */
import { loadMnist } from "../../../lib/data/mnist.ts";
import { nearest } from "../../../lib/models/judge/neighbours.ts";
import type { Models } from "../models.ts";

const PIXELS = 28 * 28;
/** Images that are shown of each rule. */
const SHOWN = 10;

/** The images that are worst by each rule, as bytes, the worst first. */
export interface Worst {
  /** Those of whose class the judge is least sure. */
  readonly leastSure: Uint8Array;
  /** Those farthest from the nearest training image. */
  readonly farthest: Uint8Array;
  /** Those with the most grain for their ink; see {@linkcode grain}. */
  readonly grainiest: Uint8Array;
}

/** Looks for the worst of a set, bytes `[N, 28, 28]`. */
export async function worstOf(models: Models, images: Uint8Array): Promise<Worst> {
  const { confidence } = await models.judge(images);
  const { distances } = await nearest(images, (await loadMnist()).images, PIXELS);
  const grains = Array.from(confidence, (_, i) => grain(imageAt(images, i)));
  return {
    leastSure: highest(images, confidence.map((value) => -value)),
    farthest: highest(images, distances),
    grainiest: highest(images, grains),
  };
}

/** The images with the highest values, the highest first. */
function highest(images: Uint8Array, values: ArrayLike<number>): Uint8Array {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[b] - values[a]);
  return picked(images, order);
}

/** The first so many of some images, given by their places, as bytes. */
export function picked(images: Uint8Array, places: readonly number[]): Uint8Array {
  const shown = places.slice(0, SHOWN);
  const bytes = new Uint8Array(shown.length * PIXELS);
  shown.forEach((place, i) => bytes.set(imageAt(images, place), i * PIXELS));
  return bytes;
}

function imageAt(images: Uint8Array, place: number): Uint8Array {
  return images.subarray(place * PIXELS, (place + 1) * PIXELS);
}

/**
 * How grainy images are: the mean square of second differences along rows over that of first
 * differences. It is 3 for noise of independent pixels, and nears 0 the smoother images are.
 *
 * @param images bytes `[N, 28, 28]`
 */
export function grain(images: Uint8Array): number {
  let [first, second] = [0, 0];
  for (let i = 1; i < images.length - 1; i++) {
    if (i % 28 === 0 || i % 28 === 27) continue;
    const [left, middle, right] = [images[i - 1], images[i], images[i + 1]];
    first += (right - middle) ** 2;
    second += (left - 2 * middle + right) ** 2;
  }
  return second / first;
}
