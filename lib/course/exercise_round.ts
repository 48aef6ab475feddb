/**
 * One round of an exercise: checks, numbers, questions and the next step, as the student reads them;
 * then pictures and report.
 *
 * @module
 */
import { join } from "node:path";
import { GenlabError } from "../errors.ts";
import { loadVega } from "../plot/vega.ts";
import { type CheckResult, type Exercise, type Measured, runChecks } from "./check.ts";
import { faultView, functionView, hasHint, stateOf, typesView } from "./check_view.ts";
import { type CodeEntry, hasSolution, partsOf } from "./entry.ts";
import type { ExerciseValues } from "./exercise_options.ts";
import { isThere, readTextIfThere } from "./files.ts";
import { nextStep, type Standing } from "./next_step.ts";
import { shortPath } from "./paths.ts";
import { gatherPrinted, type Printed } from "./printed.ts";
import type { Context } from "./program.ts";
import { loadQuestions } from "./questions.ts";
import type { Figure } from "./report/content.ts";
import { type Opened, openSource, placesIn, type Source } from "./source.ts";
import type { Student } from "./student.ts";
import { styleOf } from "./style.ts";
import { type TypeFault, typeFaultsIn } from "./type_check.ts";
import { wrap } from "./wrap.ts";

/** The report's name in its folder. */
const REPORT = "report.html";

/** What stays the same from one round to the next. */
export interface Setting {
  readonly entry: CodeEntry;
  readonly values: ExerciseValues;
  readonly source: Source;
  readonly exercise: Exercise;
  readonly device: string;
  /** The folder for pictures and report. */
  readonly out: string;
}

/** What came of a round. */
export interface Outcome extends Standing {
  /** The numbers, where they could be computed. */
  readonly measured?: Measured;
  readonly figures: readonly Figure[];
}

/**
 * Goes through an exercise once.
 *
 * @param setting what is gone through; it may still be on its way while the source is opened
 */
export async function runRound(
  source: Source,
  setting: Setting | Promise<Setting>,
  context: Context,
): Promise<Outcome> {
  const printed = gatherPrinted();
  // A function that never ends must not hold up Ctrl-C.
  const over = new AbortController();
  const signal = AbortSignal.any([context.signal, over.signal]);
  const types = source.kind === "student" ? typeFaultsIn(source.file, signal) : Promise.resolve([]);
  const opening = openSource(source, { print: printed.add, signal });
  try {
    const settled = await setting;
    sayHeading(settled, context);
    const opened = await opening;
    context.signal.throwIfAborted();
    const { student } = opened;
    const drawing = loadDrawing(settled.entry);
    const standing = await checkAndSay(settled, opened, { printed, types }, context);
    const figures = await draw(settled, { student, standing, drawing: await drawing }, context);
    return { ...standing, figures };
  } finally {
    over.abort();
    await Promise.all([opening.then(({ student }) => student.close()), types]);
  }
}

/** What is known of a file beside what its functions do, once it is there. */
interface Remarks {
  readonly printed: Printed;
  /** Undefined if types could not be checked. */
  readonly types: Promise<readonly TypeFault[] | undefined>;
}

function sayHeading({ entry, source, values, device }: Setting, { say }: Context): void {
  const style = styleOf();
  const what = source.kind === "student"
    ? shortPath(source.file)
    : `the reference solution, as there is no ${shortPath(partsOf(entry).work)}`;
  say(style.strong(`Exercise ${entry.name.toUpperCase()}: ${entry.title}`));
  say(style.faint(`${what}; seed ${values.seed}, ${device}`));
  say();
}

/** Everything that is said of a round, the next step last. */
async function checkAndSay(
  setting: Setting,
  opened: Opened,
  { printed, types }: Remarks,
  context: Context,
): Promise<Omit<Outcome, "figures">> {
  const { say } = context;
  const { entry, source, out } = setting;
  const { fault, student } = opened;
  const style = styleOf();
  if (fault !== undefined) say(faultView(fault, style).join("\n"));
  const functions = await check(setting, opened, context);
  // Of a text that is no TypeScript all is said.
  const typeFaults = fault === undefined || fault.kind === "threw" ? await types : [];
  context.signal.throwIfAborted();
  for (const line of typesView(typeFaults, style)) say(line);
  say();
  const lines = printed.lines();
  for (const line of lines) say(`${style.faint("printed:")} ${line}`);
  if (lines.length > 0) say();
  const callable = [...functions.values()].flat().every(({ error }) => error === undefined);
  const measured = callable ? await measure(setting, student, context) : undefined;
  if (measured === undefined) {
    say(style.faint("The numbers come when every function can be called."));
  }
  const { questions: asked, answers } = partsOf(entry);
  const questions = await loadQuestions(asked, answers);
  const answered = questions.filter((question) => question.answered).length;
  const isMissing = source.kind === "student" && !await isThere(answers);
  say(
    `Questions: ${answered} of ${questions.length} answered in ${shortPath(answers)}` +
      (isMissing ? ` (write it: deno task start ${entry.name})` : ""),
  );
  say(`Pictures and report: ${shortPath(join(out, REPORT))}`);
  say();
  // A file that cannot be loaded need not be a text.
  const places = fault === undefined ? await placesIn(source) : undefined;
  const standing = { fault, typeFaults, functions, questions, places };
  for (const line of await closing(setting, standing)) say(line);
  return { ...standing, measured };
}

/** Runs the checks; each function has its lines as soon as its checks are through. */
async function check(
  { exercise, values }: Setting,
  { student, fault }: Opened,
  { say, signal }: Context,
): Promise<Map<string, CheckResult[]>> {
  const options = { style: styleOf(), hints: values.hint };
  const functions = new Map(exercise.functions.map(({ name }) => [name, [] as CheckResult[]]));
  const left = new Map([...functions.keys()].map((name) => {
    return [name, exercise.checks.filter((check) => check.function === name).length];
  }));
  const unsaid = fault === undefined ? [...functions.keys()] : [];
  for await (const result of runChecks(exercise, student)) {
    signal.throwIfAborted();
    const name = result.function;
    functions.get(name)?.push(result);
    left.set(name, (left.get(name) ?? 0) - 1);
    while (unsaid.length > 0 && left.get(unsaid[0]) === 0) {
      const name = unsaid.shift() ?? "";
      for (const line of functionView(name, functions.get(name) ?? [], options)) say(line);
    }
  }
  return functions;
}

/** The exercise's numbers, where the functions give what they should. */
async function measure(
  { exercise, values }: Setting,
  student: Student,
  { say, signal }: Context,
): Promise<Measured | undefined> {
  try {
    const measured = await exercise.measure(student, values.seed);
    for (const line of measured.text.split("\n").flatMap((line) => wrap(line.split(" ")))) {
      say(line);
    }
    return measured;
  } catch (error) {
    signal.throwIfAborted();
    // The checks have told what is wrong with the functions.
    if (!(error instanceof GenlabError)) throw error;
    return undefined;
  }
}

/** What draws and writes: loaded while the student's file has to be waited for. */
async function loadDrawing({ code }: CodeEntry) {
  const [drawFigures, { writeReport }] = await Promise.all([
    code.loadFigures(),
    import("./report/write.ts"),
    loadVega(),
  ]);
  return { drawFigures, writeReport };
}

/** Draws the figures and writes the report. */
async function draw(
  setting: Setting,
  { student, standing, drawing: { drawFigures, writeReport } }: {
    readonly student: Student;
    readonly standing: Omit<Outcome, "figures">;
    readonly drawing: Awaited<ReturnType<typeof loadDrawing>>;
  },
  { signal }: Context,
): Promise<readonly Figure[]> {
  const { entry, values, source, device, out } = setting;
  const { functions, measured, typeFaults = [] } = standing;
  const { task, questions, answers } = partsOf(entry);
  const checks = [...functions.values()].flat();
  const figures = await drawFigures(student, { out, seed: values.seed, checks, signal });
  signal.throwIfAborted();
  await writeReport(join(out, REPORT), {
    title: `Exercise ${entry.name.toUpperCase()}: ${entry.title}`,
    source: source.kind === "student" ? shortPath(source.file) : "the reference solution",
    seed: values.seed,
    device,
    next: stepOf(setting, standing),
    task: await readTextIfThere(task) ?? "",
    checks,
    typeFaults,
    hints: values.hint,
    numbers: measured === undefined ? [] : measured.text.split("\n"),
    figures,
    questions: await readTextIfThere(questions) ?? "",
    answers: await readTextIfThere(answers),
  });
  return figures;
}

/** The next step; undefined if all is done. */
function stepOf({ entry, source }: Setting, standing: Standing): string | undefined {
  return source.kind === "reference"
    ? `write it yourself; begin with: deno task start ${entry.name}`
    : nextStep(entry, standing);
}

/** What is next, and what else can be done. */
async function closing(setting: Setting, standing: Standing): Promise<string[]> {
  const { entry, source, values } = setting;
  const style = styleOf();
  const step = stepOf(setting, standing);
  const next = step === undefined
    ? style.good(`Exercise ${entry.name.toUpperCase()} is done.`)
    : `${style.strong("Next:")} ${step}`;
  if (source.kind === "reference") return [next];
  const command = commandOf(entry, values);
  const results = [...standing.functions.values()];
  const states = results.map(stateOf);
  const mayHint = results.some(hasHint) && !values.hint && !values.watch;
  const mayCompare = states.every((state) => state === "right") && !values.solution;
  return [
    next,
    ...(mayHint ? [`A hint: ${command} --hint`] : []),
    ...(values.hint && states.includes("not-written")
      ? ["What is not written yet has its hints in the file, as comments."]
      : []),
    ...(mayCompare && await hasSolution(entry)
      ? [`The official solution, to compare: ${command} --solution`]
      : []),
  ];
}

/** The command that was typed, without its options: as a shell takes it. */
function commandOf({ name }: CodeEntry, { file }: ExerciseValues): string {
  const command = `deno task exercise-${name}`;
  if (file === undefined) return command;
  return `${command} ${/[^\w./-]/.test(file) ? `"${file}"` : file}`;
}
