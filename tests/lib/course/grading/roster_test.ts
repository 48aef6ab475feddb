import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { grade, type GradePlan, type Person } from "../../../../mod.ts";
import { readRoster } from "../../../../lib/course/grading/outputs/roster.ts";
import { nameOf } from "../../../../lib/course/grading/roster.ts";
import { DataError, UsageError } from "../../../../lib/errors.ts";
import { withFolder } from "./folders.ts";

const ADA: Person = {
  ...{ student: "ada", lastName: "Lovelace", firstName: "Ada" },
  email: "ada@example.org",
};

/** Reads a roster that is the given text. */
function rosterIn(content: string | Uint8Array): Promise<readonly Person[]> {
  return withFolder({ "class.csv": content }, (folder) => readRoster(join(folder, "class.csv")));
}

Deno.test("a roster is read as spreadsheets leave it", async () => {
  const texts = [
    "student_id,last_name,first_name,email\nada,Lovelace,Ada,ada@example.org\n",
    "\ufeffemail;First Name;lms_user_id;Last Name;Student_ID\r\n" +
    "ada@example.org;Ada;7;Lovelace; ada \r\n;;;;\r\n",
    'first_name\tstudent_id\temail\tlast_name\n"Ada"\tada\tada@example.org\tLovelace',
  ];
  for (const text of texts) assertEquals(await rosterIn(text), [ADA]);
});

Deno.test("what a roster does not say is empty", async () => {
  const [person] = await rosterIn("student_id\n0012\n");
  assertEquals(person, { student: "0012", lastName: "", firstName: "", email: "" });
  assertEquals([nameOf(person), nameOf(ADA), nameOf(undefined)], ["", "Ada Lovelace", ""]);
});

Deno.test("ids of nbgrader.csv are those of the students, formulas too", async () => {
  assertEquals((await rosterIn("student_id\n'=eve\n"))[0].student, "=eve");
});

Deno.test("a roster that cannot be understood is refused, with the row and the line", async () => {
  const cases: [string | Uint8Array, string][] = [
    ["", "row 1 (line 1): there is no column student_id"],
    ["id,email\nada,\n", "row 1 (line 1): there is no column student_id among id, email"],
    ["email,student_id,email\n", "row 1 (line 1): there are two columns email"],
    ['student_id,email\n"a\nb",\n,x@y\n', "row 3 (line 4): student_id is empty"],
    ["student_id\nada\nbob\nada\n", 'row 4 (line 4): "ada" is in row 2 (line 2) already'],
    ["student_id\nada,Lovelace\n", 'row 2 (line 2): there are more cells than columns, such as "L'],
    ['student_id\n"ada\n', "is no CSV table"],
    [Uint8Array.of(0x73, 0xe9), "is not in UTF-8"],
  ];
  for (const [content, message] of cases) {
    const error = await assertRejects(() => rosterIn(content), DataError, message);
    assert(error.message.endsWith("; nothing was graded"), error.message);
  }
  await assertRejects(
    () => readRoster("/no/such.csv"),
    UsageError,
    "there is no file /no/such.csv",
  );
});

Deno.test("those of a roster who handed in nothing have a row, and strangers are named once", () =>
  withFolder({ ada: { "answers_c.md": "" }, "0012": {}, eve: {} }, async (dir) => {
    const roster = ["zoe", "ada", "12", "bob"].map((student) => ({ ...ADA, student }));
    let plan: GradePlan | undefined;
    const onPlan = (made: GradePlan) => void (plan = made);
    const rows = await Array.fromAsync(grade(dir, { roster, exercises: ["c"], onPlan }));
    const absent = rows.filter(({ reason }) => reason?.startsWith("nothing was handed in"));
    assertEquals(absent.map(({ student, score }) => [student, score]), [
      ...[["12", 0], ["bob", 0], ["zoe", 0]],
    ]);
    assertEquals(rows.map(({ student }) => student), ["0012", "12", "ada", "bob", "eve", "zoe"]);
    assertEquals(
      plan!.notes.filter((note) => note.includes("roster")),
      ["not on the roster: 0012 (is that 12 on the roster?), eve"],
    );
    const parts = await Promise.all([1, 2].map((index) => {
      return Array.fromAsync(grade(dir, { roster, exercises: ["c"], shard: { index, count: 2 } }));
    }));
    assertEquals(parts.flat().map(({ student }) => student).sort(), rows.map((row) => row.student));
    const only = await Array.fromAsync(grade(dir, { roster, exercises: ["c"], only: ["bob"] }));
    assertEquals(only.map(({ student }) => student), ["bob"]);
  }));

Deno.test("a roster alone is no batch: the folder may be the wrong one", () =>
  withFolder({}, async (dir) => {
    const rows = grade(dir, { roster: [ADA] });
    await assertRejects(() => rows.next(), UsageError, "there are no submissions");
  }));
