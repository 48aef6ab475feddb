/**
 * Texts that students had a hand in, made harmless for a line of a terminal or a log.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";

/** The text as one line, without anything that would move a cursor or turn the writing round. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{C}\s]+/gu, " ").trim();
}
