/**
 * Makes a row of what was judged: statuses into points.
 *
 * @module
 */
import type { Check } from "../check.ts";
import type { Judged } from "./evaluator_protocol.ts";
import { clip, oneLine } from "./outputs/text.ts";
import type { GradedAnswer, GradedCheck, GradedFunction, GradeRow } from "./row.ts";

/** What a row is made of, beside what was judged. */
export interface Graded {
  readonly student: string;
  readonly exercise: string;
  /** All checks that there are. */
  readonly checks: readonly Check[];
  readonly answers: readonly GradedAnswer[];
  readonly notes: readonly string[];
  readonly seconds: number;
}

/**
 * A row. A function's points are those of its checks, and are earned when all of them pass, hidden ones
 * too; a check without an answer has not passed.
 *
 * @param judged in any order; what no check stands for is passed over
 */
export function rowOf(graded: Graded, judged: readonly Judged[]): GradeRow {
  const answers = new Map(judged.map((one) => [one.id, one]));
  const checks = graded.checks.map((check) => gradedCheck(check, answers.get(check.id)));
  return row(graded, checks);
}

/** How long a reason can be: in it are names that a zip file may have given any length. */
const LONGEST_REASON = 1000;

/** A row without points, for a submission that there is nothing to judge of. */
export function rowWithout(graded: Graded, reason: string): GradeRow {
  const message = clip(oneLine(reason), LONGEST_REASON);
  const checks = graded.checks.map(({ id, function: name, visibility, hint }): GradedCheck => {
    return { id, function: name, visibility, status: "missing", message, hint, seconds: 0 };
  });
  return { ...row(graded, checks), reason: message };
}

function row(
  { student, exercise, checks: specified, answers, notes, seconds }: Graded,
  checks: readonly GradedCheck[],
): GradeRow {
  const functions = functionsOf(specified, checks);
  const sum = (points: readonly number[]) => points.reduce((total, one) => total + one, 0);
  return {
    student,
    exercise,
    score: sum(functions.map(({ score }) => score)),
    maxScore: sum(functions.map(({ maxScore }) => maxScore)),
    functions,
    checks,
    answers,
    notes: notes.map(oneLine),
    seconds,
  };
}

function gradedCheck(
  { id, function: name, visibility, message, hint }: Check,
  judged: Judged | undefined,
): GradedCheck {
  const graded = { id, function: name, visibility, hint };
  if (judged === undefined) {
    return { ...graded, status: "grader-error", message: `no answer came: ${message}`, seconds: 0 };
  }
  const { status, finding, seconds } = judged;
  return { ...graded, status, message: judged.message, ...(finding && { finding }), seconds };
}

function functionsOf(
  specified: readonly Check[],
  checks: readonly GradedCheck[],
): GradedFunction[] {
  const passed = new Set(checks.filter(({ status }) => status === "passed").map(({ id }) => id));
  const byFunction = Map.groupBy(specified, (check) => check.function);
  return Array.from(byFunction, ([name, of]) => {
    const maxScore = of.reduce((total, { points }) => total + points, 0);
    const isRight = of.every(({ id }) => passed.has(id));
    return { name, score: isRight ? maxScore : 0, maxScore };
  });
}
