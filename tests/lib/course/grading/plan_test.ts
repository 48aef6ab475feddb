import { assertEquals } from "@std/assert";
import type { Item } from "../../../../lib/course/grading/items.ts";
import type { Entry } from "../../../../lib/course/grading/journal.ts";
import { type Choice, planOf } from "../../../../lib/course/grading/plan.ts";
import type { GradedCheck } from "../../../../lib/course/grading/row.ts";

const EXERCISE = { name: "a", hasCode: true, checks: [], questions: [] };

function item(student: string, version = 1): Item {
  return { student, exercise: EXERCISE, key: `${student}${version}`, answers: [], notes: [] };
}

function entry(student: string, version = 1, status: GradedCheck["status"] = "passed"): Entry {
  const check: GradedCheck = {
    ...{ id: "f-1", function: "f", visibility: "public", message: "", hint: "", seconds: 0 },
    status,
  };
  const row = {
    ...{ student, exercise: "a", score: 0, maxScore: 0, seconds: 0 },
    ...{ functions: [], checks: [check], answers: [], notes: [] },
  };
  return { key: `${student}${version}`, row };
}

/** What is graded, what is kept, and how much of that is stale. */
function plan(items: Item[], entries: Entry[], choice: Choice): [string[], string[], number] {
  const kept = { entries: new Map(entries.map((entry) => [entry.key, entry])) };
  const { open, kept: stay, stale } = planOf(items, kept, choice);
  return [open.map(({ key }) => key), stay.map(({ key }) => key), stale];
}

const ITEMS = [item("ana"), item("bob", 2), item("eve")];
const ENTRIES = [entry("ana"), entry("bob", 1)];

Deno.test("without resume everything is graded", () => {
  assertEquals(plan(ITEMS, ENTRIES, { resume: false }), [["ana1", "bob2", "eve1"], [], 0]);
});

Deno.test("with resume what changed or is missing is graded", () => {
  assertEquals(plan(ITEMS, ENTRIES, { resume: true }), [["bob2", "eve1"], ["ana1"], 0]);
});

Deno.test("where the grader failed it tries again", () => {
  const entries = [entry("ana", 1, "grader-error"), entry("eve", 1, "timeout")];
  assertEquals(plan(ITEMS, entries, { resume: true }), [["ana1", "bob2"], ["eve1"], 0]);
});

Deno.test("of chosen students all is graded, and the others stay as they are", () => {
  const choice = { resume: false, only: ["eve"] };
  assertEquals(plan(ITEMS, ENTRIES, choice), [["eve1"], ["ana1", "bob1"], 1]);
  assertEquals(plan(ITEMS, [], choice), [["eve1"], [], 0]);
  // The last is the one that counts.
  const entries = [entry("bob", 0), entry("bob", 1)];
  assertEquals(plan(ITEMS, entries, choice), [["eve1"], ["bob1"], 1]);
});
