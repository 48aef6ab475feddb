/**
 * Begins an exercise: writes the file to work in and the questions to answer.
 *
 * @module
 */
import { ENTRIES, entryOf } from "../exercises/catalogue.ts";
import { type Entry, hasCode, hasSolution, partsOf } from "../lib/course/entry.ts";
import { isThere, readTextIfThere } from "../lib/course/files.ts";
import { writeWhole } from "../lib/files.ts";
import { argument, needed, type Options } from "../lib/course/options.ts";
import { shortPath } from "../lib/course/paths.ts";
import { type Program, runProgram } from "../lib/course/program.ts";
import { stubOf } from "../lib/course/stub.ts";
import { DataError, UsageError } from "../lib/errors.ts";

const OPTIONS = {
  exercise: needed(
    argument("EXERCISE", `the exercise: ${ENTRIES.map(({ name }) => name).join(", ")}`),
  ),
  reset: { help: "begin again: what is there is kept under another name" },
} satisfies Options;

/** The task as a program of the command line. */
export const start: Program<typeof OPTIONS> = {
  name: "start",
  summary:
    "Begin an exercise: write the file to work in, work/exercise_X.ts, and the questions to " +
    "answer, work/answers_X.md. Work that is there stays as it is.",
  options: OPTIONS,
  refusals: { "": "one exercise is begun at a time" },
  examples: [
    ["deno task start a", "begin exercise A"],
    ["deno task start a --reset", "begin it again, and keep a copy of the work so far"],
  ],
  async run({ exercise, reset }, { say, report }) {
    if (exercise === undefined) {
      throw new UsageError("name an exercise, such as: deno task start a");
    }
    const entry = entryOf(exercise);
    const files: Begun[] = [];
    for (const [path, text] of await beginning(entry)) {
      files.push(await begin(path, text, reset));
    }
    for (const { path, state, backup } of files) {
      if (backup !== undefined) say(`kept     ${shortPath(backup)}`);
      say(`${state.padEnd(8)} ${shortPath(path)}${NOTES[state]}`);
    }
    say();
    for (const line of nextSteps(entry, files.some(({ state }) => state === "there"))) say(line);
    report({ exercise: entry.name, files });
    return 0;
  },
};

/** What became of a file. */
interface Begun {
  readonly path: string;
  /** Whether it was written, or was there and stays as it is. */
  readonly state: "written" | "there";
  /** Where the work that was there is now. */
  readonly backup?: string;
}

const NOTES = { written: "", there: " (your work; left as it is)" };

/** The files of a beginning and their texts. */
async function beginning(entry: Entry): Promise<[path: string, text: string][]> {
  const { work, answers, questions, solution, stub } = partsOf(entry);
  const files: [string, string][] = [[answers, await readPart(questions)]];
  if (!hasCode(entry)) return files;
  const code = await hasSolution(entry) ? stubOf(await readPart(solution)) : await readPart(stub);
  return [[work, code], ...files];
}

async function readPart(path: string): Promise<string> {
  const text = await readTextIfThere(path);
  if (text === undefined) {
    throw new DataError(`there is no ${path}, which is part of genlab; restore it`);
  }
  return text;
}

async function begin(path: string, text: string, reset: boolean): Promise<Begun> {
  if (!await isThere(path)) {
    await writeWhole("start", path, text);
    return { path, state: "written" };
  }
  if (!reset) return { path, state: "there" };
  // Nothing is lost if there is nothing of the student's in it.
  if (await readTextIfThere(path) === text) return { path, state: "written" };
  const backup = await freeName(path);
  await Deno.copyFile(path, backup);
  await writeWhole("start", path, text);
  return { path, state: "written", backup };
}

/** `exercise_a.backup-1.ts`, or the first number that is not taken. */
async function freeName(path: string): Promise<string> {
  for (let n = 1;; n++) {
    const name = path.replace(/(\.\w+)$/, `.backup-${n}$1`);
    if (!await isThere(name)) return name;
  }
}

function nextSteps(entry: Entry, isThere: boolean): string[] {
  const { name, title } = entry;
  const { work, answers, task } = partsOf(entry);
  return [
    `Exercise ${name.toUpperCase()}: ${title}`,
    `  read    ${shortPath(task)}`,
    ...(hasCode(entry) ? [`  write   ${shortPath(work)}`] : []),
    `  run     deno task exercise-${name}${hasCode(entry) ? " --watch" : ""}`,
    `  answer  ${shortPath(answers)}`,
    ...(isThere ? ["", `To begin again, and keep a copy: deno task start ${name} --reset`] : []),
  ];
}

if (import.meta.main) Deno.exit(await runProgram(start, Deno.args));
