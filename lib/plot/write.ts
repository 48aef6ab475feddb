/**
 * Writing pictures to files.
 *
 * @module
 */

import { dirname } from "node:path";
import { DataError } from "../errors.ts";

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
  const beside = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(beside, png, { createNew: true });
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(
      `writePng: cannot write ${path} (${reason}): choose a folder you may write to.`,
      { cause: error },
    );
  }
}
