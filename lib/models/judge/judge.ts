/**
 * What a classifier has to say of images: their classes, and features in which sets of them are
 * compared.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";
import { compile } from "../../runtime/compile.ts";
import { tensor } from "../../tensor/creation.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LeNet } from "../lenet.ts";

/** Images of 28 x 28 pixels, as bytes from 0 (background) to 255 (ink), `[N, 28, 28]`. */
export type ImageBytes = Uint8Array;

/** Pixels of an image. */
export const PIXELS = 28 * 28;
/** Features of an image. */
export const FEATURES = 84;
/** Images that are judged at once. */
const BATCH = 500;

/** What is found in images. */
export interface Judgement {
  /** The likeliest class of each, `[N]`. */
  readonly classes: Int32Array;
  /** The probability of that class, `[N]`. */
  readonly confidence: Float32Array;
  /** Features, `[N, 84]`. */
  readonly features: Float32Array;
}

/**
 * Has a classifier look at images.
 *
 * @throws {ShapeError} if the bytes are no whole number of images, or there are none
 *
 * @example
 * ```ts
 * import { LeNet } from "../lenet.ts";
 * import { judge } from "./judge.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { classes, features } = await judge(new LeNet(), new Uint8Array(3 * 28 * 28));
 * assertEquals([classes.length, features.length], [3, 3 * 84]);
 * ```
 */
export async function judge(lenet: LeNet, images: ImageBytes): Promise<Judgement> {
  const count = images.length / PIXELS;
  if (!Number.isSafeInteger(count) || count === 0) {
    throw new ShapeError(
      `judge: ${images.length} bytes are not images of 28 by 28 pixels; give [N, 28, 28] bytes`,
    );
  }
  const look = compile((images: Tensor) => {
    const features = lenet.features(images.to("float32").div(255).unsqueeze(1));
    const probabilities = lenet.fc3.forward(features).softmax(1);
    return {
      features,
      classes: probabilities.argmax(1),
      confidence: probabilities.amax(1),
    };
  });
  const judgement = {
    classes: new Int32Array(count),
    confidence: new Float32Array(count),
    features: new Float32Array(count * FEATURES),
  };
  for (let start = 0; start < count; start += BATCH) {
    const size = Math.min(BATCH, count - start);
    const bytes = images.slice(start * PIXELS, (start + size) * PIXELS);
    const found = await look(tensor(bytes, { shape: [size, 28, 28] }));
    judgement.classes.set(await found.classes.data(), start);
    judgement.confidence.set(await found.confidence.data(), start);
    judgement.features.set(await found.features.data(), start * FEATURES);
  }
  return judgement;
}

/**
 * The fraction of images taken for what they are meant to be.
 *
 * @param classes what they are taken for, `[N]`
 * @param labels what they are meant to be, `[N]`
 * @throws {ShapeError} if there is not one label for each image
 */
export function agreement(classes: ArrayLike<number>, labels: ArrayLike<number>): number {
  if (classes.length !== labels.length) {
    throw new ShapeError(
      `agreement: ${classes.length} images have ${labels.length} labels; give one for each`,
    );
  }
  let equal = 0;
  for (let i = 0; i < labels.length; i++) if (classes[i] === labels[i]) equal++;
  return equal / labels.length;
}
