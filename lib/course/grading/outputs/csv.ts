/**
 * Tables as CSV (RFC 4180), in which no text becomes a formula of a spreadsheet.
 *
 * @module
 */
import { stringify } from "csv-stringify/sync";
import { clip } from "./text.ts";

/** Spreadsheets cut a cell's text at 32,767 characters. */
const LONGEST = 30_000;

/** What a formula begins with, in full width as well; any `'` before it are kept apart from ours. */
const FORMULA = String.raw`(?='*[=+\-@\t\r＝＋－＠])`;
/**
 * Where a spreadsheet may begin to read a formula (OWASP, "CSV Injection"): at the beginning of a
 * cell, which is looked for once, and after what another reader may take for the end of one. There `'`
 * makes it a text.
 */
const BEGINNING = String.raw`^([\p{Zs}\p{Cf}]*)`;
const AFTER_END = String.raw`(?<=[,;|\t\r\n"])`;

/**
 * A text as the text of a cell: without control characters, none of which has a meaning in a table
 * (they are shown as U+2400 and following), and guarded by `'` where a formula could begin.
 *
 * @example
 * ```ts
 * import { cellOf, textOf } from "./csv.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cellOf("=1+1"), "'=1+1");
 * assertEquals(textOf("'=1+1"), "=1+1");
 * ```
 */
export function cellOf(text: string): string {
  return clip(visible(text), LONGEST)
    .replaceAll(new RegExp(AFTER_END + FORMULA, "gu"), "'")
    .replace(new RegExp(BEGINNING + FORMULA, "u"), "$1'");
}

/** The text of a cell, without the guards that `cellOf` puts there. */
export function textOf(cell: string): string {
  return cell
    .replaceAll(new RegExp(`${AFTER_END}'${FORMULA}`, "gu"), "")
    .replace(new RegExp(`${BEGINNING}'${FORMULA}`, "u"), "$1");
}

/** A text with its control characters as pictures, tabs and line ends aside. */
export function visible(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/(?![\t\n])\p{Cc}/gu, pictureOf).toWellFormed();
}

/** U+2400 and following; those of C1 have none. */
function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  if (code === 0x7f) return "\u2421";
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
}

/** What can stand in a cell; undefined where there is nothing. */
export type Cell = string | number | undefined;

/**
 * A table as CSV, with a line of column names and CRLF at the ends of lines. Texts are guarded,
 * numbers are not.
 */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => typeof cell === "string" ? cellOf(cell) : cell)
  );
  // A line end inside a cell is quoted, whichever it is.
  return stringify([columns, ...cells], { record_delimiter: "windows", quoted_match: /[\r\n]/ });
}
