/**
 * Submissions that are zip files. Only names are looked at, and only the few files that are asked for
 * are unpacked, into memory and up to a limit.
 *
 * @module
 */
import { Buffer } from "node:buffer";
// @ts-types="@types/yauzl"
import { type Entry as ZipEntry, fromBufferPromise, type ZipFile } from "yauzl";
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
import { readAtMost } from "./folder.ts";

/** Bytes that a zip file may have. */
export const ZIP_LIMIT = 2 ** 26;

/** The type of a file in the upper half of a zip entry's attributes, and what stands for a link. */
const [TYPE, LINK] = [0o170000, 0o120000];

/**
 * Looks into a zip file.
 *
 * @throws {Unusable} if it is none, names files outside of it, or has too much in it
 */
export async function openZip(bytes: Uint8Array<ArrayBuffer>): Promise<Container> {
  const found = new Map<string, ZipEntry>();
  const folders = new Set<string>();
  const twice = new Set<string>();
  const zip = await orUnusable(fromBufferPromise(Buffer.from(bytes.buffer)));
  const read = async () => {
    let count = 0;
    for await (const entry of zip.eachEntry()) {
      if (++count > MOST_ENTRIES) refuseCrowd();
      const path = entry.fileName.replace(/\/+$/, "");
      const names = path.split("/");
      if (path === "" || names.some((name) => isLitter(name))) continue;
      // No deeper than is looked: one name can stand for 32,000 folders inside each other.
      for (let depth = 1; depth < Math.min(names.length, 3); depth++) {
        folders.add(names.slice(0, depth).join("/"));
      }
      if (entry.fileName.endsWith("/")) folders.add(path);
      else if (found.has(path)) twice.add(path);
      else found.set(path, entry);
    }
  };
  await orUnusable(read());
  const entries: Entry[] = [
    ...Array.from(folders, (path) => ({ path, isFolder: true })),
    ...Array.from(found.keys(), (path) => ({ path, isFolder: false })),
  ];
  return {
    entries: inOrder(entries.filter(({ path }) => path.split("/").length <= 2)),
    async read(path) {
      const entry = found.get(path);
      if (entry === undefined) throw new Unusable(`${path} is a folder; hand in a file`);
      if (twice.has(path)) {
        throw new Unusable(`the zip file has ${path} twice; make it again, with one of them`);
      }
      requirePlain(entry, path);
      return await orUnusable(unpack(zip, entry, path));
    },
  };
}

/** The bytes of a file. It is read from at once: a stream that fails unheard ends the process. */
function unpack(zip: ZipFile, entry: ZipEntry, path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else resolve(readAtMost(stream, FILE_LIMIT, path));
    });
  });
}

/** Refuses what is no file that can be unpacked. */
function requirePlain(entry: ZipEntry, path: string): void {
  if (entry.isEncrypted()) {
    throw new Unusable(`${path} is encrypted; make the zip file again, without a password`);
  }
  if (((entry.externalFileAttributes >>> 16) & TYPE) === LINK) {
    throw new Unusable(`${path} is a symbolic link, and links are not followed; hand in the file`);
  }
  // What it really has is counted as it is unpacked.
  if (entry.uncompressedSize > FILE_LIMIT) refuseSize(path, FILE_LIMIT);
}

/** What else than damage the library may find, by its words. */
const FAULTS: readonly (readonly [says: RegExp, what: string])[] = [
  [/relative path|absolute path/, "names a file outside of itself"],
  [/compression method/, "is packed in a way that cannot be unpacked here"],
  [/encryption/, "is encrypted"],
  [/multi-disk/, "is one part of several"],
];

/** What comes of reading a zip file; the library's errors are about its bytes. */
async function orUnusable<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Unusable || !(error instanceof Error)) throw error;
    const [, what] = FAULTS.find(([says]) => says.test(error.message)) ?? [];
    throw new Unusable(
      `the zip file ${
        what ?? "is damaged, or is none"
      }; zip the files again, or hand them in as they are`,
    );
  }
}
