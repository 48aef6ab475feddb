/**
 * Grades a folder of submissions.
 *
 * @module
 */
import { ENTRIES, entryOf } from "../../../exercises/catalogue.ts";
import { UsageError } from "../../errors.ts";
import { hasCode } from "../entry.ts";
import { findBubblewrap } from "../runner/bubblewrap.ts";
import { denoExecutable } from "../runner/executable.ts";
import type { Walls } from "../runner/sandbox.ts";
import type { Task } from "./evaluator_protocol.ts";
import { graderDigest } from "./identity.ts";
import { askedOf, type Item, itemOf } from "./items.ts";
import { Journal } from "./journal.ts";
import { judge } from "./judge.ts";
import { codeName } from "./pick.ts";
import { inPool } from "./pool.ts";
import type { GradeRow } from "./row.ts";
import { rowOf, rowWithout } from "./score.ts";
import { isInShard, type Shard, WHOLE } from "./shard.ts";
import { findSubmissions, type Found } from "./submissions.ts";

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
  /** Seconds that loading a file, tracing a function, or a check may take; 10 by default. */
  readonly timeout?: number;
  /** Where the random numbers of checks start; 0 by default. */
  readonly seed?: number;
  /** The part of the batch to grade; all of it by default. */
  readonly shard?: Shard;
  /** The students to grade; of others, rows that the journal has and that still hold are given. */
  readonly only?: readonly string[];
  /** The exercises to grade, such as `a`; by default those that some submission has a file for. */
  readonly exercises?: readonly string[];
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
 * to write to `out` and the system's folder for temporary files, and to run `deno`, `sh` and, for a
 * second wall where the system has it, `bwrap`.
 *
 * @param dir the folder
 * @throws {UsageError} if the folder or an option is not what it should be
 * @throws {DataError} if the journal cannot be used
 *
 * @example The marks of two students
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
 * const marks: Record<string, string> = {};
 * for await (const row of grade(dir, { exercises: ["b"] })) {
 *   marks[row.student] = row.reason ?? row.functions.map(({ score }) => score).join(" + ");
 * }
 * assertEquals(marks, {
 *   ana: "3 + 0 + 0",
 *   bob: "there is no exercise_b.ts, nor any other file; hand it in",
 * });
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function* grade(
  dir: string,
  options: GradeOptions = {},
): AsyncGenerator<GradeRow, void, void> {
  const { out, resume = false, shard = WHOLE, seed = 0, signal } = options;
  const { jobs = navigator.hardwareConcurrency, timeout = 10 } = options;
  const names = options.exercises?.map((name) => entryOf(name).name);
  const [journal, copies] = await Promise.all([
    out === undefined ? undefined : Journal.open(out),
    Deno.makeTempDir({ prefix: "genlab-grade-" }),
  ]);
  try {
    const wants = (student: string) => isInShard(student, shard);
    const all = ENTRIES.map(({ name }) => name);
    const found = await findSubmissions(dir, { exercises: all, wants, copies, signal });
    requireStudents(options.only ?? [], found, shard);
    const limits = Deno.build.os === "windows" ? undefined : { memory: MEMORY, cpu: 3 * timeout };
    const grader = await graderDigest({ seed, timeout, limits });
    const asked = await Promise.all((names ?? exercisesIn(found)).map(askedOf));
    const items: Item[] = [];
    for (const exercise of asked) {
      for (const submission of found.submissions) {
        items.push(await itemOf(submission, exercise, { grader, names: all }));
      }
    }
    const isChosen = ({ student }: Item) => options.only?.includes(student) ?? true;
    const kept = items.filter((item) => {
      return (resume || !isChosen(item)) && isSettled(journal?.kept.entries.get(item.key)?.row);
    });
    const open = items.filter((item) => isChosen(item) && !kept.includes(item));
    const bubblewrap = await findBubblewrap(denoExecutable());
    options.onPlan?.({
      rows: kept.length + open.length,
      kept: kept.length,
      exercises: asked.map(({ name }) => name),
      notes: [...found.notes, ...notesOn(items.length - kept.length - open.length, bubblewrap)],
    });
    for (const { key } of kept) yield journal!.kept.entries.get(key)!.row;
    const settings = { seed, timeout, limits, bubblewrap };
    for await (const [item, row] of rowsOf(open, jobs, settings, signal)) {
      const source = item.code && await Deno.readTextFile(item.code.path);
      await journal?.add({ key: item.key, row, source });
      yield row;
    }
    signal?.throwIfAborted();
    const done = items.filter((item) => kept.includes(item) || open.includes(item));
    await journal?.end({
      ...{ grader, shard, exercises: asked.map(({ name }) => name) },
      keys: done.map(({ key }) => key),
    });
  } finally {
    journal?.close();
    await Deno.remove(copies, { recursive: true });
  }
}

/** Refuses students that are not there. */
function requireStudents(only: readonly string[], { submissions }: Found, shard: Shard): void {
  for (const student of only) {
    if (!isInShard(student, shard)) continue;
    if (submissions.some((submission) => submission.student === student)) continue;
    throw new UsageError(
      `--only: there is no submission of ${JSON.stringify(student)}; name the folder, or the zip ` +
        "file without its ending",
    );
  }
}

/** The exercises that the submissions are for; all with code if nobody handed in anything. */
function exercisesIn({ exercises }: Found): readonly string[] {
  return exercises.length > 0 ? exercises : ENTRIES.filter(hasCode).map(({ name }) => name);
}

/** Whether a row can be used again: what went wrong on our side is tried once more. */
function isSettled(row: GradeRow | undefined): boolean {
  return row !== undefined && !row.checks.some(({ status }) => status === "grader-error");
}

function notesOn(left: number, bubblewrap: unknown): string[] {
  return [
    ...(left > 0
      ? [`${left} results of other students are not in the journal, and left out: grade them too`]
      : []),
    ...(bubblewrap === undefined
      ? [
        "bubblewrap does not work here, so students' files run behind Deno's walls alone: install " +
        "it (Debian: apt install bubblewrap) for a second one",
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
