/**
 * Leaves types out of a program's words and signs, by what stands around them and without a grammar.
 * That takes time in proportion to the program, whatever is in it, and works on files that no parser
 * would take. Where it errs, it errs in the same way for equal code.
 *
 * @module
 */
import type { Lexeme } from "./lexemes.ts";

/** After these a brace opens an object, and not a block. */
const BEFORE_OBJECT = new Set(["(", ",", "=", ":", "?", "[", "return", "&&", "||", "??", "..."]);
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const CLOSED = new Set(Object.values(CLOSING));
/** What stands between two types and makes one of them. */
const JOINTS = new Set(["|", "&", ".", "is", "extends"]);
/** What stands before a type and belongs to it. */
const PREFIXES = new Set([
  ...["|", "&", "-", "keyof", "typeof", "readonly", "unique", "infer", "asserts", "new"],
]);
/** The signs in type arguments, beside their own brackets. */
const IN_ARGUMENTS = new Set([",", ".", "[", "]", "{", "}", "|", "&", ":", "=", ";", "=>"]);

/** A bracket that is open. */
interface Open {
  readonly bracket: string;
  readonly isObject: boolean;
  /** How many `?` wait for their `:` in it. */
  questions: number;
}

/** The words and signs that are left when a program runs: those that are no types. */
export function withoutTypes(lexemes: readonly Lexeme[]): Lexeme[] {
  const kept: Lexeme[] = [];
  const open: Open[] = [{ bracket: "", isObject: false, questions: 0 }];
  for (let i = 0; i < lexemes.length;) {
    const inner = open[open.length - 1];
    const end = endOfTyping(lexemes, i, kept, inner);
    if (end !== undefined) {
      i = end;
      continue;
    }
    const { text } = lexemes[i];
    if (Object.hasOwn(CLOSING, text)) {
      const isObject = text === "{" && BEFORE_OBJECT.has(kept.at(-1)?.text ?? "");
      open.push({ bracket: text, isObject, questions: 0 });
    } else if (open.length > 1 && text === CLOSING[inner.bracket]) {
      open.pop();
    } else if (text === "?") {
      inner.questions++;
    } else if (text === ":" && inner.questions > 0) {
      inner.questions--;
    }
    kept.push(lexemes[i++]);
  }
  return kept;
}

/** Where it goes on after what is there only for types; undefined if what begins at `i` is not. */
function endOfTyping(
  lexemes: readonly Lexeme[],
  i: number,
  kept: readonly Lexeme[],
  { bracket, isObject, questions }: Open,
): number | undefined {
  const before = kept.at(-1);
  const { text, line } = lexemes[i];
  const next = lexemes.at(i + 1);
  switch (text) {
    case ":": {
      const isValue = questions > 0 || bracket === "[" || (isObject && before?.text !== ")");
      const isCase = before?.text === "default" || kept.at(-2)?.text === "case";
      return isValue || isCase ? undefined : endOfType(lexemes, i + 1);
    }
    case "?":
      return [":", ",", ")"].includes(next?.text ?? "") ? i + 1 : undefined;
    case "!":
      return endsOperand(before) && before?.lastLine === line ? i + 1 : undefined;
    case "as":
    case "satisfies":
      return endsOperand(before) ? endOfType(lexemes, i + 1) : undefined;
    case "<":
      return isWord(before) ? endOfArguments(lexemes, i) : undefined;
    case "interface":
      return isWord(next) ? endOfInterface(lexemes, i + 2) : undefined;
    case "type": {
      if (!isWord(next)) return undefined;
      const equals = endOfArguments(lexemes, i + 2) ?? i + 2;
      return lexemes.at(equals)?.text === "=" ? endOfType(lexemes, equals + 1) : undefined;
    }
  }
}

function isWord(lexeme: Lexeme | undefined): boolean {
  return lexeme?.type === "IdentifierName";
}

/** Whether something that has a value ends with it. */
function endsOperand(lexeme: Lexeme | undefined): boolean {
  if (lexeme === undefined || lexeme.text === "return") return false;
  return lexeme.type !== "Punctuator" || CLOSED.has(lexeme.text);
}

/** Where it goes on after the type that begins at `i`. */
function endOfType(lexemes: readonly Lexeme[], i: number): number {
  // Whether a type may begin here, rather than end.
  let begins = true;
  let wasGroup = false;
  while (i < lexemes.length) {
    const { text, type } = lexemes[i];
    if (begins && PREFIXES.has(text)) {
      i++;
    } else if (begins && Object.hasOwn(CLOSING, text)) {
      i = endOfBracket(lexemes, i);
      [begins, wasGroup] = [false, text === "("];
    } else if (begins && type !== "Punctuator") {
      i++;
      [begins, wasGroup] = [false, false];
    } else if (!begins && (JOINTS.has(text) || (wasGroup && text === "=>"))) {
      i++;
      begins = true;
    } else if (!begins && text === "[") {
      i = endOfBracket(lexemes, i);
    } else if (!begins && text === "<") {
      const end = endOfArguments(lexemes, i);
      if (end === undefined) return i;
      i = end;
    } else {
      return i;
    }
  }
  return i;
}

/** Where it goes on after the bracket at `i` and all that is in it. */
function endOfBracket(lexemes: readonly Lexeme[], i: number): number {
  for (let depth = 0; i < lexemes.length; i++) {
    const { text } = lexemes[i];
    if (Object.hasOwn(CLOSING, text)) depth++;
    else if (CLOSED.has(text) && --depth <= 0) return i + 1;
  }
  return i;
}

/** Where it goes on after type arguments; undefined if `<` is no bracket there. */
function endOfArguments(lexemes: readonly Lexeme[], i: number): number | undefined {
  // Longer ones are not written by hand, and looking on for each `<` would take long.
  const last = Math.min(i + 64, lexemes.length);
  for (let depth = 0; i < last; i++) {
    const { text, type } = lexemes[i];
    if (text === "<") depth++;
    else if (/^>+$/.test(text)) depth -= text.length;
    else if (depth === 0 || (type === "Punctuator" && !IN_ARGUMENTS.has(text))) return undefined;
    if (depth <= 0) return i + 1;
  }
}

/** Where it goes on after an interface, from behind its name. */
function endOfInterface(lexemes: readonly Lexeme[], i: number): number {
  while (i < lexemes.length && lexemes[i].text !== "{") i++;
  return endOfBracket(lexemes, i);
}
