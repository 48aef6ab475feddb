/**
 * Writing pictures to files.
 *
 * @module
 */
import { writeWhole } from "../files.ts";

/**
 * Writes a PNG to `path`, making its folder where needed. The bytes go to a file beside it that is
 * then renamed, so `path` never holds half a picture.
 *
 * @throws {DataError} when the folder or the file cannot be written
 *
 * @example
 * ```ts
 * import { imageGrid } from "./grid.ts";
 * import { writePng } from "./write.ts";
 *
 * const folder = await Deno.makeTempDir();
 * const checkerboard = { data: [0, 1, 1, 0], width: 2, height: 2 };
 * await writePng(`${folder}/board.png`, await imageGrid({ rows: [[checkerboard]], scale: 40 }));
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writePng(path: string, png: Uint8Array): Promise<void> {
  await writeWhole("writePng", path, png);
}
