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

/** What there may be in place of an exercise's functions, by their names. */
export interface Corpus {
  /** Each is caught by the check that it names. */
  readonly MISTAKES: Readonly<Record<string, readonly Mistake<unknown>[]>>;
  /** What is right for the public checks' data alone. */
  readonly OVERFITTED: Readonly<Record<string, unknown>>;
  /** What is right, by what is special about it. */
  readonly RIGHT: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Tests an exercise's checks: the solution passes them, mistakes are caught as they should be, and all
 * that is right passes.
 *
 * @param seeds of the random numbers with which the solution is checked
 */
export function testChecks(
  exercise: Exercise,
  solution: object,
  { MISTAKES, OVERFITTED, RIGHT }: Corpus,
  seeds: readonly number[] = [0],
): void {
  Deno.test(`the solution passes every check, public and hidden, with seed ${seeds.join(", ")}`, async () => {
    for (const seed of seeds) await assertPasses(exercise, solution, seed);
  });

  Deno.test("every check has an id of its own, and a function, message and hint that exist", () => {
    const { checks, functions } = exercise;
    assertEquals(new Set(checks.map(({ id }) => id)).size, checks.length);
    for (const { id, message, hint, function: name } of checks) {
      assert(functions.some((spec) => spec.name === name), id);
      assert(message.length > 0 && hint.length > 0, id);
    }
  });

  for (const [name, mistakes] of Object.entries(MISTAKES)) {
    Deno.test(`${name}: each of ${mistakes.length} mistakes is caught by the check that fits it`, async (t) => {
      for (const mistake of mistakes) {
        const results = resultsOf(exercise, solution, name, mistake.code);
        await t.step(mistake.name, async () => assertCaught(await firstFailure(results), mistake));
      }
    });
  }

  for (const [name, functions] of Object.entries(RIGHT)) {
    Deno.test(`${name}: right in any other way passes every check`, async (t) => {
      for (const [way, code] of Object.entries(functions)) {
        await t.step(way, async () => {
          for await (const result of resultsOf(exercise, solution, name, code)) {
            assertEquals(result.status, "passed", `${result.id}: ${textOf(result)}`);
          }
        });
      }
    });
  }

  Deno.test("what is right for the public checks' data alone fails the hidden one", async (t) => {
    for (const [name, code] of Object.entries(OVERFITTED)) {
      await t.step(name, async () => {
        for await (const result of resultsOf(exercise, solution, name, code)) {
          const { id, status, visibility } = result;
          assertEquals(status, visibility === "hidden" ? "failed" : "passed", id);
        }
      });
    }
  });
}

/** What a function's checks say of it, where all others are the solution's. */
function resultsOf(
  { checks }: Exercise,
  solution: object,
  name: string,
  code: unknown,
): AsyncGenerator<CheckResult> {
  const asked = checks.filter((check) => check.function === name);
  return runChecks({ checks: asked }, inProcess({ ...solution, [name]: code }));
}

/** The first public check that does not pass. */
async function firstFailure(
  results: AsyncIterable<CheckResult>,
): Promise<CheckResult | undefined> {
  for await (const result of results) {
    if (result.visibility === "public" && result.status !== "passed") return result;
  }
}

/** Asserts that the solution passes every check, and that a check calls the function it is for alone. */
async function assertPasses(exercise: Exercise, solution: object, seed: number): Promise<void> {
  const { trace, call, close } = inProcess({ ...solution });
  const called = new Set<string>();
  const recorded =
    <A extends unknown[], R>(apply: (name: string, ...args: A) => R) =>
    (name: string, ...args: A): R => {
      called.add(name);
      return apply(name, ...args);
    };
  const student: Student = { trace: recorded(trace), call: recorded(call), close };
  for await (const { id, function: name, status } of runChecks(exercise, student, { seed })) {
    assertEquals([status, ...called], ["passed", name], `${id}, seed ${seed}`);
    called.clear();
  }
}

/** What a person reads of a check that did not pass. */
function textOf({ message, finding }: Pick<CheckResult, "message" | "finding">): string {
  if (finding === undefined) return message;
  const { expected, received, where } = finding;
  return `${message}: expected ${expected}, received ${received}, ${where}`;
}

/**
 * Asserts that a mistake is caught by the check that should catch it, with fitting words.
 *
 * @param failure the first public check that did not pass
 */
export function assertCaught(
  failure: Pick<CheckResult, "id" | "status" | "message" | "finding"> | undefined,
  { check, says }: Mistake<unknown>,
): void {
  assert(failure !== undefined, `passes every check, not failing ${check}`);
  const text = textOf(failure);
  assertEquals(failure.id, check, text);
  assert(["failed", "error"].includes(failure.status), `${failure.status}: ${text}`);
  assertMatch(text, says);
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
