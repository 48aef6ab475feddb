/**
 * A program as tokens that stay the same when it is only written differently: other names, comments,
 * blanks, types, quotes or ways to write a number.
 *
 * @module
 */
import { lex, type Lexeme } from "./lexemes.ts";
import { withoutTypes } from "./types.ts";

/** A token, and where it stands. */
export interface Token {
  /** What it is compared by. */
  readonly word: string;
  /** Its first and last line, from 1. */
  readonly line: number;
  readonly lastLine: number;
}

/** What is compared of a program. */
export interface Tokens {
  readonly tokens: readonly Token[];
  /** What nobody has to write in the same way: names of its own, and lines of comments. */
  readonly turns: ReadonlySet<string>;
}

/** A name that a student may choose. */
const NAME = "name";
/** Words that cannot be names. */
const KEYWORDS = new Set(
  ("break case catch class const continue debugger default delete do else export extends false " +
    "finally for function if import in instanceof let new null return super switch this throw " +
    "true try typeof var void while with yield async await of static get set").split(" "),
);
/** What says only how a name is known. */
const DECLARED: Readonly<Record<string, string>> = { const: "let", var: "let" };
/** What changes nothing where it is left out. */
const IDLE = new Set([";", "export", "public", "private", "protected", "readonly", "declare"]);
/** Shorter names and remarks are everybody's. */
const SHORTEST_NAME = 4;
const SHORTEST_REMARK = 12;

/**
 * The tokens of a program. Names that students choose are all the same token; what they cannot rename
 * is kept: properties, such as a tensor's methods, and what is imported, by its first name.
 *
 * @example Renamed, annotated and laid out anew
 * ```ts
 * import { tokensOf } from "./tokens.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const words = (program: string) => tokensOf(program).tokens.map(({ word }) => word).join(" ");
 * assertEquals(
 *   words("const std: Tensor = logvar.mul(.50).exp(); // a half"),
 *   words("let s\n  = v.mul(0.5)\n  .exp()"),
 * );
 * ```
 */
export function tokensOf(program: string): Tokens {
  const { lexemes, comments } = lex(program);
  const { rest, imported } = withoutImports(lexemes);
  const tokens: Token[] = [];
  const turns = new Set(comments.flatMap(remarksIn));
  for (const [i, { type, text, line, lastLine }] of withoutTypes(rest).entries()) {
    if (IDLE.has(text)) continue;
    const before = tokens.at(-1)?.word;
    // A comma at the end of a list changes nothing.
    if (before === "," && /^[)\]}]$/.test(text)) tokens.pop();
    const word = wordOf(type, text, i > 0 ? before : undefined, imported);
    if (word === NAME && text.length >= SHORTEST_NAME && !(text in globalThis)) turns.add(text);
    tokens.push({ word, line, lastLine });
  }
  return { tokens, turns };
}

function wordOf(
  type: string,
  text: string,
  before: string | undefined,
  imported: ReadonlyMap<string, string>,
): string {
  switch (type) {
    case "IdentifierName":
      if (before === "." || before === "?.") return text;
      if (KEYWORDS.has(text)) return DECLARED[text] ?? text;
      return imported.get(text) ?? NAME;
    case "NumericLiteral":
      return String(Number(text.replaceAll("_", "")));
    case "StringLiteral":
    case "NoSubstitutionTemplate":
      return '""';
    case "Punctuator":
      return text;
    default:
      return type;
  }
}

/** A program without its static imports, and what those name: the name in the file, the first name. */
function withoutImports(
  lexemes: readonly Lexeme[],
): { rest: Lexeme[]; imported: Map<string, string> } {
  const rest: Lexeme[] = [];
  const imported = new Map<string, string>();
  for (let i = 0; i < lexemes.length;) {
    const isImport = lexemes[i].text === "import" &&
      !["(", "."].includes(lexemes.at(i + 1)?.text ?? "");
    if (!isImport) {
      rest.push(lexemes[i++]);
      continue;
    }
    let first = "";
    for (i++; i < lexemes.length && lexemes[i].type !== "StringLiteral"; i++) {
      const { type, text } = lexemes[i];
      if (type !== "IdentifierName" || ["as", "type", "from"].includes(text)) continue;
      const isAlias = lexemes[i - 1].text === "as" && first !== "";
      imported.set(text, isAlias ? first : text);
      first = isAlias ? "" : text;
    }
    i++;
  }
  return { rest, imported };
}

/** What the lines of a comment say. */
function remarksIn(comment: string): string[] {
  return comment.split("\n")
    // From the first of a run alone: from each of them, a long run takes hours.
    .map((line) => line.replace(/^[\s/*]+|(?<![\s/*])[\s/*]+$/g, ""))
    .filter((remark) => remark.length >= SHORTEST_REMARK);
}
