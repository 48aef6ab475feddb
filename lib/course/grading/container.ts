/**
 * What a submission comes in, a folder or a zip file, as something that can be looked into. Nothing in
 * it is trusted.
 *
 * @module
 */
import { GenlabError } from "../../errors.ts";

/** Why a submission, or a file of it, cannot be used, in one line: for the student and the grader. */
export class Unusable extends GenlabError {}

/** Characters of a file that is compared: longer ones are data, not functions for an exercise. */
export const LONGEST_COMPARED = 50_000;

/** How many names are looked at in one submission. */
export const MOST_ENTRIES = 10_000;

/** Something in a submission. */
export interface Entry {
  /** Its path in the submission, with `/` between the names of folders. */
  readonly path: string;
  readonly isFolder: boolean;
}

/** A submission as it was handed in. */
export interface Container {
  /** What is in it, and in the folders of its uppermost level, in the order of their paths. */
  readonly entries: readonly Entry[];
  /**
   * The bytes of a file.
   *
   * @throws {Unusable} if it is no file of sane size that can be read
   */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Refuses a submission with too much in it. */
export function refuseCrowd(): never {
  throw new Unusable(
    `it has more than ${MOST_ENTRIES} files; hand in the exercise's files alone`,
  );
}

/** Refuses a file that has more bytes than are allowed. */
export function refuseSize(path: string, limit: number): never {
  const megabytes = limit / 2 ** 20;
  throw new Unusable(
    `${path} is larger than ${megabytes} MB, which is allowed; take data out of it`,
  );
}

/** Whether a name is that of a file which systems leave about, such as `.DS_Store`. */
export function isLitter(name: string): boolean {
  return name.startsWith(".") || name === "__MACOSX" || /^(thumbs\.db|desktop\.ini)$/i.test(name);
}

/** Entries in the order of their paths, which is the same everywhere. */
export function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}
