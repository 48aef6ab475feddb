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

/** What is graded, what is kept, and how much of each is stale or there already. */
function plan(items: Item[], entries: Entry[], choice: Choice) {
  const kept = { entries: new Map(entries.map((entry) => [entry.key, entry])) };
  const { open, kept: stay, stale, again } = planOf(items, kept, choice);
  return {
    ...{ open: open.map(({ key }) => key), kept: stay.map(({ key }) => key) },
    ...{ stale, again },
  };
}

const ITEMS = [item("ana"), item("bob", 2), item("eve")];
const ENTRIES = [entry("ana"), entry("bob", 1)];

Deno.test("without resume everything is graded, also what is there already", () => {
  assertEquals(plan(ITEMS, ENTRIES, { resume: false }), {
    ...{ open: ["ana1", "bob2", "eve1"], kept: [], stale: 0, again: 1 },
  });
});

Deno.test("with resume what changed or is missing is graded", () => {
  assertEquals(plan(ITEMS, ENTRIES, { resume: true }), {
    ...{ open: ["bob2", "eve1"], kept: ["ana1"], stale: 0, again: 0 },
  });
});

Deno.test("where the grader failed it tries again", () => {
  const entries = [entry("ana", 1, "grader-error"), entry("eve", 1, "timeout")];
  assertEquals(plan(ITEMS, entries, { resume: true }), {
    ...{ open: ["ana1", "bob2"], kept: ["eve1"], stale: 0, again: 0 },
  });
});

Deno.test("of chosen students all is graded, and the others stay as they are", () => {
  const choice = { resume: false, only: ["eve"] };
  assertEquals(plan(ITEMS, ENTRIES, choice), {
    ...{ open: ["eve1"], kept: ["ana1", "bob1"], stale: 1, again: 0 },
  });
  assertEquals(plan(ITEMS, [], choice), { open: ["eve1"], kept: [], stale: 0, again: 0 });
  // The last is the one that counts.
  const entries = [entry("bob", 0), entry("bob", 1)];
  assertEquals(plan(ITEMS, entries, choice).kept, ["bob1"]);
});
