/**
 * Judges one submission, whatever it does to the evaluators: every check gets its answer.
 *
 * @module
 */
import type { Check } from "../check.ts";
import type { Death, Evaluator } from "./evaluator.ts";
import type { Judged, Task } from "./evaluator_protocol.ts";

/**
 * How many times as long as a call of a function a check may take, which calls it again and again and
 * computes what comes of it; and seconds beyond that for what is not the student's.
 */
const [CHECK, SLACK] = [3, 5];

/** How many times as long as a call all that is done with a file may take. */
export const WHOLE_FILE = 10;

/** What came of judging a submission. */
export interface Judgement {
  /** One for each check, in their order. */
  readonly judged: readonly Judged[];
  /** What a person should know of how it went. */
  readonly notes: readonly string[];
}

/**
 * Judges a submission.
 *
 * An evaluator that dies or hangs may have met an accident, or a graph that ONNX Runtime cannot take:
 * the function at hand is tried once more, by another evaluator. If that comes to an end too, what is
 * left of the function's checks has no answer, and the other functions go on.
 *
 * @param checks all that there are
 * @param use gives an evaluator to use, which is replaced if it came to an end
 */
export async function judge(
  task: Omit<Task, "functions">,
  checks: readonly Check[],
  use: () => Promise<Pick<Evaluator, "judge">>,
): Promise<Judgement> {
  const answers = new Map<string, Judged>();
  const notes: string[] = [];
  const suspects = new Set<string>();
  const { timeout } = task;
  const message = patienceFor(timeout);
  let rest = 1000 * WHOLE_FILE * timeout;
  while (true) {
    const open = checks.filter(({ id }) => !answers.has(id));
    if (open.length === 0) break;
    const functions = [...new Set(open.map((check) => check.function))];
    // Until it is there the file is not waited for.
    const evaluator = await use();
    const start = performance.now();
    const patience = { message, deadline: start + rest };
    const death = await evaluator.judge({ ...task, functions }, patience, (judged) => {
      answers.set(judged.id, judged);
    });
    rest -= performance.now() - start;
    const left = open.filter(({ id }) => !answers.has(id));
    if (left.length === 0) break;
    const [{ function: name }] = left;
    const ofSame = left.filter((check) => check.function === name);
    const mayBeAccident = death !== undefined && death.kind !== "overdue" && !suspects.has(name);
    if (mayBeAccident) {
      suspects.add(name);
      const what = death.kind === "late" ? "took too long" : `ended (${death.reason})`;
      notes.push(`the process that judged ${name} ${what}, and another did it again`);
      for (const check of checks) if (check.function === name) answers.delete(check.id);
      continue;
    }
    const without = death?.kind === "overdue" ? left : ofSame;
    for (const { id } of without) answers.set(id, { id, ...unanswered(name, death, timeout) });
  }
  return { judged: checks.map(({ id }) => answers.get(id)!), notes };
}

/** Seconds after which an evaluator that says nothing is taken to hang. */
function patienceFor(timeout: number): number {
  return CHECK * timeout + SLACK;
}

/** What is said of a check that no answer came for. */
function unanswered(
  name: string,
  death: Death | undefined,
  timeout: number,
): Omit<Judged, "id"> {
  if (death?.kind === "late") {
    return {
      status: "timeout",
      message:
        `checking ${name} took more than ${patienceFor(timeout)} s; look for large shapes and ` +
        "for loops",
      seconds: patienceFor(timeout),
    };
  }
  if (death?.kind === "overdue") {
    return {
      status: "timeout",
      message: `the whole file took more than ${WHOLE_FILE * timeout} s; look for what is slow`,
      seconds: 0,
    };
  }
  if (death?.kind === "memory") {
    return {
      status: "memory",
      message: `${name}: what it computes takes too much memory; look for large shapes`,
      seconds: 0,
    };
  }
  const reason = death?.reason ?? "no answer came";
  return {
    status: "grader-error",
    message: `the process that judges ended twice at ${name} (${reason}); look at what it ` +
      "computes, and mark it by hand",
    seconds: 0,
  };
}
