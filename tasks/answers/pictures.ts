/**
 * Pictures that several claims show.
 *
 * @module
 */
import { imageGrid, toImages } from "../../lib/plot/mod.ts";

const FORM = { width: 28, height: 28, range: [0, 255] } as const;
/** Images of a row. */
const COLUMNS = 10;

/** The first images of sets of bytes `[N, 28, 28]`, a row each. */
export async function digitRows(
  sets: readonly Uint8Array[],
  rowTitles: readonly string[],
): Promise<Uint8Array> {
  const bytes = COLUMNS * FORM.width * FORM.height;
  return await imageGrid({
    rows: sets.map((images) => toImages(images.subarray(0, bytes), FORM)),
    rowTitles,
    scale: 2,
  });
}
