/**
 * Checks of a student's functions, as data: what each looks at, what it is worth, what it says when
 * it fails; and the one loop that runs them, in the student's terminal and in grading.
 *
 * @module
 */
import { GenlabError, MemoryError } from "../errors.ts";
import { withSeed } from "./seeded.ts";
import { type Student, StudentError, type StudentErrorKind } from "./student.ts";

/** What a check found instead of what it looked for. */
export interface Finding {
  /** What there should be, in a few words or numbers. */
  readonly expected: string;
  /** What there is. */
  readonly received: string;
  /** Where: the index, and the shapes or values the function was called with. */
  readonly where: string;
}

/** Thrown by a check that does not pass. */
export class CheckFailure extends GenlabError {
  /** @param finding what was found, and where */
  constructor(readonly finding: Finding) {
    super(`expected ${finding.expected}, received ${finding.received}, ${finding.where}`);
  }
}

/** One property that a student's function must have. */
export interface Check {
  /** Names it for ever, in journals and reports: `kl-mean-term`. */
  readonly id: string;
  /** The student's function that it looks at. */
  readonly function: string;
  /** What it is worth; a function's points are earned when all of its checks pass. */
  readonly points: number;
  /** What is expected, without the answer. */
  readonly message: string;
  /** A push in the right direction, shown on request. */
  readonly hint: string;
  /** Whether students have it, or only graders. */
  readonly visibility: "public" | "hidden";
  /**
   * Functions that its function calls. Until all their checks pass, a failure may be theirs: then the
   * check counts as skipped, not as failed.
   */
  readonly needs?: readonly string[];
  /**
   * Looks.
   *
   * @throws {CheckFailure} if the property does not hold
   * @throws {StudentError} if the function cannot be called
   */
  run(student: Student): Promise<void>;
}

/**
 * What hidden checks have in common, each of them the same property as a public one on other data:
 * worth nothing by themselves, as public checks have the points, and of one hint.
 */
export const HIDDEN = {
  points: 0,
  visibility: "hidden",
  hint: "Compute with what is passed in; nothing may depend on particular values or shapes.",
} as const;

/** A function of the student's file. */
export interface FunctionSpec {
  readonly name: string;
  /** Whether the student's file comes with it written. */
  readonly given: boolean;
}

/** What an exercise reports beside its checks. */
export interface Measured {
  /** The numbers, as they stand in the JSON document. */
  readonly metrics: Readonly<
    Record<string, number | readonly number[] | Readonly<Record<string, number>>>
  >;
  /** The same for people, in the notebook's form. */
  readonly text: string;
}

/** What an exercise asks, checks and measures. */
export interface Exercise {
  readonly name: "a" | "b" | "d" | "e";
  readonly functions: readonly FunctionSpec[];
  readonly checks: readonly Check[];
  /**
   * The notebook's numbers and lines, computed with the student's functions.
   *
   * @param seed of all random draws, which are made in the notebook's order
   * @throws {CheckFailure} if one of the functions returns something else than it should
   * @throws {StudentError} if one of them cannot be called
   */
  measure(student: Student, seed: number): Promise<Measured>;
}

/** How a check ended. */
export type Status =
  | ("passed" | "failed" | "skipped" | "not-written" | "missing" | "error")
  | ("timeout" | "memory" | "rejected" | "grader-error");

/** A check that was run. */
export interface CheckResult {
  readonly id: string;
  readonly function: string;
  readonly points: number;
  readonly visibility: "public" | "hidden";
  readonly status: Status;
  /** The check's own message; where the function could not be called, why. */
  readonly message: string;
  readonly hint: string;
  readonly seconds: number;
  /** What was found, if the check failed. */
  readonly finding?: Finding;
  /** What went wrong, if the function could not be called. */
  readonly error?: StudentError;
}

/** Failures to call a function after which it is not called again: the next would be the same. */
const FINAL: readonly StudentErrorKind[] = [
  ...(["file", "syntax", "missing", "not-written"] as const),
  ...(["timeout", "memory", "output", "ended", "rejected"] as const),
];

/**
 * Runs an exercise's checks in their order. Whatever a student's function does, there is one result
 * for each check: an exception that is neither the student's nor a failed check is a `grader-error`.
 *
 * @param options `seed`: where the checks' random numbers start
 *
 * @example
 * ```ts
 * import { runChecks } from "./check.ts";
 * import { inProcess } from "./student.ts";
 * import { exerciseB } from "../../exercises/b_score/exercise.ts";
 * import * as solution from "../../exercises/b_score/solution.ts";
 * import { assertEquals } from "@std/assert";
 *
 * for await (const { id, status } of runChecks(exerciseB, inProcess({ ...solution }))) {
 *   assertEquals(status, "passed", id);
 * }
 * ```
 */
export async function* runChecks(
  { checks }: Pick<Exercise, "checks">,
  student: Student,
  { seed = 0 }: { readonly seed?: number } = {},
): AsyncGenerator<CheckResult, void, void> {
  const broken = new Map<string, StudentError>();
  const flawed = new Set<string>();
  for (const check of checks) {
    const start = performance.now();
    const known = broken.get(check.function);
    const outcome = known === undefined
      ? await withSeed(seed, () => attempt(check, student))
      : unable(known);
    if (outcome.error !== undefined && FINAL.includes(outcome.error.kind)) {
      broken.set(check.function, outcome.error);
    }
    if (outcome.status !== "passed") flawed.add(check.function);
    const cause = check.needs?.find((name) => flawed.has(name));
    const blamed = cause !== undefined && !isUnwritten(check.function, outcome)
      ? excuse(outcome, cause)
      : outcome;
    const { id, points, visibility, message, hint } = check;
    const seconds = (performance.now() - start) / 1000;
    yield { id, function: check.function, points, visibility, message, hint, seconds, ...blamed };
  }
}

/** Whether a function itself is still to be written, and not one that it calls. */
function isUnwritten(name: string, { error }: Outcome): boolean {
  return error?.kind === "not-written" && error.message.includes(name);
}

/** The outcome of a check that may have failed because of another function. */
function excuse(outcome: Outcome, cause: string): Outcome {
  return outcome.status === "passed"
    ? outcome
    : { status: "skipped", message: `waits for ${cause} to pass its checks` };
}

type Outcome = Pick<CheckResult, "status" | "finding" | "error"> & { message?: string };

async function attempt(check: Check, student: Student): Promise<Outcome> {
  try {
    await check.run(student);
    return { status: "passed" };
  } catch (error) {
    if (error instanceof CheckFailure) return { status: "failed", finding: error.finding };
    if (error instanceof StudentError) return unable(error);
    if (isMemory(error)) {
      const message =
        `${check.function}: what it computes takes too much memory; look for large shapes`;
      return { status: "memory", message };
    }
    // What the student's graph makes the runtime refuse, such as an index out of range.
    if (error instanceof GenlabError) return { status: "error", message: error.message };
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { status: "grader-error", message: `the check itself failed (${what}); report it` };
  }
}

/** Whether it was memory that was missing, in ONNX Runtime or for an array. */
function isMemory(error: unknown): boolean {
  return error instanceof MemoryError ||
    (error instanceof RangeError && /allocation failed/i.test(error.message));
}

/** The outcome of a check whose function could not be called. */
function unable(error: StudentError): Outcome {
  return { status: statusOf(error.kind), message: error.message, error };
}

function statusOf(kind: StudentErrorKind): Status {
  switch (kind) {
    case "file":
      return "missing";
    case "not-written":
    case "missing":
    case "timeout":
    case "memory":
    case "rejected":
      return kind;
    default:
      return "error";
  }
}
