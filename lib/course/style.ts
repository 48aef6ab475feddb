/**
 * Colours of the terminal, which mean nothing that words do not say as well.
 *
 * @module
 */
import { styleText } from "node:util";

/** Ways to set off a text. */
export interface Style {
  good(text: string): string;
  bad(text: string): string;
  /** What can be skipped. */
  faint(text: string): string;
  strong(text: string): string;
}

type Format = Parameters<typeof styleText>[0];

/**
 * The ways to set off a text.
 *
 * @param coloured whether there are colours; by default, whether stdout is a terminal and `NO_COLOR`
 * is not set
 *
 * @example
 * ```ts
 * import { styleOf } from "./style.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(styleOf(false).good("passed"), "passed");
 * assertEquals(styleOf(true).good("passed"), "\x1b[32mpassed\x1b[39m");
 * ```
 */
export function styleOf(coloured = Deno.stdout.isTerminal() && !Deno.noColor): Style {
  const as = (format: Format) => (text: string) =>
    coloured ? styleText(format, text, { validateStream: false }) : text;
  return { good: as("green"), bad: as("red"), faint: as("dim"), strong: as("bold") };
}
