/**
 * Grades a folder of submissions.
 *
 * @module
 */
import { closestMatch } from "leven";
import { ENTRIES, entryOf } from "../../../exercises/catalogue.ts";
import { UsageError } from "../../errors.ts";
import { hasCode } from "../entry.ts";
import { findBubblewrap } from "../runner/bubblewrap.ts";
import { denoExecutable } from "../runner/executable.ts";
import type { Walls } from "../runner/sandbox.ts";
import { requireApart } from "./apart.ts";
import { LONGEST_COMPARED } from "./container.ts";
import type { Task } from "./evaluator_protocol.ts";
import { expectedOf } from "./expected.ts";
import { graderDigest } from "./identity.ts";
import { askedOf, type Item, itemOf } from "./items.ts";
import { Journal } from "./journal.ts";
import { judge, WHOLE_FILE } from "./judge.ts";
import { codeName } from "./pick.ts";
import { type Plan, planOf } from "./plan.ts";
import { inPool } from "./pool.ts";
import { type Person, withRoster } from "./roster.ts";
import type { GradeRow } from "./row.ts";
import { rowOf, rowWithout } from "./score.ts";
import { isInShard, type Shard, WHOLE } from "./shard.ts";
import { findSubmissions, type Found } from "./submissions.ts";
import { makeTemporary } from "./temporary.ts";

/** Bytes of memory that a student's file may take while it is loaded and traced. */
const MEMORY = 2 ** 30;

/** How a folder is graded. */
export interface GradeOptions {
  /** A folder for the journal, in which every row is kept as soon as there is one. */
  readonly out?: string;
  /** Whether rows that the journal has are taken from there, if nothing changed; false by default. */
  readonly resume?: boolean;
  /** How many submissions are judged at once; as many as there are cores by default. */
  readonly jobs?: number;
  /**
   * Seconds that loading a file or calling a function may take; 10 by default. A check may take 3 times
   * as long and 5 s, and a whole file 10 times.
   */
  readonly timeout?: number;
  /** Where the random numbers of checks start; 0 by default. */
  readonly seed?: number;
  /** The part of the batch to grade; all of it by default. */
  readonly shard?: Shard;
  /** The students to grade; of others, rows that the journal has are given as they are. */
  readonly only?: readonly string[];
  /**
   * The exercises to grade, such as `a`. By default those that at least half of the students who handed
   * in anything have a file for, and any other for those who have one.
   */
  readonly exercises?: readonly string[];
  /** The class: those of it who handed in nothing have rows as well, without points. */
  readonly roster?: readonly Person[];
  /** The folder in which temporary files are made; the system's by default. */
  readonly temporary?: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Is told what will be done, once that is known. */
  readonly onPlan?: (plan: GradePlan) => void;
}

/** What a batch will do. */
export interface GradePlan {
  /** How many rows there will be. */
  readonly rows: number;
  /** How many of them come from the journal. */
  readonly kept: number;
  /** The exercises that are graded. */
  readonly exercises: readonly string[];
  /** What a person should know, a line each. */
  readonly notes: readonly string[];
}

/**
 * Grades a folder of submissions: `<student>/exercise_a.ts` with `answers_a.md`, or `<student>.zip`
 * with the same. Rows come as they are ready, one for each student and exercise. Whatever is wrong
 * with a submission is in its row.
 *
 * Students' code runs in processes without permissions, never in this one. It takes permission to read,
 * to write to `out` and the folder for temporary files, and to run `deno`, `sh` and, for a
 * second wall where the system has it, `bwrap`.
 *
 * @param dir the folder
 * @throws {UsageError} if the folder or an option is not what it should be
 * @throws {DataError} if the journal cannot be used
 *
 * @example What two students have right
 * ```ts
 * import { grade } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const dir = await Deno.makeTempDir();
 * await Deno.mkdir(`${dir}/ana`);
 * await Deno.writeTextFile(
 *   `${dir}/ana/exercise_b.ts`,
 *   `import { tensor } from "genlab";
 *    export const sigmaVe = (t, min = 0.01, max = 50) =>
 *      (typeof t === "number" ? tensor(t) : t).mul(Math.log(max / min)).exp().mul(min);`,
 * );
 * await Deno.mkdir(`${dir}/bob`);
 *
 * const right: Record<string, string> = {};
 * for await (const { student, functions, reason } of grade(dir, { exercises: ["b"] })) {
 *   const earned = functions.filter(({ score }) => score > 0).map(({ name }) => name);
 *   right[student] = reason ?? earned.join();
 * }
 * assertEquals(right, {
 *   ana: "sigmaVe",
 *   bob: "there is no exercise_b.ts, nor any other file; hand it in",
 * });
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function* grade(
  dir: string,
  options: GradeOptions = {},
): AsyncGenerator<GradeRow, void, void> {
  const { out, resume = false, only, shard = WHOLE, seed = 0, roster, signal } = options;
  const { jobs = navigator.hardwareConcurrency, timeout = 10 } = options;
  requireSane({ jobs, timeout, seed, shard });
  const chosen = options.exercises?.map((name) => entryOf(name).name);
  if (out !== undefined) await requireApart(dir, out);
  const temporary = await makeTemporary(options.temporary);
  let journal: Journal | undefined;
  try {
    const wants = (student: string) => isInShard(student, shard);
    const all = ENTRIES.map(({ name }) => name);
    const there = await findSubmissions(dir, {
      ...{ exercises: all, wants, signal },
      ...{ copies: temporary.path, results: out },
    });
    requireSubmissions(there);
    const found = roster === undefined ? there : withRoster(there, roster, wants);
    requireStudents(only ?? [], found);
    if (out !== undefined) journal = await Journal.open(out);
    // What is a file's own time is bounded by the clock: a process with it takes no more.
    const limits = { memory: MEMORY, cpu: WHOLE_FILE * timeout };
    const grader = await graderDigest({ seed, timeout, limits });
    const withCode = ENTRIES.filter(hasCode).map(({ name }) => name);
    const expected = expectedOf(found.handedIn, { all, withCode }, chosen);
    const asked = await Promise.all(expected.exercises.map(askedOf));
    const items: Item[] = [];
    for (const exercise of asked) {
      for (const submission of found.submissions) {
        if (!expected.isAsked(submission.student, exercise.name)) continue;
        items.push(await itemOf(submission, exercise, { grader, names: all }));
      }
    }
    const plan = planOf(items, journal?.kept ?? { entries: new Map() }, { resume, only });
    const bubblewrap = await findBubblewrap(denoExecutable());
    options.onPlan?.({
      rows: plan.kept.length + plan.open.length,
      kept: plan.kept.length,
      exercises: expected.exercises,
      notes: [...found.notes, ...expected.notes, ...notesOn(plan, items.length, bubblewrap)],
    });
    for (const { row } of plan.kept) yield row;
    const settings = { seed, timeout, limits, bubblewrap };
    for await (const [item, row] of rowsOf(plan.open, jobs, settings, signal)) {
      const text = item.code && await Deno.readTextFile(item.code.path);
      // More is not compared, and a journal of whole files could be larger than they are together.
      const source = text?.slice(0, LONGEST_COMPARED + 1);
      await journal?.add({ key: item.key, row, source });
      yield row;
    }
    signal?.throwIfAborted();
    await journal?.end({
      grader: plan.stale === 0 ? grader : `${grader} and others`,
      exercises: expected.exercises,
      shard,
      roster,
      keys: [...plan.kept, ...plan.open].map(({ key }) => key),
    });
  } finally {
    journal?.close();
    await temporary.remove();
  }
}

/** Refuses numbers that mean nothing. */
function requireSane(
  { jobs, timeout, seed, shard }: Required<
    Pick<GradeOptions, "jobs" | "timeout" | "seed" | "shard">
  >,
): void {
  const { index, count } = shard;
  const rules: [boolean, string][] = [
    [Number.isSafeInteger(jobs) && jobs >= 1, `jobs is ${jobs}, and has to be at least 1`],
    [timeout > 0 && timeout < 1e6, `timeout is ${timeout}, and has to be a number of seconds`],
    [Number.isSafeInteger(seed), `seed is ${seed}, and has to be a whole number`],
    [
      Number.isSafeInteger(count) && Number.isSafeInteger(index) && 1 <= index && index <= count,
      `shard is ${index} of ${count}, and has to be one from 1 of ${count} to ${count} of ${count}`,
    ],
  ];
  const broken = rules.find(([holds]) => !holds);
  if (broken !== undefined) throw new UsageError(`grade: ${broken[1]}`);
}

/** Refuses a folder without any submissions. */
function requireSubmissions({ handedIn }: Found): void {
  if (handedIn.size > 0) return;
  throw new UsageError(
    "there are no submissions in the folder: it holds a folder or a zip file for each student",
  );
}

/** Refuses students that are not there. */
function requireStudents(only: readonly string[], { handedIn }: Found): void {
  const students = [...handedIn.keys()];
  const absent = only.find((student) => !students.includes(student));
  if (absent === undefined) return;
  const meant = closestMatch(absent, students, { maxDistance: 3 });
  throw new UsageError(
    `--only: there is no submission of ${JSON.stringify(absent)}; ` +
      (meant === undefined
        ? "name the folder, or the zip file without its ending"
        : `did you mean ${JSON.stringify(meant)}?`),
  );
}

function notesOn({ kept, open, stale, again }: Plan, items: number, bubblewrap: unknown): string[] {
  const left = items - kept.length - open.length;
  return [
    ...(left > 0 ? [`${left} results of other students are not there yet: grade them too`] : []),
    ...(again > 0
      ? [
        `${again} results are in the journal already, and graded anew: --resume takes them from there`,
      ]
      : []),
    ...(stale > 0
      ? [`${stale} results of other students do not hold any more: --resume grades them anew`]
      : []),
    ...(bubblewrap === undefined
      ? [
        "students' files run behind Deno's walls alone: bubblewrap, a second one, does not work here" +
        (Deno.build.os === "linux" ? " (Debian: apt install bubblewrap)" : ""),
      ]
      : []),
  ];
}

/** The rows of items as they are ready. */
async function* rowsOf(
  items: readonly Item[],
  jobs: number,
  settings: Walls & Pick<Task, "seed" | "timeout">,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly [Item, GradeRow], void, void> {
  const gradedOf = ({ student, exercise, answers, notes }: Item) => {
    return { student, exercise: exercise.name, checks: exercise.checks, answers, notes };
  };
  for (const item of items) {
    if (item.code !== undefined) continue;
    const graded = { ...gradedOf(item), seconds: 0 };
    yield [item, item.reason === undefined ? rowOf(graded, []) : rowWithout(graded, item.reason)];
  }
  const withCode = items.filter(({ code }) => code !== undefined);
  const graded = inPool(withCode, jobs, async (item, use) => {
    const start = performance.now();
    const { name: exercise, checks } = item.exercise;
    const task = { file: item.code!.path, shown: codeName(exercise), exercise, ...settings };
    const { judged, notes } = await judge(task, checks, use);
    const seconds = (performance.now() - start) / 1000;
    const row = rowOf({ ...gradedOf(item), notes: [...item.notes, ...notes], seconds }, judged);
    return [item, row] as const;
  }, signal);
  for await (const result of graded) {
    // What Ctrl-C did to evaluators says nothing of submissions.
    signal?.throwIfAborted();
    yield result;
  }
}
