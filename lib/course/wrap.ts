/**
 * Text set in lines.
 *
 * @module
 */

/** Lines are no longer than this; wider ones are hard to read. */
const LINE_WIDTH = 80;

/**
 * Sets words in lines of at most 80 characters, unless a word alone is longer.
 *
 * @param words what must not be broken
 * @param prefix what the first line begins with; the others are indented by as much
 *
 * @example
 * ```ts
 * import { wrap } from "./wrap.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const words = ["a".repeat(50), "b".repeat(50)];
 * assertEquals(wrap(words, "- "), ["- " + words[0], "  " + words[1]]);
 * ```
 */
export function wrap(words: readonly string[], prefix = ""): string[] {
  const lines = [prefix];
  let isFirst = true;
  for (const word of words) {
    const line = lines[lines.length - 1];
    if (!isFirst && line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(" ".repeat(prefix.length) + word);
    } else {
      lines[lines.length - 1] = isFirst ? line + word : `${line} ${word}`;
    }
    isFirst = false;
  }
  return lines;
}
