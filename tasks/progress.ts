/**
 * How far a student is in every exercise, and what is next.
 *
 * @module
 */
import { ENTRIES } from "../exercises/catalogue.ts";
import { type CheckResult, runChecks } from "../lib/course/check.ts";
import { type FunctionState, stateOf } from "../lib/course/check_view.ts";
import { type Entry, hasCode, partsOf } from "../lib/course/entry.ts";
import { isThere } from "../lib/course/files.ts";
import { nextStep, type Standing as Checked } from "../lib/course/next_step.ts";
import { type Program, runProgram } from "../lib/course/program.ts";
import { loadQuestions, type Question } from "../lib/course/questions.ts";
import { openSource, placesIn } from "../lib/course/source.ts";
import { styleOf } from "../lib/course/style.ts";

/** The task as a program of the command line. */
export const progress: Program<Record<never, never>> = {
  name: "progress",
  summary: "How far you are: for every exercise the functions that pass their checks, the " +
    "questions that are answered, and the next step.",
  options: {},
  async run(_values, { say, report }) {
    const standings = await Promise.all(ENTRIES.map(standingOf));
    const style = styleOf();
    for (const [i, { title }] of ENTRIES.entries()) {
      const { exercise, functions, questions, next } = standings[i];
      const right = functions.filter(({ state }) => state === "right").length;
      const answered = questions.filter((question) => question.answered).length;
      const counts = [
        ...(functions.length > 0 ? [`functions ${right} of ${functions.length}`] : []),
        `questions ${answered} of ${questions.length}`,
      ];
      const mark = next === null ? style.good("✓") : style.faint("·");
      say(`${mark} ${style.strong(exercise.toUpperCase())}  ${title}`);
      say(`     ${counts.join(", ")}`);
    }
    const open = standings.filter(({ next }) => next !== null);
    const first = open.find(({ started }) => started) ?? open.at(0);
    say();
    say(
      first === undefined
        ? style.good("Everything is done.")
        : `${style.strong("Next:")} ${first.next} (exercise ${first.exercise.toUpperCase()})`,
    );
    report({ exercises: standings, next: first?.next ?? null });
    return 0;
  },
};

/** How far a student is in one exercise. */
interface Standing {
  readonly exercise: string;
  /** Whether there is a file of functions, or of answers where there are no functions to write. */
  readonly started: boolean;
  /** The functions to be written. */
  readonly functions: readonly { readonly name: string; readonly state: FunctionState }[];
  readonly questions: readonly Question[];
  /** What to do next, or null if all is done. */
  readonly next: string | null;
}

async function standingOf(entry: Entry): Promise<Standing> {
  const { work, answers, questions: asked } = partsOf(entry);
  const { name: exercise } = entry;
  const questions = await loadQuestions(asked, answers);
  const started = await isThere(hasCode(entry) ? work : answers);
  const checked = await checkWork(entry, started);
  const functions = [...checked.functions].map(([name, of]) => {
    return { name, state: started ? stateOf(of) : "not-written" };
  });
  const next = started
    ? nextStep(entry, { ...checked, questions }) ?? null
    : `deno task start ${exercise}`;
  return { exercise, started, functions, questions, next };
}

/** The results of the checks of the functions to be written; none while there is no file. */
async function checkWork(entry: Entry, started: boolean): Promise<Omit<Checked, "questions">> {
  const functions = new Map<string, CheckResult[]>();
  if (!hasCode(entry)) return { functions };
  const exercise = await entry.code.load();
  for (const { name, given } of exercise.functions) if (!given) functions.set(name, []);
  if (!started) return { functions };
  const source = { kind: "student", file: partsOf(entry).work } as const;
  const { student, fault } = await openSource(source);
  try {
    for await (const result of runChecks(exercise, student)) {
      functions.get(result.function)?.push(result);
    }
  } finally {
    await student.close();
  }
  const places = fault === undefined ? await placesIn(source) : undefined;
  return { fault, functions, places };
}

if (import.meta.main) Deno.exit(await runProgram(progress, Deno.args));
