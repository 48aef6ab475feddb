/**
 * Files that are written whole or not at all.
 *
 * @module
 */
import { dirname } from "node:path";
import { DataError } from "./errors.ts";

/**
 * Writes a file, making its folder where needed. The content goes to a file beside it that is then
 * renamed, so `path` never holds half of it.
 *
 * @param operation what messages begin with
 * @throws {DataError} if it cannot be written
 *
 * @example
 * ```ts
 * import { writeWhole } from "./files.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * await writeWhole("example", `${folder}/made/a.bin`, Uint8Array.of(1, 2));
 * assertEquals(await Deno.readFile(`${folder}/made/a.bin`), Uint8Array.of(1, 2));
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeWhole(
  operation: string,
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  const beside = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(beside, bytes, { createNew: true });
    await Deno.rename(beside, path);
  } catch (cause) {
    await Deno.remove(beside).catch(() => {});
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(
      `${operation}: cannot write ${path} (${reason}): choose a folder you may write to`,
      { cause },
    );
  }
}
