/**
 * Folders for the time of a run, which go with it; what a killed run left, the next takes away.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { DataError } from "../../errors.ts";

const PREFIX = "genlab-grade-";
const LOCK = "lock";

/** A folder that nobody else can read. */
export interface Temporary {
  /** Absolute. */
  readonly path: string;
  /** Takes it away, with all that is in it. */
  remove(): Promise<void>;
}

/**
 * Makes a folder among temporary files, and removes those of runs that are no longer there: they
 * cannot hold their lock.
 *
 * @param parent where temporary files are; the system's folder for them by default
 * @throws {DataError} if there is no place for it
 */
export async function makeTemporary(parent?: string): Promise<Temporary> {
  const path = await makeFolder(parent);
  // Under its name there is never a lock that nobody holds yet.
  const unnamed = join(path, `${LOCK}.new`);
  const lock = await Deno.open(unnamed, { write: true, create: true });
  await lock.lock(true);
  await Deno.rename(unnamed, join(path, LOCK));
  await removeStale(dirname(path));
  return {
    path,
    async remove() {
      await Deno.remove(path, { recursive: true });
      lock.close();
    },
  };
}

async function makeFolder(parent: string | undefined): Promise<string> {
  try {
    return await Deno.makeTempDir({ dir: parent, prefix: PREFIX });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(
      `grade: cannot make a temporary folder (${reason}): set TMPDIR to a folder that you may write to`,
    );
  }
}

async function removeStale(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory || !name.startsWith(PREFIX)) continue;
    const path = join(folder, name);
    try {
      // Without a lock it may be one that is being made.
      using lock = await Deno.open(join(path, LOCK));
      if (await lock.tryLock(true)) await Deno.remove(path, { recursive: true });
    } catch {
      // It is somebody else's, or was removed meanwhile.
    }
  }
}
