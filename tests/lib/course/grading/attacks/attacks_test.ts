/**
 * One batch of hostile submissions among others, and what came of each of them.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Attack, SECRET } from "./attack.ts";
import { gradeAttacks, ODD, type Outcome, timeless } from "./batch.ts";
import { EXHAUSTING } from "./corpus/exhaust.ts";
import { FORGING } from "./corpus/forge.ts";
import { INTERFERING, NASTY_NAMES } from "./corpus/interfere.ts";
import { REACHING } from "./corpus/reach.ts";
import { READING } from "./corpus/read.ts";
import { TAMPERING } from "./corpus/tamper.ts";

const ATTACKS = [...READING, ...REACHING, ...FORGING, ...TAMPERING, ...EXHAUSTING, ...INTERFERING];

let graded: Promise<Outcome> | undefined;

/** The batch, which the first test that asks for it runs. */
function outcome(): Promise<Outcome> {
  return graded ??= gradeAttacks(ATTACKS);
}

/** A test where the system is one that all of this is made for. */
function test(fact: string, fn: () => Promise<void>): void {
  Deno.test({ name: fact, ignore: Deno.build.os !== "linux", fn });
}

function testAttack({ id, fact, says }: Attack): void {
  test(fact, async () => {
    const { rows } = await outcome();
    const row = rows.get(id);
    assert(row !== undefined, "there is no row");
    assertEquals(row.score, 0);
    assertEquals(row.reason ?? null, null);
    const messages = row.checks.map(({ message, finding }) =>
      [message, ...Object.values(finding ?? {})].join(", ")
    );
    assertMatch(messages.join("\n"), says);
    assert(messages.every((message) => message.length < 3000 && !message.includes("\n")));
    // A person would have to mark what the grader could not, as many as care to submit it.
    assertEquals(row.checks.filter(({ status }) => status === "grader-error"), []);
  });
}

for (const attack of ATTACKS) testAttack(attack);

test("there are hostile submissions of every kind, and no two have the same name", () => {
  assert(ATTACKS.length >= 100);
  assertEquals(new Set(ATTACKS.map(({ id }) => id)).size, ATTACKS.length);
  return Promise.resolve();
});

test("neighbours have the marks they have without attackers", async () => {
  const { rows, clean } = await outcome();
  const shares = [...clean].map(([student, { score, maxScore }]) => {
    return [student, score === maxScore ? "all" : score > 0 ? "some" : "none"];
  });
  assertEquals(Object.fromEntries(shares), {
    "aaa-right": "all",
    "forge-right": "all",
    "zzz-right": "all",
    "exhaust-mistaken": "some",
    "reach-mistaken": "some",
  });
  for (const [student, row] of clean) {
    assertEquals(timeless(rows.get(student)!), timeless(row));
  }
});

test("a student's name is only a name", async () => {
  const { rows } = await outcome();
  for (const name of NASTY_NAMES) assertEquals(rows.get(name)?.score, 6, name);
});

test("what is no file of its own is not graded, and the reason is given", async () => {
  const { rows } = await outcome();
  for (const student of ODD) {
    const { score, reason } = rows.get(student)!;
    assertEquals(score, 0, student);
    assert(reason !== undefined && /link|regular|exercise_a\.ts/.test(reason), reason);
  }
});

test("the batch ends, and everybody has a row", async () => {
  const { rows, clean, code, printed } = await outcome();
  assertEquals(rows.size, ATTACKS.length + clean.size + NASTY_NAMES.length + ODD.length);
  assertEquals(code, 0, printed);
});

test("no listener is reached", async () => assertEquals((await outcome()).connections, 0));

test("no file is written, changed or left", async () => {
  const { before, left, temporary, world } = await outcome();
  assertEquals(left, before);
  assertEquals(temporary, []);
  for (const name of ["grades.json", "written", "results.json"]) {
    const path = `${world.project}${name}`;
    assertEquals(await Deno.lstat(path).catch(() => undefined), undefined, path);
  }
});

test("no process outlives the batch", async () => {
  assertEquals((await outcome()).processes, []);
});

test("no secret comes out in any file, nor in the terminal", async () => {
  const { files, printed, world } = await outcome();
  for (const [name, text] of [...files, ["the terminal", printed]]) {
    assert(!text.includes(SECRET), name);
    assert(!text.includes("root:x:0:0"), name);
    // Nor a path of the grader's, beside those that the students wrote themselves.
    if (name === "journal.jsonl" || name.startsWith("similarity")) continue;
    assert(!text.includes(`${world.folder}/../`), name);
  }
});

test("nothing that comes out is more than text", async () => {
  const { files, printed } = await outcome();
  for (const [name, text] of [...files, ["the terminal", printed]]) {
    // The journal has the students' files, as JSON.
    if (name !== "journal.jsonl") assert(!/(?![\t\n\r])\p{Cc}/u.test(text), name);
    if (name.endsWith(".html")) {
      assert(!/<script>alert|<img src=x|\p{Bidi_Control}/u.test(text), name);
    }
    if (name.endsWith(".csv")) assert(!/(?:^|[,"])[=@+]\w/m.test(text), name);
  }
});
