/**
 * Text as outlines. The font comes with the project (DejaVu Sans, from npm), so a picture has the
 * same letters, subscripts and hats on every machine, with or without fonts installed.
 *
 * This module parses the font when it is loaded (tens of milliseconds): import it dynamically.
 *
 * @module
 */

import dejaVuSans from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf" with { type: "bytes" };
// @ts-types="@types/opentype.js"
import opentype from "opentype.js";

const font = opentype.parse(dejaVuSans.buffer, { lowMemory: true });

/** Height of a lower-case x: where the font's own accents are made to sit, in font units. */
const xHeight = font.charToGlyph("x").getBoundingBox().y2;

/** Which point of the text `x` names. */
export type TextAnchor = "start" | "middle" | "end";

/** Subscripts are drawn as the plain character, smaller and lower (fractions of the font size). */
const SUBSCRIPT = { pattern: /[\u1d62-\u1d6a\u2080-\u209c\u2c7c]/, scale: 0.7, drop: 0.15 };

/** A glyph, the place of its origin in font units (y upwards), and its size relative to the rest. */
interface PlacedGlyph {
  glyph: opentype.Glyph;
  x: number;
  y: number;
  scale: number;
}

/**
 * Sets one line: glyphs from left to right, combining marks (the hat of x̂) centred over the ink of
 * the letter before them and lifted by as much as that letter is taller than an x.
 */
function layOut(text: string): { glyphs: PlacedGlyph[]; width: number } {
  const glyphs: PlacedGlyph[] = [];
  let width = 0;
  let base = { centre: 0, top: xHeight };
  for (const character of text.normalize("NFC").replace(/\s/g, " ")) {
    const lowered = SUBSCRIPT.pattern.test(character);
    const glyph = font.charToGlyph(lowered ? character.normalize("NFKC") : character);
    const box = glyph.getBoundingBox();
    const centre = (box.x1 + box.x2) / 2;
    if (/\p{Mark}/u.test(character)) {
      const lift = box.y1 >= xHeight ? Math.max(0, base.top - xHeight) : 0;
      glyphs.push({ glyph, x: base.centre - centre, y: lift, scale: 1 });
    } else {
      const scale = lowered ? SUBSCRIPT.scale : 1;
      glyphs.push({ glyph, x: width, y: lowered ? -SUBSCRIPT.drop * font.unitsPerEm : 0, scale });
      base = { centre: width + centre, top: box.y2 };
      width += (glyph.advanceWidth ?? 0) * scale;
    }
  }
  return { glyphs, width };
}

/**
 * The width of one line of text in pixels, for a font size in pixels.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { textWidth } from "./text.ts";
 *
 * assert(textWidth("corrupted", 16) > textWidth("clean", 16));
 * ```
 */
export function textWidth(text: string, size: number): number {
  return layOut(text).width * size / font.unitsPerEm;
}

/**
 * The outline of one line of text as SVG path data. `x` and `y` are the pixel coordinates of the
 * anchor on the baseline; `size` is the font size in pixels.
 */
export function textOutline(
  text: string,
  { x, y, size, anchor = "start" }: { x: number; y: number; size: number; anchor?: TextAnchor },
): string {
  const { glyphs, width } = layOut(text);
  const scale = size / font.unitsPerEm;
  const shift = { start: 0, middle: 0.5, end: 1 }[anchor] * width * scale;
  return glyphs.map((placed) => {
    const left = x - shift + placed.x * scale;
    return pathData(placed.glyph.getPath(left, y - placed.y * scale, size * placed.scale));
  }).join("");
}

/**
 * A path as SVG. Not `Path.toPathData`: in opentype.js 2.0.0 it runs a small negative number, which
 * it rounds to 0, into the number before it.
 */
function pathData({ commands }: opentype.Path): string {
  return commands.map((command) => command.type + coordinates(command).map(decimal).join(" "))
    .join("");
}

function coordinates(command: opentype.PathCommand): number[] {
  switch (command.type) {
    case "M":
    case "L":
      return [command.x, command.y];
    case "Q":
      return [command.x1, command.y1, command.x, command.y];
    case "C":
      return [command.x1, command.y1, command.x2, command.y2, command.x, command.y];
    case "Z":
      return [];
  }
}

function decimal(value: number): string {
  return value.toFixed(2);
}

/**
 * Breaks a text between words into lines at most `width` pixels wide. A word wider than that gets
 * a line of its own.
 */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of words(text)) {
    const joined = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(joined, size) <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

/** The width in pixels of the widest word in `texts`: no narrower column can hold them. */
export function widestWord(texts: readonly string[], size: number): number {
  return Math.max(0, ...texts.flatMap(words).map((word) => textWidth(word, size)));
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
