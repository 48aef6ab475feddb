/**
 * Folders of submissions for tests.
 *
 * @module
 */
import { join } from "node:path";
import { zipSync } from "fflate";

/** What lies in a folder, by its names: texts, bytes, links, folders. */
export interface Tree {
  readonly [name: string]: string | Uint8Array | Link | Tree;
}

/** A symbolic link. */
export class Link {
  constructor(readonly to: string) {}
}

/** Uses a folder with the given content, and takes it away again. */
export async function withFolder<T>(tree: Tree, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    await fill(folder, tree);
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes what a folder is to hold. */
export async function fill(folder: string, tree: Tree): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(tree)) {
    const path = join(folder, name);
    if (typeof content === "string") await Deno.writeTextFile(path, content);
    else if (content instanceof Uint8Array) await Deno.writeFile(path, content);
    else if (content instanceof Link) await Deno.symlink(content.to, path);
    else await fill(path, content);
  }
}

/** A zip file with the given files, by their paths. */
export function zipOf(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const contents = Object.entries(files).map(([name, text]) => [name, encoder.encode(text)]);
  return new Uint8Array(zipSync(Object.fromEntries(contents)));
}

/** Little-endian numbers in a zip file's central directory, changed: `at` counts from its header. */
export function withField(
  zip: Uint8Array<ArrayBuffer>,
  at: number,
  value: number,
  bytes: 2 | 4,
): Uint8Array<ArrayBuffer> {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  for (let i = 0; i + 4 <= copy.length; i++) {
    // PKZIP's application note, section 4.3.12.
    if (view.getUint32(i, true) !== 0x02014b50) continue;
    if (bytes === 2) view.setUint16(i + at, value, true);
    else view.setUint32(i + at, value, true);
  }
  return copy;
}
