/**
 * Mistakes that students make and right solutions they may write, and how the checks judge them.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { type CheckResult, type Exercise, runChecks } from "../../lib/course/check.ts";
import { inProcess, type Student } from "../../lib/course/student.ts";

/** A mistake, and what has to be said about it. */
export interface Mistake<F> {
  /** What is wrong. */
  readonly name: string;
  /** The check that has to be the first to fail. */
  readonly check: string;
  /** What that check, or the error it meets, has to say: its message, or what it found. */
  readonly says: RegExp;
  /** The function with the mistake. */
  readonly code: F;
}

/** The solution with some functions replaced. */
export function studentWith(solution: object, functions: object): Student {
  return inProcess({ ...solution, ...functions });
}

/** What a person reads of a check that did not pass. */
export function textOf({ message, finding }: CheckResult): string {
  if (finding === undefined) return message;
  const { expected, received, where } = finding;
  return `${message}: expected ${expected}, received ${received}, ${where}`;
}

/** The first of a function's checks that does not pass. */
async function firstFailure(
  exercise: Exercise,
  name: string,
  student: Student,
): Promise<CheckResult | undefined> {
  const checks = exercise.checks.filter(({ function: of, visibility }) =>
    of === name && visibility === "public"
  );
  for await (const result of runChecks({ checks }, student)) {
    if (result.status !== "passed") return result;
  }
}

/** Asserts that the mistake is caught by the check it should be caught by, with fitting words. */
export async function assertCaught(
  exercise: Exercise,
  solution: object,
  name: string,
  { check, says, code }: Mistake<unknown>,
): Promise<void> {
  const failure = await firstFailure(exercise, name, studentWith(solution, { [name]: code }));
  assert(failure !== undefined, `passes every check, not failing ${check}`);
  const text = textOf(failure);
  assertEquals(failure.id, check, text);
  assert(["failed", "error"].includes(failure.status), `${failure.status}: ${text}`);
  assertMatch(text, says);
}

/** Asserts that a function passes the public checks, and not the hidden one. */
export async function assertHiddenCheckFails(
  exercise: Exercise,
  solution: object,
  name: string,
  code: unknown,
): Promise<void> {
  const checks = exercise.checks.filter((check) => check.function === name);
  const student = studentWith(solution, { [name]: code });
  for await (const { id, status, visibility } of runChecks({ checks }, student)) {
    assertEquals(status, visibility === "hidden" ? "failed" : "passed", id);
  }
}

/** Asserts that a right solution passes every check, hidden ones too. */
export async function assertRight(
  exercise: Exercise,
  solution: object,
  functions: object,
): Promise<void> {
  const names = Object.keys(functions);
  const checks = exercise.checks.filter((check) => names.includes(check.function));
  for await (const result of runChecks({ checks }, studentWith(solution, functions))) {
    assertEquals(result.status, "passed", `${result.id}: ${textOf(result)}`);
  }
}

/** Asserts that values are those expected, to a share of each and, near 0, of 1. */
export function assertClose(
  received: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
): void {
  assertEquals(received.length, expected.length);
  expected.forEach((value, i) =>
    assertAlmostEquals(received[i], value, tolerance * Math.max(1, Math.abs(value)), `at ${i}`)
  );
}
