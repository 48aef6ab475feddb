/**
 * A student's results in the form that Gradescope reads: a scored test for each function, and an
 * unscored one for each of its checks, so that the scores of the tests add up to the score.
 *
 * @module
 */
import type { GradedCheck, GradedFunction, GradeRow } from "../../row.ts";
import { fileFaultOf } from "../statistics.ts";
import { clip, harmless, oneLine, sumOf } from "../text.ts";
import { seen } from "./seen.ts";

/** Who sees a test: everyone at once, or the student when the instructor publishes grades. */
export type Visibility = "visible" | "after_published";

/** A test as Gradescope shows it. */
export interface GradescopeTest {
  readonly name: string;
  /** `2` for a function, `2.3` for a check of it. */
  readonly number: string;
  readonly score?: number;
  readonly max_score?: number;
  readonly status: "passed" | "failed";
  readonly output: string;
  readonly output_format: "text";
  readonly visibility: Visibility;
}

/** The document `results.json`. */
export interface GradescopeResults {
  readonly score: number;
  /** In seconds. */
  readonly execution_time: number;
  readonly output: string;
  readonly output_format: "text";
  readonly stdout_visibility: "hidden";
  readonly tests: readonly GradescopeTest[];
}

/** How long a test's output can be. */
const LONGEST = 10_000;

/**
 * The results of a student.
 *
 * @param rows the student's, one for each exercise
 */
export function gradescopeResults(rows: readonly GradeRow[]): GradescopeResults {
  let number = 0;
  const tests = rows.flatMap((row) => row.functions.flatMap((fn) => testsOf(row, fn, ++number)));
  return {
    score: sumOf(rows.map(({ score }) => score)),
    execution_time: sumOf(rows.map(({ seconds }) => seconds)),
    output: clip(rows.map(remarksOn).filter((text) => text !== "").join("\n\n"), LONGEST),
    output_format: "text",
    stdout_visibility: "hidden",
    tests,
  };
}

/** What there is to say of a submission as a whole. */
function remarksOn(row: GradeRow): string {
  const { exercise, reason, notes, checks } = row;
  const fault = fileFaultOf(row);
  const failed = checks.filter(({ status }) => status === "grader-error").length;
  const remarks = [
    ...(reason === undefined ? [] : [`Nothing could be graded: ${reason}`]),
    ...(fault === undefined ? [] : [`No function could be checked: ${fault}`]),
    ...(failed === 0 ? [] : [
      `The grader itself failed in ${failed} of the checks, so this score is not final: ` +
      "tell your instructor.",
    ]),
    ...notes,
  ];
  return remarks.map((text) => `Exercise ${exercise.toUpperCase()}: ${oneLine(text)}`).join("\n");
}

/** A function's test, and those of its checks. */
function testsOf(row: GradeRow, fn: GradedFunction, number: number): GradescopeTest[] {
  const checks = row.checks.filter((check) => check.function === fn.name);
  const name = `Exercise ${row.exercise.toUpperCase()}: ${oneLine(fn.name)}`;
  const passes = checks.every(({ status }) => status === "passed") && checks.length > 0;
  return [
    {
      name,
      number: String(number),
      ...(fn.maxScore > 0 ? { score: fn.score, max_score: fn.maxScore } : {}),
      ...testOf(passes, summary(checks), "visible"),
    },
    ...checks.map((check, i) => ({
      name: `${name}: ${oneLine(check.id)}`,
      number: `${number}.${i + 1}`,
      ...testOf(check.status === "passed", details(check), visibilityOf(check)),
    })),
  ];
}

function testOf(passes: boolean, output: string, visibility: Visibility) {
  return {
    status: passes ? "passed" : "failed",
    output: clip(harmless(output), LONGEST),
    output_format: "text",
    visibility,
  } as const;
}

function visibilityOf({ visibility }: GradedCheck): Visibility {
  return visibility === "public" ? "visible" : "after_published";
}

/** What a function's score comes from: said at once, for the score itself is seen at once. */
function summary(checks: readonly GradedCheck[]): string {
  const failing = checks.filter(({ status }) => status !== "passed");
  const passed = checks.length - failing.length;
  const lines = [
    `${passed} of ${checks.length} checks passed; points are given when all of them do.`,
    ...failing.filter(({ visibility }) => visibility === "hidden").map((check) =>
      `Not passed, a check that only graders have: ${seen(check).message}`
    ),
  ];
  return lines.join("\n");
}

function details(check: GradedCheck): string {
  const { status, message, hint, finding } = seen(check);
  const rows = Object.entries(finding ?? {}).map(([name, text]) => `${name}: ${text}`);
  const isPlain = status === "passed" || status === "failed";
  const shown = [isPlain ? message : `${status}: ${message}`, ...rows];
  return [...shown, ...(status === "failed" ? [`hint: ${hint}`] : [])].join("\n");
}
