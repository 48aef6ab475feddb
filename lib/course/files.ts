/**
 * Text files that a person works on: read if they are there, written whole or not at all.
 *
 * @module
 */
import { dirname } from "node:path";
import { DataError } from "../errors.ts";

/**
 * The text of a file; undefined if there is no such file.
 *
 * @throws {DataError} if it is there and cannot be read
 */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new DataError(
      `cannot read ${path} (${reason(error)}): it must be a text file you may read`,
    );
  }
}

/** Whether there is something at a path. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw new DataError(`cannot look at ${path} (${reason(error)})`);
  }
}

/**
 * Writes a text file, making its folder where needed. The text goes to a file beside it that is then
 * renamed, so `path` never holds half a text.
 *
 * @throws {DataError} if it cannot be written
 *
 * @example
 * ```ts
 * import { readTextIfThere, writeText } from "./files.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * assertEquals(await readTextIfThere(`${folder}/work/a.md`), undefined);
 * await writeText(`${folder}/work/a.md`, "an answer\n");
 * assertEquals(await readTextIfThere(`${folder}/work/a.md`), "an answer\n");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeText(path: string, text: string): Promise<void> {
  const beside = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(beside, text, { createNew: true });
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw new DataError(
      `cannot write ${path} (${reason(error)}): choose a folder you may write to`,
    );
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
