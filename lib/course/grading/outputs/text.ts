/**
 * Texts of students, made harmless for people's eyes and for the programs that show them.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";

/**
 * A text in which nothing moves a cursor, changes a colour, or turns the direction of what stands
 * around it: escape sequences go, and what is left of control characters is shown as `�`. Tabs and
 * line ends stay; letters of every script do.
 *
 * @example
 * ```ts
 * import { harmless } from "./text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(harmless("\x1b[31mred\x1b[0m\0 \u202egnp.exe"), "red� �gnp.exe");
 * ```
 */
export function harmless(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/(?![\t\n])[\p{Cc}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/gu, "�")
    .toWellFormed();
}

/** A harmless text in one line. */
export function oneLine(text: string): string {
  return harmless(text).trim().replaceAll(/\s+/gu, " ");
}

/**
 * The beginning of a long text, and how much is left out. No character is cut in two.
 *
 * @param length of the text that is kept, in UTF-16 code units
 *
 * @example
 * ```ts
 * import { clip } from "./text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(clip("abcdef", 4), "abcd … (2 characters more)");
 * assertEquals(clip("abcd", 4), "abcd");
 * ```
 */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text[length - 1]) ? length - 1 : length;
  return `${text.slice(0, end)} … (${text.length - end} characters more)`;
}

/** A number and its noun: `1 point`, `2 points`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** How many names are listed, where more would hide the rest of a sentence. */
const MOST_NAMES = 5;

/**
 * The first of some names, and how many more there are.
 *
 * @param most how many are listed
 *
 * @example
 * ```ts
 * import { listOf } from "./text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(listOf(["ada", "bob", "eve"], 2), "ada, bob and 1 more");
 * ```
 */
export function listOf(names: readonly string[], most = MOST_NAMES): string {
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/**
 * A share from 0 to 1 as a percentage, rounded, that no line ends in; only none is 0 %, and only all
 * is 100 %.
 *
 * @example
 * ```ts
 * import { percent } from "./text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([2 / 3, 0.999, 0.001, 1].map(percent), [
 *   ...["67\u00a0%", "99\u00a0%", "1\u00a0%", "100\u00a0%"],
 * ]);
 * ```
 */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  return `${share > 0 && share < 1 ? Math.min(Math.max(rounded, 1), 99) : rounded}\u00a0%`;
}

/** A sum of points without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
export function sumOf(points: readonly number[]): number {
  return Number(points.reduce((sum, value) => sum + value, 0).toFixed(6));
}
