import { assertEquals } from "@std/assert";
import { CODE, COMMENT, kindsIn, TEXT } from "../../../../lib/course/runner/code.ts";

const LETTERS: Readonly<Record<number, string>> = { [CODE]: "c", [COMMENT]: "r", [TEXT]: "t" };

/** The kinds as letters: code, remark, text, and ? for what may be more than one of them. */
function kinds(program: string): string {
  return Array.from(kindsIn(program), (kind) => LETTERS[kind] ?? "?").join("");
}

/** What opens something is still code, and what closes it is not code yet. */
const PROGRAMS: readonly (readonly [program: string, kinds: string])[] = [
  ['a = "b";', "cccccttc"],
  ["'a\\'b'c", "ctttttc"],
  ["a // b\nc", "cccrrrrc"],
  ["a /* b */ c", "cccrrrrrccc"],
  ["/*\n'*/a", "crrrrcc"],
  ["`a${b}c`d", "cttcccttc"],
  ["`${`${1}`}`c", "ctcctccctctc"],
  ["`${{}}a`c", "ctccccttc"],
];

Deno.test("comments and texts are told from code", () => {
  for (const [program, expected] of PROGRAMS) assertEquals(kinds(program), expected, program);
});

Deno.test("what a slash opens is open up to the end of the line", () => {
  assertEquals(kinds("a / b\nc"), "ccc???c");
  assertEquals(kinds("a / '/ b\nc"), "ccc??t???c");
});

Deno.test("nothing is known beyond what no program has", () => {
  const [, , , beyond] = kindsIn("'a\nb");
  assertEquals(beyond, CODE | COMMENT | TEXT);
});
