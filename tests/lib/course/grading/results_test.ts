import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { exerciseB } from "../../../../exercises/b_score/exercise.ts";
import { type Entry, JOURNAL, Journal, type Run } from "../../../../lib/course/grading/journal.ts";
import { mergeParts, requireMarks, writeResults } from "../../../../lib/course/grading/results.ts";
import { RUBRIC } from "../../../../lib/course/grading/outputs/mod.ts";
import { fileNameOf } from "../../../../lib/course/grading/outputs/names.ts";
import { rowOf, rowWithout } from "../../../../lib/course/grading/score.ts";
import { isInShard } from "../../../../lib/course/grading/shard.ts";
import { DataError, UsageError } from "../../../../lib/errors.ts";
import { withFolder } from "./folders.ts";

/** Rows of a batch, as they come: in no order. */
const ENTRIES = ["eve", "=ana", "bob, the <b>", "dan", "конь", "fay", "Ada"].map(
  (student, i): Entry => {
    const graded = {
      ...{ student, exercise: "b", checks: exerciseB.checks },
      answers: [{ number: 1, question: "Why?", answer: `Because ${student}` }],
      ...{ notes: i === 2 ? ["look"] : [], seconds: 0.25 * i },
    };
    const judged = exerciseB.checks.map(({ id, message }, j) => {
      const status = j % 9 === i ? "failed" as const : "passed" as const;
      return { id, status, message, seconds: 0.01 * j };
    });
    return student === "fay"
      ? { key: student, row: rowWithout(graded, "there is no exercise_b.ts") }
      : { key: student, row: rowOf(graded, judged), source: `export const f = ${i};\n` };
  },
);

/** Writes a journal of some rows. */
async function write(folder: string, entries: readonly Entry[], run: Partial<Run> = {}) {
  const journal = await Journal.open(folder);
  for (const entry of entries) await journal.add(entry);
  const shard = { index: 1, count: 1 };
  const keys = entries.map(({ key }) => key);
  await journal.end({ grader: "g", exercises: ["b"], shard, keys, ...run });
  journal.close();
}

/** Writes the journals of three parts, and gives their folders. */
async function writeParts(folder: string, run: Partial<Run> = {}): Promise<string[]> {
  return await Promise.all([1, 2, 3].map(async (index) => {
    const part = join(folder, `part ${index}`);
    const shard = { index, count: 3 };
    const entries = ENTRIES.filter(({ row }) => isInShard(row.student, shard));
    await write(part, entries, { ...run, shard });
    return part;
  }));
}

/** The files of a folder by their paths, but the journal. */
async function filesOf(folder: string, inside = ""): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(join(folder, inside))) {
    const path = join(inside, name);
    if (isDirectory) {
      for (const [path_, text] of await filesOf(folder, path)) files.set(path_, text);
    } else if (name !== JOURNAL) files.set(path, await Deno.readTextFile(join(folder, path)));
  }
  return files;
}

const ROSTER = ENTRIES.slice(0, 3).map(({ key: student }) => {
  return { student, lastName: `Of ${student}`, firstName: "", email: "@example.org" };
});

for (const roster of [undefined, ROSTER]) {
  const how = roster === undefined ? "" : ", with a roster as well";
  Deno.test(`parts put together give the files of the whole, byte for byte${how}`, () =>
    checkMerge({ roster }));
}

async function checkMerge(run: Pick<Run, "roster">): Promise<void> {
  await withFolder({}, async (folder) => {
    const [whole, merged] = [join(folder, "whole"), join(folder, "merged")];
    await write(whole, ENTRIES, run);
    const rows = await writeResults(whole);
    assertEquals(rows.map(({ row }) => row.student), ENTRIES.map(({ key }) => key).sort());
    const parts = await writeParts(folder, run);
    await mergeParts([parts[2], parts[0], parts[1]], merged);
    assertEquals(await writeResults(merged), rows);
    const [expected, received] = [await filesOf(whole), await filesOf(merged)];
    assertEquals([...received.keys()].sort(), [...expected.keys()].sort());
    for (const [path, text] of expected) assertEquals(received.get(path), text, path);
    assertEquals(expected.get("nbgrader.csv")!.includes("Of eve"), run.roster !== undefined);
  });
}

Deno.test("parts with different rosters are not put together", () =>
  withFolder({}, async (folder) => {
    const [one, other] = [join(folder, "1"), join(folder, "2")];
    await write(one, ENTRIES, { shard: { index: 1, count: 2 }, roster: ROSTER });
    await write(other, [], { shard: { index: 2, count: 2 } });
    const merge = () => mergeParts([one, other], join(folder, "out"));
    await assertRejects(merge, DataError, "with another roster than");
  }));

Deno.test("what was written for a student who is gone is removed, and nothing of others", () =>
  withFolder({}, async (out) => {
    await write(out, ENTRIES);
    await writeResults(out);
    const before = [...(await filesOf(out)).keys()];
    const mine = ["students/mine.html", `gradescope/${fileNameOf("eve")}/mine.txt`];
    for (const path of mine) await Deno.writeTextFile(join(out, path), "");
    await write(out, ENTRIES.filter(({ key }) => key !== "eve" && key !== "dan"));
    await writeResults(out);
    const gone = ["eve", "dan"].map(fileNameOf).flatMap((name) => {
      return [`students/${name}.html`, `gradescope/${name}/results.json`];
    });
    const expected = [...before.filter((path) => !gone.includes(path)), ...mine];
    assertEquals([...(await filesOf(out)).keys()].sort(), expected.sort());
    const folders = [...Deno.readDirSync(join(out, "gradescope"))].map(({ name }) => name);
    assertEquals([folders.includes(fileNameOf("eve")), folders.includes(fileNameOf("dan"))], [
      ...[true, false],
    ]);
  }));

Deno.test("a part may be empty", () =>
  withFolder({}, async (folder) => {
    const shard = (index: number) => ({ shard: { index, count: 2 } });
    await write(join(folder, "1"), ENTRIES, shard(1));
    await write(join(folder, "2"), [], shard(2));
    await mergeParts([join(folder, "1"), join(folder, "2")], join(folder, "out"));
    assertEquals((await writeResults(join(folder, "out"))).length, ENTRIES.length);
    assertEquals(await writeResults(join(folder, "2")), []);
  }));

Deno.test("merging the same parts again changes nothing", () =>
  withFolder({}, async (folder) => {
    const parts = await writeParts(folder);
    const out = join(folder, "out");
    await mergeParts(parts, out);
    const rows = await writeResults(out);
    await mergeParts(parts, out);
    assertEquals(await writeResults(out), rows);
  }));

/** Gives an answer two points, as a person would in a spreadsheet. */
async function mark(folder: string, student: string) {
  const path = join(folder, RUBRIC);
  const [header, ...lines] = (await Deno.readTextFile(path)).split("\n");
  const marked = lines.map((line) => {
    return line.startsWith(`${student},`) ? line.replace(",,1,,,q", ",2,2,well done,,q") : line;
  });
  await Deno.writeTextFile(path, [header, ...marked].join("\n"));
}

Deno.test("marks made in the parts are in what is put together, and stay there", () =>
  withFolder({}, async (folder) => {
    const parts = await writeParts(folder);
    const out = join(folder, "out");
    for (const part of parts) await writeResults(part);
    const theirs = parts.find((_, i) => isInShard("dan", { index: i + 1, count: 3 }))!;
    await mark(theirs, "dan");
    await mergeParts(parts, out);
    await writeResults(out, { marksOf: parts });
    assertMatch(await Deno.readTextFile(join(out, "grades.csv")), /\ndan,b,\d+,21,2,2,0,/);
    await mark(out, "eve");
    await mergeParts(parts, out);
    await writeResults(out, { marksOf: parts });
    const grades = await Deno.readTextFile(join(out, "grades.csv"));
    assertMatch(grades, /\ndan,b,\d+,21,2,2,0,/);
    assertMatch(grades, /\neve,b,\d+,21,2,2,0,/);
  }));

Deno.test("a damaged table of marks is known before anything is done", () =>
  withFolder({ out: { [RUBRIC]: "student,exercise\n" }, new: {} }, async (folder) => {
    await requireMarks([join(folder, "new"), join(folder, "no folder")]);
    const folders = [join(folder, "new"), join(folder, "out")];
    const { message } = await assertRejects(() => requireMarks(folders), DataError);
    assertMatch(message, /rubric\.csv, row 1 \(line 1\): there is no column number/);
  }));

Deno.test("parts that do not make a whole are refused", () =>
  withFolder({}, async (folder) => {
    const [one, two, three] = await writeParts(folder);
    const made = async (name: string, run: Partial<Run>) => {
      const path = join(folder, name);
      await write(path, [], { shard: { index: 3, count: 3 }, ...run });
      return path;
    };
    const open = join(folder, "open");
    (await Journal.open(open)).close();
    const cases: [string[], string][] = [
      [[one, three], "part 2 of 3 is missing; name its folder as well"],
      [[one, two, three, await made("again", {})], "part 3 of 3 is there twice, in "],
      [[one, two, await made("other", { grader: "h" })], "with another version, seed or timeout"],
      [[one, two, await made("four", { shard: { index: 3, count: 4 } })], "as one of 4 parts"],
      [[one, two, await made("c", { exercises: ["b", "c"] })], "for exercise b, c, unlike"],
      [[one, two, open], "is not graded to its end; grade it again with --resume"],
      [[one, two, folder], "has no journal; name a folder that was given to --out"],
    ];
    for (const [parts, message] of cases) {
      await assertRejects(() => mergeParts(parts, join(folder, "out")), DataError, message);
    }
    const error = await assertRejects(() => mergeParts([one, two, three], two), UsageError);
    assertEquals(error.message.includes("is one of the parts"), true);
  }));

Deno.test("a part to which rows were added after its end is not finished", () =>
  withFolder({}, async (folder) => {
    await write(folder, ENTRIES.slice(0, 2));
    const journal = await Journal.open(folder);
    await journal.add(ENTRIES[2]);
    journal.close();
    await assertRejects(() => writeResults(folder), DataError, "not graded to its end");
  }));
