/**
 * Samples beside the training images that are nearest to them.
 *
 * @module
 */
import type { Mnist } from "../../lib/data/mnist.ts";
import { PIXELS } from "../../lib/models/judge/judge.ts";
import { nearest } from "../../lib/models/judge/neighbours.ts";
import { imageGrid, toImages } from "../../lib/plot/mod.ts";

/** Samples that are shown. */
const SHOWN = 20;
/** Samples beside each other. */
const COLUMNS = 10;

/** Pairs of rows: samples, and under each the nearest training image. */
export async function neighboursPicture(images: Uint8Array, train: Mnist): Promise<Uint8Array> {
  const shown = images.subarray(0, SHOWN * PIXELS);
  const { indices } = await nearest(shown, train.images, PIXELS);
  const form = { width: 28, height: 28, range: [0, 255] } as const;
  const samples = toImages(shown, form);
  const found = [...indices].map((index) => {
    const bytes = train.images.subarray(index * PIXELS, (index + 1) * PIXELS);
    return toImages(bytes, form)[0];
  });
  const starts = Array.from({ length: Math.ceil(samples.length / COLUMNS) }, (_, i) => i * COLUMNS);
  return await imageGrid({
    title: "Samples, and the nearest training images",
    rows: starts.flatMap((start) =>
      [samples, found].map((all) => all.slice(start, start + COLUMNS))
    ),
    rowTitles: starts.flatMap(() => ["sample", "nearest"]),
    scale: 3,
  });
}
