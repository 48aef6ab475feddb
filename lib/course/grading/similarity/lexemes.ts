/**
 * The words and signs of a program, without blanks and comments.
 *
 * @module
 */
import jsTokens from "js-tokens";

/** A word or sign of a program, as it is written. */
export interface Lexeme {
  /** As `js-tokens` calls it: `IdentifierName`, `Punctuator`, ... */
  readonly type: string;
  readonly text: string;
  /** The lines where it begins and ends, from 1. */
  readonly line: number;
  readonly lastLine: number;
}

/** A program's words and signs, and its comments apart. */
export interface Lexed {
  readonly lexemes: readonly Lexeme[];
  readonly comments: readonly string[];
}

const BLANK: ReadonlySet<string> = new Set(["WhiteSpace", "LineTerminatorSequence"]);
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;

/** The lines of a program, as lexemes count them. */
export function linesOf(program: string): string[] {
  return program.split(LINE_BREAK);
}

/** Takes a program apart. It need not be a right one: whatever there is has some words and signs. */
export function lex(program: string): Lexed {
  const lexemes: Lexeme[] = [];
  const comments: string[] = [];
  let line = 1;
  for (const { type, value: text } of jsTokens(program)) {
    const lastLine = line + (text.match(LINE_BREAK)?.length ?? 0);
    if (type.endsWith("Comment")) comments.push(text);
    else if (!BLANK.has(type)) lexemes.push({ type, text, line, lastLine });
    line = lastLine;
  }
  return { lexemes, comments };
}
