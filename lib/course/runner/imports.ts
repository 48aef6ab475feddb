/**
 * What a student's file may not hold, as text. All it has to import is genlab, by a statement; more
 * would be code that nobody sees before it runs. And Deno reads a source map that code names from
 * wherever it is, without asking for a permission: not so if there is neither the name of one nor code
 * made of text.
 *
 * @module
 */
import { StudentError } from "../student_error.ts";

/** What is refused, and how it is said. */
const REFUSED: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: /\bimport\s*(?:\(|\.(?!\s*meta\b))/g,
    what: 'imports while it runs; import { ... } from "genlab" at its top instead',
  },
  // Addresses that are code, however they are written; URLs drop what stands in front of their scheme.
  {
    pattern: /\b(?:import|from)\s*["'][\s\p{Cc}datblo]*(?:\\|:)/giu,
    what: 'imports an address that is code; only "genlab" is there',
  },
  // Between keyword and address, a comment would hide the address.
  {
    pattern: /\b(?:import|from)\s*\/[/*]/g,
    what: "has a comment inside an import; take it out",
  },
  { pattern: /sourceMappingURL/g, what: "names a source map; take that line out" },
];

/**
 * Refuses a file for what stands in it.
 *
 * @param bytes the file
 * @param shown the file as messages name it
 * @throws {StudentError} of kind `syntax`, naming the line
 */
export function requireOpenImports(bytes: Uint8Array, shown: string): void {
  const text = decoded(bytes);
  for (const { pattern, what } of REFUSED) {
    const match = text.matchAll(pattern).next().value;
    if (match === undefined) continue;
    const before = text.slice(0, match.index).split(/\r\n|[\n\r\u2028\u2029]/);
    const place = { line: before.length, column: before.at(-1)!.length + 1 };
    throw new StudentError({ kind: "syntax", message: `the file ${what}`, place }, shown);
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
