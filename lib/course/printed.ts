/**
 * What a student's file prints, kept until the checks are through.
 *
 * @module
 */

/** Lines that are shown; a function is traced many times, and prints each time. */
const MAX_LINES = 10;

/** What moves the cursor, or turns the direction of a line. */
const MOVING = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Gathers what a file prints. */
export interface Printed {
  /** Takes a piece of text, which need not be a whole line. */
  add(text: string): void;
  /** The first different lines, without what moves the cursor, and how many more there are. */
  lines(): string[];
}

/**
 * Begins to gather.
 *
 * @example
 * ```ts
 * import { gatherPrinted } from "./printed.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const printed = gatherPrinted();
 * for (let call = 0; call < 3; call++) printed.add(`mu\nlogvar ${call}\n`);
 * assertEquals(printed.lines(), ["mu", "logvar 0", "logvar 1", "logvar 2"]);
 * ```
 */
export function gatherPrinted(): Printed {
  let text = "";
  return {
    add: (piece) => void (text += piece),
    lines() {
      const different = new Set(text.split("\n").map((line) => line.replace(MOVING, "�")));
      different.delete("");
      const lines = [...different];
      const more = lines.length - MAX_LINES;
      return more > 0 ? [...lines.slice(0, MAX_LINES), `and ${more} lines more`] : lines;
    },
  };
}
