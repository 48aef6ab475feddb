/**
 * Waits for files to be saved.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";

/** Editors save in several steps within a few milliseconds; this is waited for the last of them. */
const SETTLE_MS = 40;

/**
 * One value each time that a file is saved, also by an editor that writes another file and renames
 * it, or deletes the file first. Saves that happen while a value is dealt with, or after the call
 * and before the first is asked for, make one more.
 *
 * @param paths absolute paths of the files, whose folders must be there
 * @param signal ends it
 *
 * @example
 * ```ts
 * import { savesOf } from "./watch.ts";
 *
 * const folder = await Deno.makeTempDir();
 * const controller = new AbortController();
 * setTimeout(() => Deno.writeTextFile(`${folder}/a.ts`, "1"), 50);
 * for await (const _ of savesOf([`${folder}/a.ts`], controller.signal)) controller.abort();
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function savesOf(
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<void, void, void> {
  // Folders, since a file that is replaced is no longer the one that was watched.
  const watcher = Deno.watchFs([...new Set(paths.map(dirname))], { recursive: false });
  // Events name files as the system does, without symbolic links.
  const real = paths.map((path) => join(Deno.realPathSync(dirname(path)), basename(path)));
  return saves(watcher, new Set([...paths, ...real]), signal);
}

async function* saves(
  watcher: Deno.FsWatcher,
  paths: ReadonlySet<string>,
  signal: AbortSignal,
): AsyncGenerator<void, void, void> {
  let saved = false;
  let wake = () => {};
  const wakeUp = () => wake();
  signal.addEventListener("abort", wakeUp, { once: true });
  const watching = (async () => {
    for await (const event of watcher) {
      if (event.kind === "access" || !event.paths.some((path) => paths.has(path))) continue;
      saved = true;
      wake();
    }
  })();
  try {
    while (!signal.aborted) {
      if (!saved) await new Promise<void>((resolve) => wake = resolve);
      if (signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      if (signal.aborted) return;
      saved = false;
      yield;
    }
  } finally {
    signal.removeEventListener("abort", wakeUp);
    watcher.close();
    await watching;
  }
}
