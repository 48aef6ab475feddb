/**
 * The results of a batch that reached its end, from its journal.
 *
 * @module
 */
import { join } from "node:path";
import { DataError, UsageError } from "../../errors.ts";
import { type Entry, Journal, readJournal, type Run } from "./journal.ts";
import {
  type MarkedRow,
  type OutputOptions,
  readRubric,
  RUBRIC,
  writeOutputs,
} from "./outputs/mod.ts";
import { byStudent } from "./outputs/names.ts";
import { oneLine } from "./outputs/text.ts";
import { WHOLE } from "./shard.ts";
import { writeSimilarity } from "./similarity/mod.ts";

/**
 * Reads the marks that people made in folders of results, so that a damaged table is known before hours
 * of work and not after them.
 *
 * @throws {DataError} if a table cannot be understood
 */
export async function requireMarks(folders: readonly string[]): Promise<void> {
  await Promise.all(folders.map((folder) => readRubric(join(folder, RUBRIC))));
}

/**
 * Writes every form of the results of the run that is in a folder's journal. What earlier runs wrote
 * for students who are not in this one is removed.
 *
 * @param options where marks come from beside the folder itself
 * @returns the rows with their marks, by student and then by exercise
 * @throws {DataError} if no run reached its end there, or a table of marks cannot be understood
 */
export async function writeResults(
  folder: string,
  { marksOf }: Pick<OutputOptions, "marksOf"> = {},
): Promise<readonly MarkedRow[]> {
  const { entries, run: { roster }, students } = await finishedRun(folder);
  const rows = entries.map(({ row }) => row).sort(byStudent);
  const sources = entries.flatMap(({ row: { student, exercise }, source }) =>
    source === undefined ? [] : [{ student, exercise, text: source }]
  );
  // Before what leads to it.
  await writeSimilarity(folder, sources);
  const graded = new Set(rows.map(({ student }) => student));
  const gone = students.filter((student) => !graded.has(student));
  return await writeOutputs(folder, rows, { marksOf, roster, gone });
}

/**
 * Puts the journals of parts of a batch together: in `out` there is then the journal of the whole.
 *
 * @param parts the folders of the parts, in any order
 * @throws {UsageError} if `out` is one of them
 * @throws {DataError} if a part is missing, is there twice, is not finished, or was graded otherwise
 */
export async function mergeParts(parts: readonly string[], out: string): Promise<void> {
  if (parts.includes(out)) {
    throw new UsageError(`--out: ${oneLine(out)} is one of the parts; choose a folder of its own`);
  }
  const runs = await Promise.all(parts.map(async (folder) => {
    return { folder, ...await finishedRun(folder) };
  }));
  const [first] = runs;
  for (const { folder, run } of runs) requireAlike(run, first.run, folder, first.folder);
  const { count } = first.run.shard;
  for (let index = 1; index <= count; index++) {
    const folders = runs.filter(({ run }) => run.shard.index === index).map((run) => run.folder);
    if (folders.length === 1) continue;
    throw new DataError(
      folders.length === 0
        ? `part ${index} of ${count} is missing; name its folder as well`
        : `part ${index} of ${count} is there twice, in ${folders.join(" and ")}; name one of them`,
    );
  }
  const journal = await Journal.open(out);
  try {
    const entries = runs.flatMap((run) => run.entries);
    for (const entry of entries) await journal.add(entry);
    const keys = entries.map(({ key }) => key);
    await journal.end({ ...first.run, shard: WHOLE, keys });
  } finally {
    journal.close();
  }
}

/** The run that a folder's journal ends with, its rows, and the students of all runs. */
async function finishedRun(
  folder: string,
): Promise<{ run: Run; entries: Entry[]; students: string[] }> {
  const kept = await readJournal(folder);
  if (kept === undefined) {
    throw new DataError(`${folder} has no journal; name a folder that was given to --out`);
  }
  const { run } = kept;
  const entries = run?.keys.map((key) => kept.entries.get(key)) ?? [];
  if (run === undefined || !entries.every((entry) => entry !== undefined)) {
    throw new DataError(`${folder} is not graded to its end; grade it again with --resume`);
  }
  const students = new Set([...kept.entries.values()].map(({ row }) => row.student));
  return { run, entries, students: [...students] };
}

/** Refuses parts that were not graded in the same way. */
function requireAlike(run: Run, first: Run, folder: string, firstFolder: string): void {
  const differs = run.grader !== first.grader
    ? "with another version, seed or timeout than"
    : run.shard.count !== first.shard.count
    ? `as one of ${run.shard.count} parts, unlike`
    : run.exercises.join() !== first.exercises.join()
    ? `for exercise ${run.exercises.join(", ")}, unlike`
    : JSON.stringify(run.roster) !== JSON.stringify(first.roster)
    ? "with another roster than"
    : undefined;
  if (differs === undefined) return;
  throw new DataError(
    `${folder} was graded ${differs} ${firstFolder}; grade it again with the same options, and ` +
      "--resume",
  );
}
