/**
 * From pixels and from SVG to PNG bytes, through sharp. sharp is loaded on the first picture, so
 * that programs which draw none do not pay for it.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** An 8-bit grey picture: row-major pixels, 0 black to 255 white. */
export interface GreyPixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Encodes grey pixels as PNG, with an SVG of the same size drawn over them if one is given. */
export async function greyToPng(pixels: GreyPixels, overlay?: string): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const { data, width, height } = pixels;
  const picture = sharp(data, { raw: { width, height, channels: 1 } });
  if (overlay !== undefined) picture.composite([{ input: Buffer.from(overlay) }]).removeAlpha();
  return new Uint8Array(await picture.toColourspace("b-w").png().toBuffer());
}

/** Draws an SVG on white as PNG. Text in it must already be outlines: no fonts are looked for. */
export async function svgToPng(svg: string): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  return new Uint8Array(
    await sharp(Buffer.from(svg)).flatten({ background: "white" }).png().toBuffer(),
  );
}
