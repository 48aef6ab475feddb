/**
 * What a student's file may not hold. All it has to import is genlab, by a statement; more would be
 * code that nobody sees before it runs. And Deno reads a source map that code names from wherever it
 * is, without asking for a permission: not so if there is neither the name of one nor code made of
 * text.
 *
 * @module
 */
import { StudentError } from "../student_error.ts";
import { CODE, COMMENT, kindsIn } from "./code.ts";

/** What Deno takes for blanks, U+0085 and U+200B among it, and some that it does not. */
const BLANKS = "[^!-~]*";

const IMPORT = word("import");
const IMPORT_OR_FROM = `(?:${IMPORT}|${word("from")})`;

/** What is refused where it may be of these kinds, and how it is said. */
const REFUSED: readonly {
  readonly pattern: RegExp;
  readonly kinds: number;
  readonly what: string | ((match: RegExpExecArray) => string);
}[] = [
  {
    pattern: new RegExp(`${IMPORT}${BLANKS}(?:\\(|\\.(?!${BLANKS}meta\\b))`, "g"),
    kinds: CODE,
    what: 'imports while it runs; import { ... } from "genlab" at its top instead',
  },
  // Between keyword and address, a comment would hide the address.
  {
    pattern: new RegExp(`${IMPORT_OR_FROM}${BLANKS}/[/*]`, "g"),
    kinds: CODE,
    what: "has a comment inside an import; take it out",
  },
  // Addresses can be code themselves, and be written in more ways than one.
  {
    pattern: new RegExp(`${IMPORT_OR_FROM}${BLANKS}(["'])(?!genlab\\1)(?=(.{0,100}))`, "g"),
    kinds: CODE,
    what: ([, quote, rest]) =>
      `imports ${rest.split(quote)[0].replace(/\p{C}/gu, "�")}; in a file that is checked only ` +
      '"genlab" is there',
  },
  // Where comments name it: in texts it is a word like others.
  {
    pattern: new RegExp(`[#@]${BLANKS}sourceMappingURL`, "g"),
    kinds: CODE | COMMENT,
    what: "names a source map; take that line out",
  },
];

/** A word that is not the end of another; letters may be written as escapes. */
function word(letters: string): string {
  const written = Array.from(letters, (letter) => {
    const digits = letter.charCodeAt(0).toString(16).replace(
      /[a-f]/,
      (a) => `[${a}${a.toUpperCase()}]`,
    );
    return String.raw`(?:${letter}|\\u(?:00${digits}|\{0*${digits}\}))`;
  });
  return String.raw`(?<![\w$])${written.join("")}`;
}

/**
 * Refuses a file for what stands in it.
 *
 * @param bytes the file
 * @param shown the file as messages name it
 * @throws {StudentError} of kind `syntax`, naming the line
 */
export function requireOpenImports(bytes: Uint8Array, shown: string): void {
  const text = decoded(bytes);
  let known: Uint8Array | undefined;
  for (const { pattern, kinds, what } of REFUSED) {
    for (const match of text.matchAll(pattern)) {
      known ??= kindsIn(text);
      if ((known[match.index] & kinds) === 0) continue;
      const before = text.slice(0, match.index).split(/\r\n|[\n\r\u2028\u2029]/);
      const place = { line: before.length, column: before.at(-1)!.length + 1 };
      const message = `the file ${typeof what === "string" ? what : what(match)}`;
      throw new StudentError({ kind: "syntax", message, place }, shown);
    }
  }
}

/** The text that Deno takes a file for: UTF-8, unless it begins with the mark of UTF-16. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
