import { assert, assertEquals } from "@std/assert";
import { parse } from "csv-parse/sync";
import { cellOf, csv, textOf, visible } from "../../../../../lib/course/grading/outputs/csv.ts";
import { Generator } from "../../../../../lib/random/mod.ts";
import { NASTY } from "./sample.ts";

Deno.test("a table is as RFC 4180 has it: CRLF, quotes where they must be, quotes doubled", () => {
  assertEquals(
    csv(["a", "b"], [["x,y", 'say "no"'], ["line\nend", -1.5], [undefined, ""]]),
    'a,b\r\n"x,y","say ""no"""\r\n"line\nend",-1.5\r\n,\r\n',
  );
});

Deno.test("what is written is read back, whatever is in it", () => {
  const rows = NASTY.map((text) => [text, "next", text]);
  const records = parse(csv(["a", "b", "c"], rows)).slice(1);
  assertEquals(records.length, rows.length);
  for (const [i, record] of records.entries()) {
    assertEquals(record.map(textOf), rows[i].map(visible), JSON.stringify(rows[i]));
  }
});

/** The cells that a spreadsheet would see that separates by a sign, and knows of no quotes or does. */
function cellsSeen(text: string): string[] {
  const signs = [",", ";", "\t", "|"];
  const quoted = signs.flatMap((delimiter) =>
    parse(text, { delimiter, relax_quotes: true, relax_column_count: true }).flat()
  );
  return [...quoted, ...text.split(/[,;\t|\r\n"]/)];
}

Deno.test("no cell is a formula, whatever a spreadsheet takes for a separator", () => {
  for (const text of NASTY) {
    for (const cell of cellsSeen(csv(["a", "b"], [[text, "x"], ["y", text]]))) {
      assert(!/^[=+\-@\t\r＝＋－＠]./.test(cell), JSON.stringify([text, cell]));
    }
  }
});

Deno.test("blanks before it, which a program may take away, make no formula harmless", () => {
  assertEquals([" =1", "\u200b+1", "\u3000@a"].map(cellOf), [" '=1", "\u200b'+1", "\u3000'@a"]);
});

Deno.test("numbers are no formulas, below zero too", () => {
  assertEquals(csv(["a"], [[-1]]), "a\r\n-1\r\n");
});

Deno.test("a guarded text is the text again without its guards, for random texts of all dangers", () => {
  const letters = [..."=+-@'\",;| \t\n\u200b＝a"];
  const generator = new Generator(7);
  for (let n = 0; n < 3000; n++) {
    const length = 1 + generator.uint32() % 8;
    const text = Array.from({ length }, () => letters[generator.uint32() % letters.length]).join(
      "",
    );
    assertEquals(textOf(cellOf(text)), text, JSON.stringify(text));
  }
});

Deno.test("ordinary prose is left as it is", () => {
  for (const text of ["a - b = c", "'tis so", "x (y), z; -w is 2", "e^(-1/2)", "a@b.c"]) {
    assertEquals(cellOf(text), text);
  }
});

Deno.test("control characters are seen as pictures, and long texts end below a cell's limit", () => {
  assertEquals(visible("a\0\x1b[31m\x7f\x9b"), "a␀␛[31m␡�");
  assert(cellOf("=".repeat(1) + "x".repeat(100_000)).length < 32_767);
});

Deno.test("a cell of blanks takes time in proportion to its length", () => {
  const blanks = "\u200b".repeat(30_000);
  for (let cell = 0; cell < 200; cell++) assertEquals(textOf(cellOf(blanks)), blanks);
  assertEquals(cellOf("\u200b \u00ad=1"), "\u200b \u00ad'=1");
  assertEquals(textOf("\u200b \u00ad'=1"), "\u200b \u00ad=1");
});
