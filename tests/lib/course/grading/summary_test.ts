import { assertEquals } from "@std/assert";
import { markRows } from "../../../../lib/course/grading/outputs/rubric/mark.ts";
import { keyOf } from "../../../../lib/course/grading/outputs/rubric/rubric.ts";
import type { GradedCheck, GradeRow } from "../../../../lib/course/grading/row.ts";
import { hasGraderError, summaryOf } from "../../../../lib/course/grading/summary.ts";

function row(
  student: string,
  score: number,
  statuses: readonly GradedCheck["status"][],
  more: Partial<GradeRow> = {},
): GradeRow {
  const checks = statuses.map((status, i): GradedCheck => ({
    ...{ id: `f-${i + 1}`, function: "f", visibility: "public", message: "m", hint: "h" },
    ...{ status, seconds: 0 },
  }));
  return {
    ...{ student, exercise: "a", score, maxScore: 10, checks, answers: [], notes: [], seconds: 1 },
    functions: [
      { name: "f", score, maxScore: 10 },
      { name: "g", score: Math.min(score, 1), maxScore: 1 },
    ],
    ...more,
  };
}

/** The summary of rows none of whose answers is marked. */
function summary(rows: readonly GradeRow[]): string[] {
  return summaryOf(markRows(rows, { lines: [], extra: [] }).rows);
}

Deno.test("the summary says how it went, and what to look at", () => {
  const rows = [
    row("ana", 10, ["passed", "passed"]),
    row("bob", 4, ["failed", "passed"], { seconds: 61.26 }),
    row("eve", 0, ["failed", "timeout"], { notes: ["judged\u001b[2J twice"] }),
    row("fay", 0, ["missing", "missing"], { reason: "there is no exercise_a.ts; hand it in" }),
    row("gil", 4, ["passed", "grader-error"]),
  ];
  assertEquals(summary(rows), [
    "Exercise A: 4 of 5 submissions graded; mean 3.6 (4.5 of those graded), median 4 of 10, 1 with " +
    "all points",
    "  right least often: f 1 of 4, g 3 of 4",
    "Checks: passed 4, failed 2, grader-error 1, timeout 1",
    "Nothing to grade:",
    "  fay a: there is no exercise_a.ts; hand it in",
    "Slowest:",
    "  bob a: 61.3 s",
    "Look at:",
    "  eve a: judged twice",
    "The grader failed, and did not give points:",
    "  gil a: f-2: m",
  ]);
  assertEquals(rows.map(hasGraderError), [false, false, false, false, true]);
});

Deno.test("a clean batch has a short summary, and long lists are cut", () => {
  const right = Array.from({ length: 9 }, (_, i) => row(`${i}`, 10, ["passed"]));
  assertEquals(summary(right), [
    "Exercise A: 9 of 9 submissions graded; mean 10.0, median 10 of 10, 9 with all points",
    "Checks: passed 9",
  ]);
  const broken = right.map((row, i) => ({ ...row, reason: `${i}` }));
  assertEquals(summary(broken).at(-1), "  and 4 more");
  assertEquals(summary([]), []);
});

Deno.test("what is wrong with one submission stands before what is wrong with many", () => {
  const absent = Array.from({ length: 9 }, (_, i) => row(`${i}`, 0, [], { reason: "no file" }));
  const rows = [...absent, row("zoe", 0, [], { reason: "too large" })];
  assertEquals(summary(rows), [
    "Exercise A: 0 of 10 submissions graded; mean 0.0, median 0 of 10, 0 with all points",
    "Nothing to grade:",
    "  zoe a: too large",
    "  0 a, 1 a, 2 a and 6 more: no file",
  ]);
});

Deno.test("files of which nothing could be checked stand first, by what is wrong with them", () => {
  const torn = ["ana", "bob"].map((student) => {
    const { checks, ...rest } = row(student, 0, ["error", "error"]);
    return {
      ...rest,
      checks: checks.map((check, i) => ({ ...check, function: `f${i}`, message: "it is torn" })),
    };
  });
  assertEquals(summary([...torn, row("eve", 10, ["passed"], { notes: ["twice"] })]).slice(-4), [
    "No function could be checked:",
    "  ana a, bob a: it is torn",
    "Look at:",
    "  eve a: twice",
  ]);
});

Deno.test("an exercise without points has answers to mark", () => {
  assertEquals(summary([row("ana", 0, [], { maxScore: 0, exercise: "c" })]), [
    "Exercise C: 1 of 1 submissions with answers to mark",
  ]);
});

Deno.test("answers that await marks are counted, empty ones aside", () => {
  const answers = ["Because.", " \n", "So."].map((answer, i) => {
    return { number: i + 1, question: "Why?", answer };
  });
  const rows = ["ana", "bob"].map((student) => row(student, 10, ["passed"], { answers }));
  assertEquals(
    summary(rows).at(-1),
    "Answers: 4 of 4 await marks: fill in rubric.csv, then use --resume",
  );
  const lines = rows.flatMap(({ student, exercise, answers }) =>
    answers.map(({ number, question, answer }) => ({
      ...{ student, exercise, number, question, answer, points: 1, comment: "", changed: "" },
      ref: { key: keyOf(student, exercise, number) },
      extra: new Map<string, string>(),
    }))
  );
  const after = (marks: number) =>
    summaryOf(markRows(rows, { lines: lines.slice(0, marks), extra: [] }).rows).at(-1);
  assertEquals(after(4), "Answers: 1 of 4 await marks: fill in rubric.csv, then use --resume");
  assertEquals(after(6), "Checks: passed 2");
});
