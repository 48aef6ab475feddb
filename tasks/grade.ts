/**
 * Grades a folder of submissions, or puts together what was graded in parts.
 *
 * @module
 */
import { grade, type GradePlan, type GradeRow, type Shard } from "../lib/course/grading/mod.ts";
import { count, oneLine } from "../lib/course/grading/outputs/text.ts";
import { hasGraderError, summaryOf } from "../lib/course/grading/summary.ts";
import {
  argument,
  argumentList,
  folder,
  needed,
  type Options,
  SEED,
  texts,
  type ValueOption,
  wholeNumber,
} from "../lib/course/options.ts";
import { fromCaller, outputFolder, shortPath } from "../lib/course/paths.ts";
import { type Context, type Program, runProgram } from "../lib/course/program.ts";
import { type Progress, showProgress } from "../lib/course/progress.ts";
import { UsageError } from "../lib/errors.ts";

const SHARD: ValueOption<Shard | undefined> = {
  metavar: "I/N",
  help: "grade the I-th of N parts, 1/N to N/N, to be put together by merge",
  default: undefined,
  parse(text, name) {
    const [, index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
    if (index >= 1 && index <= count) return { index, count };
    throw new UsageError(
      `--${name} takes a part and how many there are, from 1/3 to 3/3, not ${JSON.stringify(text)}`,
    );
  },
};

const ROSTER: ValueOption<string | undefined> = {
  metavar: "FILE",
  help: "CSV table of the class: student_id, last_name, first_name, email",
  default: undefined,
  parse: (text) => text,
};

const OUT = folder("folder for the results (default out/grades)");

const OPTIONS = {
  dir: needed(
    argument("DIR", "the folder with a folder or zip file for each student, named by id"),
  ),
  out: OUT,
  jobs: wholeNumber("submissions judged at once", {
    default: navigator.hardwareConcurrency,
    min: 1,
    max: 1024,
  }),
  timeout: wholeNumber("seconds that a file may take to load, or a function to be called", {
    default: 10,
    min: 1,
    max: 3600,
  }),
  seed: SEED,
  resume: { help: "take what the journal in the folder has, and grade what changed or is missing" },
  only: texts("STUDENT", "grade this student anew, and leave the others as they are"),
  exercise: texts("X", "grade this exercise; without it, all that someone handed in"),
  roster: ROSTER,
  shard: SHARD,
} satisfies Options;

/** The task as a program of the command line. */
export const gradeTask: Program<typeof OPTIONS> = {
  name: "grade",
  summary: "Grade a folder of submissions. Students' files run in processes without permissions. " +
    "Every result is kept in a journal at once: what was interrupted goes on with --resume. The " +
    "exit status is 0 if everything was graded, and 1 if the grader failed somewhere.",
  options: OPTIONS,
  refusals: { "": "one folder is graded at a time" },
  examples: [
    ["deno task grade submissions --out results", "grade everyone"],
    ["deno task grade submissions --out results --resume", "grade what changed or is missing"],
    ["deno task grade submissions --out results --only ana", "grade one student anew"],
    ["deno task grade submissions --roster class.csv", "with names, and a row for everyone"],
    ["deno task grade submissions --out part-1 --shard 1/3", "grade a third of them"],
    ["deno task grade merge part-1 part-2 part-3 --out results", "put the parts together"],
  ],
  async run(values, context) {
    const { dir, shard, seed, jobs, timeout, resume } = values;
    if (dir === undefined) {
      throw new UsageError("name the folder with the submissions: deno task grade submissions");
    }
    const out = await outputFolder(values.out, "grades");
    const { requireMarks } = await import("../lib/course/grading/results.ts");
    await requireMarks([out]);
    const { readRoster } = await import("../lib/course/grading/outputs/roster.ts");
    const view = new View(context);
    const start = performance.now();
    const options = {
      ...{ out, shard, seed, jobs, timeout, resume, signal: context.signal },
      only: values.only.length > 0 ? values.only : undefined,
      exercises: values.exercise.length > 0 ? values.exercise : undefined,
      roster: values.roster === undefined ? undefined : await readRoster(fromCaller(values.roster)),
      onPlan: (plan: GradePlan) => view.plan(plan, shard),
    };
    try {
      for await (const row of grade(fromCaller(dir), options)) view.add(row);
    } finally {
      view.stop();
    }
    return await finish(out, context, { seconds: (performance.now() - start) / 1000 });
  },
};

const MERGE_OPTIONS = {
  parts: needed(argumentList("PART", "the folder of a part, as it was given to --out")),
  out: OUT,
} satisfies Options;

/** The second form of the task. */
export const mergeTask: Program<typeof MERGE_OPTIONS> = {
  name: "grade merge",
  summary: "Put together what was graded in parts with --shard. The results are those of grading " +
    "everything at once.",
  options: MERGE_OPTIONS,
  examples: [["deno task grade merge part-1 part-2 part-3 --out results", "put three together"]],
  async run({ parts, out: given }, context) {
    const { mergeParts, requireMarks } = await import("../lib/course/grading/results.ts");
    if (parts.length === 0) {
      throw new UsageError("name the folders of the parts: deno task grade merge part-1 part-2");
    }
    const out = await outputFolder(given, "grades");
    const folders = parts.map(fromCaller);
    await requireMarks([out, ...folders]);
    await mergeParts(folders, out);
    return await finish(out, context, { marksOf: folders });
  },
};

/** Writes everything, and says what came of it. */
async function finish(
  out: string,
  { say, report }: Context,
  { seconds, marksOf }: { seconds?: number; marksOf?: readonly string[] },
): Promise<number> {
  const { writeResults } = await import("../lib/course/grading/results.ts");
  const marked = await writeResults(out, { marksOf });
  const rows = marked.map(({ row }) => row);
  say();
  for (const line of summaryOf(marked)) say(line);
  const time = seconds === undefined ? "" : `Graded in ${timeText(seconds)}. `;
  say(`${time}Results: ${shortPath(`${out}/index.html`)}, and grades.csv beside it`);
  report({ out, results: rows });
  return rows.some(hasGraderError) ? 1 : 0;
}

/** What is shown while a batch goes on. */
class View {
  #progress: Progress | undefined;
  #rows = 0;
  /** How many took time. */
  #judged = 0;
  #plan: GradePlan | undefined;
  #start = 0;

  constructor(private readonly context: Context) {}

  plan(plan: GradePlan, shard: Shard | undefined): void {
    const { say } = this.context;
    const { rows, kept, exercises, notes } = plan;
    this.#plan = plan;
    this.#start = performance.now();
    for (const note of notes) say(oneLine(note));
    const part = shard === undefined ? "" : `, part ${shard.index} of ${shard.count}`;
    const names = exercises.map((name) => name.toUpperCase()).join(", ");
    const journal = kept === 0 ? "" : `, ${kept} of them from the journal`;
    say(`${count(rows, "result")} for exercise ${names}${part}${journal}`);
    if (rows > kept) this.#progress = showProgress("grading", rows, say);
  }

  add({ seconds: taken }: GradeRow): void {
    const { rows, kept } = this.#plan!;
    this.#rows++;
    if (this.#rows <= kept) return;
    if (taken > 0) this.#judged++;
    const seconds = (performance.now() - this.#start) / 1000;
    const left = seconds / this.#judged * (rows - this.#rows);
    this.#progress?.update(this.#rows, this.#judged > 0 ? `${timeText(left)} left` : "");
  }

  stop(): void {
    this.#progress?.stop();
    if (!this.context.signal.aborted) return;
    this.context.say(
      this.#rows === 0
        ? "nothing is graded yet"
        : `${count(this.#rows, "result")} in the journal: go on with --resume`,
    );
  }
}

function timeText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

if (import.meta.main) {
  const [first, ...rest] = Deno.args;
  Deno.exit(
    await (first === "merge" ? runProgram(mergeTask, rest) : runProgram(gradeTask, Deno.args)),
  );
}
