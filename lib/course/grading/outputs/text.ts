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

/** A sum of points without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
export function sumOf(points: readonly number[]): number {
  return Number(points.reduce((sum, value) => sum + value, 0).toFixed(6));
}
