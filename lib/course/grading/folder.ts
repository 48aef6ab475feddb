/**
 * Submissions that are folders.
 *
 * @module
 */
import { join } from "node:path";
import { FILE_LIMIT } from "../runner/process.ts";
import {
  type Container,
  type Entry,
  inOrder,
  isLitter,
  MOST_ENTRIES,
  refuseCrowd,
  refuseSize,
  Unusable,
} from "./container.ts";

/**
 * Looks into a folder.
 *
 * @throws {Unusable} if it cannot be read, or too much is in it
 */
export async function openFolder(folder: string): Promise<Container> {
  const entries: Entry[] = [];
  await list(folder, "", entries);
  for (const { path, isFolder } of entries.slice()) {
    if (isFolder) await list(folder, path, entries);
  }
  return {
    entries: inOrder(entries),
    read: (path) => readRegular(join(folder, path), path, FILE_LIMIT),
  };
}

async function list(folder: string, inside: string, entries: Entry[]): Promise<void> {
  try {
    for await (const { name, isDirectory } of Deno.readDir(join(folder, inside))) {
      if (isLitter(name)) continue;
      if (entries.length >= MOST_ENTRIES) refuseCrowd();
      const path = inside === "" ? name : `${inside}/${name}`;
      entries.push({ path, isFolder: isDirectory });
    }
  } catch (error) {
    throw explain(error, inside === "" ? "the folder" : inside);
  }
}

/**
 * The bytes of a regular file. A link is not followed, also if it takes the file's place meanwhile.
 *
 * @param name what messages call it
 * @param limit how many bytes it may have
 * @throws {Unusable} if it is something else, too large, or cannot be read
 */
export async function readRegular(
  path: string,
  name: string,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const seen = await Deno.lstat(path);
    if (seen.isSymlink) {
      throw new Unusable(
        `${name} is a symbolic link, and links are not followed; hand in the file`,
      );
    }
    if (!seen.isFile) {
      const what = seen.isDirectory ? "a folder" : "no regular file";
      throw new Unusable(`${name} is ${what}; hand in a file`);
    }
    if (seen.size > limit) refuseSize(name, limit);
    using file = await Deno.open(path);
    const opened = await file.stat();
    if (opened.ino !== seen.ino || opened.dev !== seen.dev) {
      throw new Unusable(`${name} was changed while it was read; hand it in again`);
    }
    return await readAtMost(file.readable, limit, name);
  } catch (error) {
    throw explain(error, name);
  }
}

/** All that comes, up to a limit. */
export async function readAtMost(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) refuseSize(name, limit);
    parts.push(chunk.slice());
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** What the system says of something it does not give, as a reason. */
function explain(error: unknown, name: string): unknown {
  if (error instanceof Unusable) return error;
  if (error instanceof Deno.errors.NotFound) {
    // Names that are no UTF-8 come changed, and are then not found.
    return new Unusable(`${name} cannot be found under its name; rename it in plain letters`);
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new Unusable(`${name} may not be read; give the grader permission to read it`);
  }
  if (error instanceof Error && "code" in error) {
    return new Unusable(`${name} cannot be read (${String(error.code)}); hand it in again`);
  }
  return error;
}
