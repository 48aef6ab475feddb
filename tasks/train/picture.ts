/**
 * The picture that is drawn at every save.
 *
 * @module
 */
import { imageGrid, toRows, writePng } from "../../lib/plot/mod.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { imagesOf } from "../sample/files.ts";

/** Images beside each other. */
const COLUMNS = 10;

/** Writes images, `[N, 1, 28, 28]` in [-1, 1], in rows of ten. */
export async function writePicture(path: string, title: string, images: Tensor): Promise<void> {
  const rows = toRows(await imagesOf(images), COLUMNS);
  await writePng(path, await imageGrid({ rows, title, scale: 2 }));
}
