import { assertEquals } from "@std/assert";
import type { Check, Status } from "../../../../lib/course/check.ts";
import type { Judged } from "../../../../lib/course/grading/evaluator_protocol.ts";
import { rowOf, rowWithout } from "../../../../lib/course/grading/score.ts";

function check(id: string, name: string, points: number, visibility: Check["visibility"]): Check {
  const run = () => Promise.resolve();
  return { id, function: name, points, visibility, message: "is right", hint: "look", run };
}

const CHECKS = [
  check("f-1", "f", 1, "public"),
  check("f-2", "f", 2, "public"),
  check("f-hidden", "f", 0, "hidden"),
  check("g-1", "g", 4, "public"),
];

const GRADED = {
  ...{ student: "ana", exercise: "a", checks: CHECKS },
  ...{ answers: [], notes: [], seconds: 1 },
};

function judged(id: string, status: Status = "passed"): Judged {
  return { id, status, message: "is right", seconds: 1 };
}

const ALL = CHECKS.map(({ id }) => judged(id));

/** The score when one check has another status, or no answer. */
function scoreWith(id: string, status?: Status): number {
  const others = ALL.filter((one) => one.id !== id);
  return rowOf(GRADED, status === undefined ? others : [...others, judged(id, status)]).score;
}

Deno.test("a function has the points of its checks when all of them pass, and else none", () => {
  const { score, maxScore, functions } = rowOf(GRADED, ALL);
  assertEquals([score, maxScore], [7, 7]);
  assertEquals(functions, [
    { name: "f", score: 3, maxScore: 3 },
    { name: "g", score: 4, maxScore: 4 },
  ]);
  assertEquals(scoreWith("f-1", "failed"), 4);
  assertEquals(scoreWith("f-hidden", "failed"), 4);
  assertEquals(scoreWith("g-1", "failed"), 3);
});

Deno.test("no status but passed earns anything", () => {
  const others: Status[] = [
    ...(["failed", "skipped", "not-written", "missing", "error"] as const),
    ...(["timeout", "memory", "rejected", "grader-error"] as const),
  ];
  for (const status of others) assertEquals(scoreWith("g-1", status), 3, status);
});

Deno.test("a check without an answer has not passed, and it is the grader that failed", () => {
  assertEquals(scoreWith("f-hidden"), 4);
  assertEquals(rowOf(GRADED, []).score, 0);
  const { checks } = rowOf(GRADED, ALL.slice(1));
  assertEquals(checks[0].status, "grader-error");
});

Deno.test("answers to checks that are none count for nothing", () => {
  const { score, checks } = rowOf(GRADED, [judged("f-9"), judged("")]);
  assertEquals([score, checks.length], [0, CHECKS.length]);
});

Deno.test("a submission with nothing to judge has all checks, no points, and the reason in one line", () => {
  const row = rowWithout(GRADED, "there is no \u001b[31mfile\n named so");
  assertEquals([row.score, row.maxScore, row.reason], [0, 7, "there is no file named so"]);
  assertEquals(row.checks.map(({ status }) => status), Array(4).fill("missing"));
});

Deno.test("an exercise without checks has no points to earn", () => {
  const { score, maxScore, functions } = rowOf({ ...GRADED, checks: [] }, []);
  assertEquals([score, maxScore, functions], [0, 0, []]);
});

Deno.test("a reason has an end, whatever names are in it", () => {
  const { reason, checks } = rowWithout(GRADED, `there is only ${"name ".repeat(100_000)}`);
  assertEquals([reason!.length < 1100, checks[0].message], [true, reason]);
});
