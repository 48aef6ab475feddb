import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import type { GradeRow } from "../../../../../lib/course/grading/row.ts";
import { markRows } from "../../../../../lib/course/grading/outputs/rubric/mark.ts";
import { readRubric } from "../../../../../lib/course/grading/outputs/rubric/read.ts";
import {
  COLUMNS,
  type Rubric,
  rubricText,
} from "../../../../../lib/course/grading/outputs/rubric/rubric.ts";
import { DataError } from "../../../../../lib/errors.ts";
import { NASTY, nastyRow, rowOf, sampleRows } from "./sample.ts";

const NOTHING: Rubric = { lines: [], extra: [] };
const RIGHT = ["passed", "passed"] as const;

async function inFolder(test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(join(folder, "rubric.csv"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A rubric by way of a file. */
async function reread(text: string | Uint8Array): Promise<Rubric> {
  let rubric = NOTHING;
  await inFolder(async (path) => {
    await Deno.writeFile(path, typeof text === "string" ? new TextEncoder().encode(text) : text);
    rubric = await readRubric(path);
  });
  return rubric;
}

type Cells = Record<string, string>;

/** What a person does in a spreadsheet: reads all cells, changes some, writes all. */
function edited(text: string, change: (cells: Cells, i: number) => Cells | void): string {
  const records = parse<Cells>(text, { columns: true, bom: true });
  const rows = records.map((cells, i) => change(cells, i) ?? cells);
  return stringify(rows, { header: true, columns: Object.keys(rows[0]), quoted_match: /[\r\n]/ });
}

/** The rubric of a run without marks. */
function fresh(rows: readonly GradeRow[]): string {
  return rubricText(markRows(rows, NOTHING).rubric);
}

/** A row of `ada`, who answers her first question so. */
function adaSays(answer: string): GradeRow {
  const row = rowOf("ada", RIGHT);
  return { ...row, answers: row.answers.map((one, i) => i === 0 ? { ...one, answer } : one) };
}

Deno.test("a rubric has a line for each student, exercise and question, answered or not", () => {
  const { rubric } = markRows(sampleRows(), NOTHING);
  assertEquals(
    rubric.lines.map(({ student, exercise, number }) => `${student} ${exercise}${number}`),
    ["ada a1", "ada a2", "ada b1", "ada b2", "bob a1", "bob a2", "cleo a1", "cleo a2"]
      .concat(["dan a1", "dan a2"]),
  );
  assert(rubric.lines.every(({ points, maxPoints }) => points === undefined && maxPoints === 1));
});

Deno.test("a rubric begins with a byte order mark and has its columns in order", () => {
  const [head] = fresh(sampleRows()).split("\r\n");
  assertEquals(head, "\ufeff" + COLUMNS.join(","));
});

Deno.test("a rubric is read back as it was written, with the nastiest of texts in it", async () => {
  const text = fresh(NASTY.map(nastyRow));
  const rubric = await reread(text);
  assertEquals(rubric.lines.length, 2 * NASTY.length);
  assertEquals(rubricText(rubric), text);
});

Deno.test("marks and comments stay when everything is graded anew, and count", async () => {
  const marked = edited(fresh(sampleRows()), (cells) => {
    if (cells.student !== "ada" || cells.exercise !== "a") return;
    const isFirst = cells.number === "1";
    return { ...cells, points: isFirst ? "0.5" : "2", max_points: "3", comment: "-1 for units" };
  });
  const { rows, rubric } = markRows(sampleRows(), await reread(marked));
  const ada = rows[0];
  assertEquals([ada.manualScore, ada.manualMaxScore, ada.unmarked], [2.5, 6, 0]);
  assertEquals([ada.total, ada.maxTotal], [6.5, 10]);
  assertEquals(ada.answers.map(({ comment }) => comment), ["-1 for units", "-1 for units"]);
  assertEquals(ada.answers.some(({ changed }) => changed), false);
  const [, adaInB] = rows;
  assertEquals([adaInB.manualScore, adaInB.unmarked, adaInB.total], [undefined, 2, 2]);
  // And once more, from what was written.
  const again = markRows(sampleRows(), await reread(rubricText(rubric)));
  assertEquals(again.rows, rows);
  assertEquals(rubricText(again.rubric), rubricText(rubric));
});

Deno.test("what a question is worth holds for lines that are new", async () => {
  const worth = edited(fresh([rowOf("ada", RIGHT), rowOf("bob", RIGHT)]), (cells) => {
    return { ...cells, max_points: cells.number === "1" ? "4" : "" };
  });
  const { rubric } = markRows([rowOf("new", RIGHT)], await reread(worth));
  const lines = rubric.lines.filter(({ student }) => student === "new");
  assertEquals(lines.map(({ maxPoints }) => maxPoints), [4, 1]);
});

Deno.test("a mark for an answer that has changed since is kept, and flagged until a person looks", async () => {
  const marked = edited(fresh([adaSays("old")]), (cells) => ({ ...cells, points: "1" }));
  const first = markRows([adaSays("new")], await reread(marked));
  assertEquals(first.rows[0].answers.map(({ points, changed }) => [points, changed]), [
    [1, true],
    [1, false],
  ]);
  assertEquals(first.rubric.lines[0].answer, "new");
  const text = rubricText(first.rubric);
  const second = markRows([adaSays("new")], await reread(text));
  assertEquals(rubricText(second.rubric), text, "it stays flagged");
  const looked = edited(text, (cells) => ({ ...cells, changed: "" }));
  const third = markRows([adaSays("new")], await reread(looked));
  assertEquals(third.rows[0].answers.map(({ changed }) => changed), [false, false]);
});

Deno.test("an answer with other line ends, or one that no one marked, has not changed", async () => {
  const marked = edited(fresh([adaSays("a\nb")]), (cells) => ({ ...cells, points: "1" }));
  const other = markRows([adaSays("a\r\nb\r\n")], await reread(marked));
  assertEquals(other.rows[0].answers[0].changed, false);
  const unmarked = markRows([adaSays("new")], await reread(fresh([adaSays("old")])));
  assertEquals(unmarked.rows[0].answers[0].changed, false);
});

Deno.test("lines of students who are not in the run stay as they are", async () => {
  const marked = edited(fresh(sampleRows()), (cells) => {
    return { ...cells, points: "1", comment: `for ${cells.student}` };
  });
  const { rubric, rows } = markRows([adaSays("new")], await reread(marked));
  assertEquals(rubric.lines.length, 10);
  assertEquals(
    rubric.lines.filter(({ student }) => student !== "ada"),
    (await reread(marked)).lines.filter(({ student }) => student !== "ada"),
  );
  assertEquals(rows.length, 1);
});

Deno.test("the mark of a question that is no longer asked stays and counts", async () => {
  const marked = edited(fresh([adaSays("x")]), (cells) => {
    return { ...cells, points: cells.number === "2" ? "1" : "" };
  });
  const row = adaSays("x");
  const { rows, rubric } = markRows(
    [{ ...row, answers: row.answers.slice(0, 1) }],
    await reread(marked),
  );
  assertEquals([rows[0].manualScore, rubric.lines.length], [1, 2]);
  assertEquals(rows[0].answers[1].changed, false, "she wrote nothing there before either");
});

Deno.test("a column that a person adds stays, and so does the order of theirs", async () => {
  const text = edited(fresh([adaSays("x")]), (cells, i) => {
    return { marker: `=${i}`, ...cells, "seen on": "-" };
  });
  const { rubric } = markRows([adaSays("x")], await reread(text));
  assertEquals(rubric.extra, ["marker", "seen on"]);
  assertEquals(Object.fromEntries(rubric.lines[1].extra), { marker: "=1", "seen on": "-" });
  const [head, first] = rubricText(rubric).split("\r\n");
  assertMatch(head, /,ref,marker,seen on$/);
  assertMatch(first, /,'=0,'-$/);
});

Deno.test("what a spreadsheet does by itself is understood", async () => {
  const marked = edited(fresh(sampleRows()), (cells) => {
    return { ...cells, points: cells.number === "1" ? "0.5" : "" };
  });
  const expected = await reread(marked);
  const records = parse(marked);
  const reversed = [records[0], ...records.slice(1).reverse()];
  const semicolons = stringify(records, { delimiter: ";", quoted_match: /[\r\n]/ });
  const forms: Record<string, string> = {
    "a byte order mark": "\ufeff" + marked,
    "semicolons": semicolons,
    "semicolons and decimal commas": semicolons.replaceAll(";0.5;", ";0,5;"),
    "tabs": stringify(records, { delimiter: "\t", quoted_match: /[\r\n]/ }),
    "CRLF": stringify(records, { record_delimiter: "windows", quoted_match: /[\r\n]/ }),
    "CR alone": stringify(records, { record_delimiter: "\r", quoted_match: /[\r\n]/ }),
    "quotes everywhere": stringify(records, { quoted: true }),
    "empty lines and cells": marked + "\n,,,,,,,,,\n\n",
    "other cases": marked.replace("student", " Student ").replace("points", "POINTS"),
    "no line end": marked.trimEnd(),
  };
  for (const [form, text] of Object.entries(forms)) {
    assertEquals((await reread(text)).lines, expected.lines, form);
  }
  const { lines } = await reread(stringify(reversed, { quoted_match: /[\r\n]/ }));
  assertEquals(lines.toReversed(), expected.lines, "another order");
});

Deno.test("an id that a spreadsheet takes for a number is still the student's", async () => {
  const row = rowOf("0012", RIGHT);
  const marked = edited(fresh([row]), (cells) => ({ ...cells, student: "12", points: "1" }));
  const { rows, rubric } = markRows([row], await reread(marked));
  assertEquals(rows[0].manualScore, 2);
  assertEquals(rubric.lines.map(({ student }) => student), ["0012", "0012"]);
});

Deno.test("ids that a spreadsheet makes alike are still told apart", async () => {
  const rows = [rowOf("0012", RIGHT), rowOf("12", RIGHT)];
  const marked = edited(fresh(rows), (cells) => {
    const points = cells.student === "12" ? "1" : "0";
    return { ...cells, student: "12", points };
  });
  const scores = markRows(rows, await reread(marked)).rows.map(({ row, manualScore }) => {
    return [row.student, manualScore];
  });
  assertEquals(scores, [["0012", 0], ["12", 2]]);
});

Deno.test("without the column ref a mark is found by student, exercise and number", async () => {
  const marked = edited(fresh(sampleRows()), ({ ref: _, ...cells }) => ({ ...cells, points: "1" }));
  const { rows } = markRows(sampleRows(), await reread(marked));
  assert(rows.every(({ manualScore }) => manualScore === 2));
});

Deno.test("what could cost a mark is refused, with the row and the line", async () => {
  const text = fresh(sampleRows());
  const change = (i: number, cells: Cells) =>
    edited(text, (old, n) => n === i ? { ...old, ...cells } : old);
  const cases: [string, string | Uint8Array, RegExp][] = [
    ["a word", change(2, { points: "good" }), /row 4 \(line 4\): points is "good"; it must be/],
    ["a decimal comma", change(0, { points: "3,5" }), /row 2 \(line 2\): points is "3,5"/],
    ["below 0", change(0, { points: "-1" }), /points is "-1"/],
    ["a date", change(0, { points: "03. Apr" }), /points is "03. Apr"/],
    ["too much", change(0, { points: "10" }), /points is 10, which is more than max_points, 1/],
    ["no worth", change(0, { max_points: "x" }), /max_points is "x"/],
    ["no student", change(1, { student: "" }), /row 3 \(line 3\): student, exercise and number/],
    ["no number", change(1, { number: "one" }), /student, exercise and number must say/],
    ["a column less", edited(text, ({ points: _, ...cells }) => cells), /no column points among/],
    [
      "twice",
      text + text.split("\r\n")[1],
      /row 12 \(line 12\): .* same answer as row 2 \(line 2\)/,
    ],
    ["two columns", text.replace("comment", "points"), /there are two columns "points"/],
    ["a cell too many", text.replace(/(\r\nada,a,1,[^\r]*)/, "$1,x"), /more cells .* "x"/],
    ["an open quote", text + 'x,"y', /is no CSV table: /],
    ["Latin-1", Uint8Array.from(text + "\xe9", (letter) => letter.charCodeAt(0)), /not in UTF-8/],
    ["UTF-16", new Uint8Array(Uint16Array.from(text, (one) => one.charCodeAt(0)).buffer), /UTF-8/],
  ];
  for (const [name, content, message] of cases) {
    const error = await assertRejects(() => reread(content), DataError, undefined, name);
    assertMatch(error.message, message, name);
    assert(!error.message.includes("\n") && /nothing was written/.test(error.message), name);
  }
});

Deno.test("the line of a row is where it begins, after answers of several lines", async () => {
  const rows = [adaSays("one\ntwo\nthree"), rowOf("bob", RIGHT)];
  const text = edited(fresh(rows), (cells, i) => i === 2 ? { ...cells, points: "?" } : cells);
  await assertRejects(() => reread(text), DataError, "row 4 (line 6)");
});

Deno.test("one column sorted without the others is noticed", async () => {
  const text = fresh(sampleRows());
  const names = parse<Cells>(text, { columns: true, bom: true }).map(({ student }) => student);
  const sorted = edited(text, (cells, i) => ({ ...cells, student: names.toReversed()[i] }));
  await assertRejects(() => reread(sorted), DataError, "was one column sorted");
});

Deno.test("no file, and an empty one, are a rubric without lines; a folder is an error", async () => {
  assertEquals(await reread(""), NOTHING);
  await inFolder(async (path) => {
    assertEquals(await readRubric(path), NOTHING);
    await Deno.mkdir(path);
    await assertRejects(() => readRubric(path), DataError, "cannot read");
  });
});
