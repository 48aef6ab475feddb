/**
 * Reading a gzip file whole, with every failure told in the reader's terms.
 *
 * @module
 */

import { gunzipSync } from "node:zlib";
import { DataError } from "../errors.ts";

/**
 * Reads and unpacks a gzip file; gzip's own CRC and length are checked.
 *
 * @param path The file.
 * @param expectedBytes About how many bytes it unpacks to: a right guess makes it faster.
 * @throws {DataError} naming the file and what is wrong: missing, unreadable (permissions, a
 * folder), not gzip, cut, or damaged. Its `cause` is the error of the system, where there is one.
 */
export async function readGzip(
  path: string,
  expectedBytes: number,
): Promise<Uint8Array> {
  const packed = await readFile(path);
  if (packed.length === 0) throw new DataError(`${path} is empty`);
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) throw new DataError(`${path} is not a gzip file`);
  try {
    // One chunk of the final size spares zlib a second copy of all that it unpacks.
    const unpacked = gunzipSync(packed, { chunkSize: expectedBytes });
    return new Uint8Array(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DataError(
      `${path} is ${code === "Z_BUF_ERROR" ? "cut" : "damaged"} (gzip: ${message})`,
      { cause: error },
    );
  }
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    throw new DataError(`${path} ${reason(cause)}`, { cause });
  }
}

function reason(cause: unknown): string {
  if (cause instanceof Deno.errors.NotFound) return "is missing";
  if (cause instanceof Deno.errors.IsADirectory) return "is a folder, not a file";
  if (cause instanceof Deno.errors.NotCapable) return "may not be read by this program";
  if (cause instanceof Deno.errors.PermissionDenied) return "may not be read by this user";
  return `cannot be read (${(cause as Error).message})`;
}
