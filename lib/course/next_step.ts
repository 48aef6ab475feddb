/**
 * What a student does next in an exercise, so that nobody has to guess.
 *
 * @module
 */
import type { CheckResult } from "./check.ts";
import { firstNotPassed, stateOf } from "./check_view.ts";
import { type Entry, partsOf } from "./entry.ts";
import { shortPath } from "./paths.ts";
import type { Question } from "./questions.ts";
import type { StudentError } from "./student.ts";
import type { TypeFault } from "./type_check.ts";

/** How far a student is in an exercise. */
export interface Standing {
  /** Why the file cannot be loaded, if it cannot. */
  readonly fault?: StudentError;
  /** The file's type errors, where types could be checked. */
  readonly typeFaults?: readonly TypeFault[];
  /** The results of each function's checks, in the order of the exercise. */
  readonly functions: ReadonlyMap<string, readonly CheckResult[]>;
  readonly questions: readonly Question[];
  /** Where functions begin, by their names: `work/exercise_a.ts:14`. */
  readonly places?: ReadonlyMap<string, string>;
}

/**
 * The next step in one line: the file or a function to mend, one to write, a question to answer;
 * undefined if all is done.
 */
export function nextStep(
  entry: Entry,
  { fault, typeFaults = [], functions, questions, places }: Standing,
): string | undefined {
  if (fault?.kind === "file") {
    return `give a file with your functions; deno task start ${entry.name} makes one`;
  }
  if (fault !== undefined) return `mend the file${placeOf(fault)}`;
  if (typeFaults.length > 0) {
    const [{ file, line }] = typeFaults;
    return `mend the type error, ${file}:${line}`;
  }
  const states = [...functions].map(([name, results]) => ({
    name,
    state: stateOf(results),
    first: firstNotPassed(results),
  }));
  const wrong = states.find(({ state }) => state === "wrong");
  if (wrong !== undefined) {
    const { error } = wrong.first ?? {};
    const begins = error?.place === undefined ? places?.get(wrong.name) : undefined;
    return `mend ${wrong.name}${begins === undefined ? placeOf(error) : `, ${begins}`}`;
  }
  const open = states.find(({ state }) => state === "not-written");
  if (open !== undefined) return `write ${open.name}${placeOf(open.first?.error)}`;
  const unanswered = questions.filter(({ answered }) => !answered).map(({ number }) => number);
  if (unanswered.length > 0) {
    const noun = unanswered.length > 1 ? "questions" : "question";
    return `answer ${noun} ${inRuns(unanswered)} in ${shortPath(partsOf(entry).answers)}`;
  }
  return undefined;
}

/** `1 to 4, 7, 9`: numbers in rising order, of which three or more in a row are their ends. */
function inRuns(numbers: readonly number[]): string {
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => run.length > 2 ? `${run[0]} to ${run.at(-1)}` : run.join(", "))
    .join(", ");
}

/** `, work/exercise_a.ts:14`, where that is known. */
function placeOf(error: StudentError | undefined): string {
  if (error?.file === undefined) return "";
  return `, ${error.file}${error.place === undefined ? "" : `:${error.place.line}`}`;
}
