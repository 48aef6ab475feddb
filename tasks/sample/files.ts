/**
 * Samples as files: a picture to look at, and arrays to work with.
 *
 * @module
 */
import { join } from "node:path";
import { encodeNpy } from "../../lib/data/npy.ts";
import { writeWhole } from "../../lib/files.ts";
import { type Image, imageGrid, toImages, toRows, writePng } from "../../lib/plot/mod.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";

/** Sides of the images. */
const SIDE = 28;
/** Images beside each other in the picture. */
const COLUMNS = 10;
/** Rows of the picture at most. */
const ROWS = 20;

/** Grey levels in [-1, 1] as bytes; what lies outside is clamped. */
export function toBytes(values: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(
    values,
    (value) => Math.round(255 * Math.min(1, Math.max(0, (value + 1) / 2))),
  );
}

/** Images to draw, of a batch `[N, 1, 28, 28]` of grey levels in [-1, 1]. */
export async function imagesOf(batch: Tensor): Promise<Image[]> {
  return toImages(await batch.data(), { width: SIDE, height: SIDE, range: [-1, 1] });
}

/** The files of samples. */
export interface WrittenSamples {
  readonly picture: string;
  readonly arrays: string[];
}

/**
 * Writes `samples.png`, `samples.npy` (uint8 `[N, 28, 28]`) and, where there are classes,
 * `labels.npy` (int32 `[N]`).
 *
 * @param folder where to
 * @param images bytes `[N, 28, 28]`
 * @param labels the classes `[N]`
 * @returns the paths of the files
 * @throws {DataError} if one cannot be written
 */
export async function writeSamples(
  folder: string,
  images: Uint8Array,
  labels?: readonly number[],
): Promise<WrittenSamples> {
  const count = images.length / SIDE ** 2;
  const drawn = toImages(images, { width: SIDE, height: SIDE, range: [0, 255] });
  const rows = toRows(drawn.slice(0, COLUMNS * ROWS), COLUMNS);
  const inOrder = labels !== undefined && count >= COLUMNS &&
    labels.every((label, i) => label === i % COLUMNS);
  const picture = join(folder, "samples.png");
  await writePng(
    picture,
    await imageGrid({
      rows,
      scale: 3,
      ...(inOrder ? { columnTitles: labels.slice(0, COLUMNS).map(String) } : {}),
    }),
  );
  const samples = join(folder, "samples.npy");
  await writeWhole("sample", samples, encodeNpy({ shape: [count, SIDE, SIDE], data: images }));
  if (labels === undefined) return { picture, arrays: [samples] };
  const classes = join(folder, "labels.npy");
  const data = Int32Array.from(labels);
  await writeWhole("sample", classes, encodeNpy({ shape: [count], data }));
  return { picture, arrays: [samples, classes] };
}

/** Draws pictures into a folder, and gives the path of each once it is written. */
export async function* writePictures(
  folder: string,
  pictures: Readonly<Record<string, () => Promise<Uint8Array>>>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for (const [name, draw] of Object.entries(pictures)) {
    signal.throwIfAborted();
    const path = join(folder, name);
    await writePng(path, await draw());
    yield path;
  }
}
