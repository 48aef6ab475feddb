/**
 * Grids of grey images with titles: samples by class, an image at rising noise levels, an input
 * beside its reconstruction.
 *
 * @module
 */

import { GenlabError, ShapeError } from "../errors.ts";
import { type Image, isCount } from "./image.ts";
import { type GreyPixels, greyToPng } from "./png.ts";

/** What `imageGrid` draws. */
export interface GridOptions {
  /** The images, row by row, all of one size. A row may be shorter than the others. */
  rows: readonly (readonly Image[])[];
  /** A title centred over each column; long ones are broken between words. */
  columnTitles?: readonly string[];
  /** A title to the left of each row. */
  rowTitles?: readonly string[];
  /** A title over the whole picture. */
  title?: string;
  /** Screen pixels for one image pixel, a positive integer; 4 unless given. */
  scale?: number;
}

/** Sizes in pixels. */
const MARGIN = 16;
const GAP = 8;
const TITLE_SIZE = 18;
const LABEL_SIZE = 15;
const LINE_HEIGHT = 1.35;
/** Half the height of a capital in DejaVu Sans, as a fraction of the font size. */
const HALF_CAPITAL = 0.365;
/** Below the SVG renderer's limit of 32,767, and so that width x height stays within sharp's. */
const MAX_SIDE = 16_000;

/** One line of text: `x` is its centre (its right end in row titles), `y` its baseline. */
interface Label {
  text: string;
  x: number;
  y: number;
  size: number;
  anchor: "middle" | "end";
}

/** Where everything goes, in pixels of the picture. */
interface Layout {
  width: number;
  height: number;
  /** Top left corner of the image in a row and column. */
  corner(row: number, column: number): { x: number; y: number };
  labels: Label[];
}

/**
 * Draws rows of grey images as a PNG, each image pixel a crisp square of `scale` pixels, on white.
 * Titles may hold any mathematics that Unicode has: "x₀", "x̂₀", "σ = 0.5".
 *
 * @returns the bytes of the PNG (8-bit grey)
 * @throws {ShapeError} when there is nothing to draw, images differ in size, the number of titles
 * does not fit, or the picture would be wider or higher than 16,000 pixels
 * @throws {GenlabError} when a pixel is not a number, or a range is empty
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageGrid } from "./grid.ts";
 * import { toImages, toRows } from "./image.ts";
 *
 * const images = toImages(new Float32Array(6 * 28 * 28), { width: 28, height: 28 });
 * const png = await imageGrid({ rows: toRows(images, 3), columnTitles: ["x₀", "xₜ", "x̂₀"] });
 * assertEquals(png.slice(1, 4), new TextEncoder().encode("PNG"));
 * ```
 */
export async function imageGrid(options: GridOptions): Promise<Uint8Array> {
  checkOptions(options);
  const { rows, scale = 4 } = options;
  const hasText = options.title || options.columnTitles || options.rowTitles;
  const text = hasText ? await import("./text.ts") : undefined;
  const layout = layOut(options, text);
  const { width, height, labels } = layout;
  if (width > MAX_SIDE || height > MAX_SIDE) {
    throw new ShapeError(
      `imageGrid: the picture would be ${width} x ${height} pixels, and ${MAX_SIDE} is the most ` +
        `for a side: lower the scale (now ${scale}) or draw fewer images.`,
    );
  }
  const pixels = { data: new Uint8Array(width * height).fill(255), width, height };
  rows.forEach((images, row) =>
    images.forEach((image, column) => {
      paint(pixels, image, layout.corner(row, column), scale, `row ${row}, column ${column}`);
    })
  );
  if (!text) return greyToPng(pixels);
  const outlines = labels.map((label) => text.textOutline(label.text, label)).join("");
  return greyToPng(
    pixels,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
      `<path d="${outlines}"/></svg>`,
  );
}

function layOut(options: GridOptions, text?: typeof import("./text.ts")): Layout {
  const { rows, columnTitles = [], rowTitles = [], title = "", scale = 4 } = options;
  const columns = Math.max(...rows.map((row) => row.length));
  const first = rows.flat()[0];
  const imageWidth = first.width * scale;
  const imageHeight = first.height * scale;

  const cellWidth = Math.max(
    imageWidth,
    Math.ceil(text?.widestWord(columnTitles, LABEL_SIZE) ?? 0),
  );
  const rowTitleWidths = rowTitles.map((rowTitle) => text?.textWidth(rowTitle, LABEL_SIZE) ?? 0);
  const left = rowTitles.length > 0 ? Math.ceil(Math.max(...rowTitleWidths)) + GAP : 0;
  const cells = columns * (cellWidth + GAP) - GAP;
  const content = Math.max(left + cells, Math.ceil(text?.widestWord([title], TITLE_SIZE) ?? 0));
  const width = content + 2 * MARGIN;
  const x0 = MARGIN + Math.floor((content - left - cells) / 2) + left;

  const titleLines = text?.wrapText(title, content, TITLE_SIZE) ?? [];
  const columnLines = columnTitles.map((columnTitle) =>
    text?.wrapText(columnTitle, cellWidth, LABEL_SIZE) ?? []
  );
  const titleHeight = blockHeight(titleLines.length, TITLE_SIZE);
  const headHeight = blockHeight(Math.max(0, ...columnLines.map((l) => l.length)), LABEL_SIZE);
  const y0 = MARGIN + titleHeight + headHeight;

  const corner = (row: number, column: number) => ({
    x: x0 + column * (cellWidth + GAP) + Math.floor((cellWidth - imageWidth) / 2),
    y: y0 + row * (imageHeight + GAP),
  });
  const labels = [
    ...block(titleLines, width / 2, MARGIN + titleHeight, TITLE_SIZE),
    ...columnLines.flatMap((lines, i) =>
      block(lines, corner(0, i).x + imageWidth / 2, y0, LABEL_SIZE)
    ),
    ...rowTitles.map((rowTitle, i) => ({
      text: rowTitle,
      x: x0 - GAP,
      y: corner(i, 0).y + imageHeight / 2 + HALF_CAPITAL * LABEL_SIZE,
      size: LABEL_SIZE,
      anchor: "end" as const,
    })),
  ];
  const height = y0 + rows.length * (imageHeight + GAP) - GAP + MARGIN;
  return { width, height, corner, labels };
}

/** The height of a block of lines with the gap below it; no lines take no room. */
function blockHeight(lines: number, size: number): number {
  return lines === 0 ? 0 : Math.ceil(lines * size * LINE_HEIGHT) + GAP / 2;
}

/** Centred lines, the last one standing just above `bottom`. */
function block(lines: string[], x: number, bottom: number, size: number): Label[] {
  const lastBaseline = bottom - GAP / 2 - 0.35 * size;
  return lines.map((text, i) => {
    const y = lastBaseline - (lines.length - 1 - i) * size * LINE_HEIGHT;
    return { text, x, y, size, anchor: "middle" };
  });
}

/** Paints an image with its top left corner at (x, y), every pixel a square of side `scale`. */
function paint(
  target: GreyPixels,
  { data, width, height, range: [black, white] = [0, 1] }: Image,
  { x, y }: { x: number; y: number },
  scale: number,
  place: string,
): void {
  for (let row = 0; row < height; row++) {
    const start = (y + row * scale) * target.width + x;
    for (let column = 0; column < width; column++) {
      const value = data[row * width + column];
      if (Number.isNaN(value)) {
        throw new GenlabError(
          `imageGrid: the image at ${place} is NaN at pixel (${row}, ${column}): look for a ` +
            "division by zero or a diverged computation in what made it.",
        );
      }
      const grey = Math.round(255 * Math.min(1, Math.max(0, (value - black) / (white - black))));
      target.data.fill(grey, start + column * scale, start + (column + 1) * scale);
    }
    for (let copy = 1; copy < scale; copy++) {
      target.data.copyWithin(start + copy * target.width, start, start + width * scale);
    }
  }
}

function checkOptions({ rows, columnTitles, rowTitles, scale = 4 }: GridOptions): void {
  const first = rows.flat()[0];
  if (first === undefined) {
    throw new ShapeError("imageGrid: there are no images to draw: rows is empty.");
  }
  if (!isCount(scale)) {
    throw new ShapeError(`imageGrid: scale must be a positive integer, not ${scale}.`);
  }
  rows.forEach((images, row) =>
    images.forEach((image, column) => checkImage(image, first, `row ${row}, column ${column}`))
  );
  const columns = Math.max(...rows.map((row) => row.length));
  checkTitles("columnTitles", columnTitles, columns, "columns");
  checkTitles("rowTitles", rowTitles, rows.length, "rows");
}

function checkImage({ data, width, height, range }: Image, first: Image, place: string): void {
  if (!isCount(width) || !isCount(height) || data.length !== width * height) {
    throw new ShapeError(
      `imageGrid: the image at ${place} has ${data.length} values, which do not fill width ` +
        `${width} x height ${height} = ${width * height} pixels.`,
    );
  }
  if (width !== first.width || height !== first.height) {
    throw new ShapeError(
      `imageGrid: the image at ${place} is ${width} wide and ${height} high, the first one ` +
        `${first.width} and ${first.height}: the images of a grid must have one size.`,
    );
  }
  if (range && !(range[1] > range[0] && range.every(Number.isFinite))) {
    throw new GenlabError(
      `imageGrid: the image at ${place} has the range [${range}]: it must be ` +
        "[black, white], two finite numbers with black < white.",
    );
  }
}

function checkTitles(
  name: string,
  titles: readonly string[] | undefined,
  expected: number,
  what: string,
): void {
  if (titles && titles.length !== expected) {
    throw new ShapeError(
      `imageGrid: ${titles.length} ${name} for ${expected} ${what}: give one for each.`,
    );
  }
}
