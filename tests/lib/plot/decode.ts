/**
 * Reading a PNG back, for the tests of pictures.
 *
 * @module
 */

import sharp from "sharp";

/** A decoded picture; `at` gives the values of one pixel: one for grey, three for colours. */
export interface Decoded {
  width: number;
  height: number;
  /** The channels of the file, a transparency channel included. */
  channels: number;
  at(x: number, y: number): number[];
  /** The number of pixels in a rectangle, the whole picture unless given, that `test` accepts. */
  count(test: (pixel: number[]) => boolean, rectangle?: Rectangle): number;
}

/** A part of a picture, the right and lower edge not included. */
export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Decodes a PNG. */
export async function decode(png: Uint8Array): Promise<Decoded> {
  const { space, channels } = await sharp(png).metadata();
  const { data, info } = await sharp(png)
    .toColourspace(space)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const at = (x: number, y: number) => {
    const start = (y * width + x) * info.channels;
    return [...data.subarray(start, start + info.channels)];
  };
  const count: Decoded["count"] = (test, rectangle) => {
    const { left, top, right, bottom } = rectangle ??
      { left: 0, top: 0, right: width, bottom: height };
    let found = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) if (test(at(x, y))) found++;
    }
    return found;
  };
  return { width, height, channels, at, count };
}

/** Whether a pixel is clearly darker than white. */
export function isInk(pixel: number[]): boolean {
  return pixel[0] < 128;
}
