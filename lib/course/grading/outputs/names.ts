/**
 * Names of files and order of rows, whatever the students are called.
 *
 * @module
 */
import { sha256 } from "../digest.ts";
import type { Person } from "../roster.ts";
import { oneLine } from "./text.ts";

/**
 * The name of a student's own file or folder, without its ending: letters and digits of the id for
 * people, and a hash that makes it unique, where file names ignore case as well.
 *
 * @example
 * ```ts
 * import { fileNameOf } from "./names.ts";
 * import { assertMatch, assertNotEquals } from "@std/assert";
 *
 * assertMatch(fileNameOf("../../Zoë"), /^zoe-[0-9a-f]{16}$/);
 * assertNotEquals(fileNameOf("zoe"), fileNameOf("ZOE"));
 * ```
 */
export function fileNameOf(student: string): string {
  const plain = student.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const slug = plain.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 40).replaceAll(/^-+|-+$/g, "");
  return `${slug === "" ? "student" : slug}-${hashOf(student)}`;
}

/** A student's id as people read it; never empty. */
export function shownName(student: string): string {
  const name = oneLine(student);
  return name === "" ? fileNameOf(student) : name;
}

/** Whether there was a roster: whoever is on it has a row. */
export function hasRoster(rows: readonly { readonly person?: Person }[]): boolean {
  return rows.some(({ person }) => person !== undefined);
}

/** Sixteen hexadecimal digits that stand for a text. */
export function hashOf(text: string): string {
  return sha256(text).slice(0, 16);
}

/** What is ordered by student, then exercise. */
interface Graded {
  readonly student: string;
  readonly exercise: string;
}

/** Orders by student, then exercise, the same in every locale. */
export function byStudent(a: Graded, b: Graded): number {
  return compare(a.student, b.student) || compare(a.exercise, b.exercise);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
