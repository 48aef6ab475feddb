/**
 * Text files that a person works on, which may not be there.
 *
 * @module
 */
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

function reason(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  return error instanceof Error ? error.message : String(error);
}
