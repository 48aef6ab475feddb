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

/** Pixels to an inch at which one unit of an SVG is one pixel. */
const SVG_DENSITY = 72;

/**
 * Draws an SVG on white as PNG, with `scale` pixels for one of its units. Text in it must already be
 * outlines: no fonts are looked for.
 */
export async function svgToPng(svg: string, scale: number): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const picture = sharp(Buffer.from(svg), { density: scale * SVG_DENSITY });
  return new Uint8Array(await picture.flatten({ background: "white" }).png().toBuffer());
}
