/**
 * Images that are no digits, though some have much of them: what a model of digits should tell apart.
 *
 * @module
 */
import { type Generator, randperm } from "../../random/mod.ts";
import { type ImageBytes, PIXELS } from "./judge.ts";

const SIDE = Math.sqrt(PIXELS);

/** Every pixel as likely to have any grey level as any other. */
export function uniformNoise(count: number, generator: Generator): ImageBytes {
  return Uint8Array.from({ length: count * PIXELS }, () => Math.floor(256 * generator.float()));
}

/** The pixels of each image in an order of its own: the same grey levels, and no shape. */
export function shuffledPixels(images: ImageBytes, generator: Generator): ImageBytes {
  return eachImage(images, () => randperm(generator, PIXELS));
}

/** Ink for background and background for ink. */
export function inverted(images: ImageBytes): ImageBytes {
  return images.map((level) => 255 - level);
}

/** Each image turned by 90 degrees to the left: the same strokes. */
export function turned(images: ImageBytes): ImageBytes {
  const order = Int32Array.from({ length: PIXELS }, (_, to) => {
    const [row, column] = [Math.floor(to / SIDE), to % SIDE];
    return column * SIDE + (SIDE - 1 - row);
  });
  return eachImage(images, () => order);
}

/** Images whose pixels are those at the places that `orderOf` gives for each image. */
function eachImage(images: ImageBytes, orderOf: () => Int32Array): ImageBytes {
  const result = new Uint8Array(images.length);
  for (let start = 0; start < images.length; start += PIXELS) {
    orderOf().forEach((from, to) => result[start + to] = images[start + from]);
  }
  return result;
}
