/**
 * The journal of a batch: a line of JSON for every row as soon as there is one, so that a batch that
 * dies half-way goes on where it was. Lines are only ever added.
 *
 * @module
 */
import { join } from "node:path";
import { DataError, UsageError } from "../../errors.ts";
import { readTextIfThere } from "../files.ts";
import type { GradeRow } from "./row.ts";
import type { Shard } from "./shard.ts";

/** The journal's name in its folder. */
export const JOURNAL = "journal.jsonl";

/** A row, and what it was made of. */
export interface Entry {
  /** A digest of the submission and of all that judged it: an equal one stands for an equal row. */
  readonly key: string;
  readonly row: GradeRow;
  /** The student's file, where there is one. */
  readonly source?: string;
}

/** A run that reached its end. */
export interface Run {
  /** A digest of what judged. */
  readonly grader: string;
  /** The exercises that were graded. */
  readonly exercises: readonly string[];
  /** Which part of the batch it was. */
  readonly shard: Shard;
  /** Of its rows, in their order. */
  readonly keys: readonly string[];
}

type Line = { readonly entry: Entry } | { readonly run: Run };

/** What a journal holds. */
export interface Kept {
  /** What is in it by key, in the order in which it was written; of equal keys the last. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** The last run, if it reached its end. */
  readonly run?: Run;
}

/** A journal that is open, and that nobody else can open. */
export class Journal {
  private constructor(
    private readonly file: Deno.FsFile,
    /** What was in it when it was opened. */
    readonly kept: Kept,
  ) {}

  /**
   * Opens the journal in a folder, which is made where needed.
   *
   * @throws {UsageError} if another process has it open
   * @throws {DataError} if it cannot be read or written
   */
  static async open(folder: string): Promise<Journal> {
    const path = join(folder, JOURNAL);
    let file: Deno.FsFile | undefined;
    try {
      await Deno.mkdir(folder, { recursive: true });
      file = await Deno.open(path, { read: true, append: true, create: true });
      if (!await file.tryLock(true)) {
        throw new UsageError(
          `another run is writing to ${folder}; wait for it, or choose another folder with --out`,
        );
      }
      const text = await Deno.readTextFile(path);
      const journal = new Journal(file, keptIn(text));
      // A line that was cut off stays as it is, and the next begins after it.
      if (text !== "" && !text.endsWith("\n")) await journal.#append("\n");
      return journal;
    } catch (error) {
      file?.close();
      if (error instanceof UsageError) throw error;
      throw new DataError(
        `cannot use ${path} (${reasonOf(error)}); choose another folder with --out`,
      );
    }
  }

  /** Adds a row, and does not return before it would outlive the process. */
  async add(entry: Entry): Promise<void> {
    await this.#write({ entry });
  }

  /** Notes that a run reached its end. */
  async end(run: Run): Promise<void> {
    await this.#write({ run });
  }

  /** Lets go of it. */
  close(): void {
    this.file.close();
  }

  async #write(line: Line): Promise<void> {
    await this.#append(`${JSON.stringify(line)}\n`);
    await this.file.syncData();
  }

  async #append(text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) at += await this.file.write(bytes.subarray(at));
  }
}

/**
 * What the journal of a folder holds, without opening it for writing.
 *
 * @returns undefined if there is none
 * @throws {DataError} if it cannot be read
 */
export async function readJournal(folder: string): Promise<Kept | undefined> {
  const text = await readTextIfThere(join(folder, JOURNAL));
  return text === undefined ? undefined : keptIn(text);
}

function keptIn(text: string): Kept {
  const entries = new Map<string, Entry>();
  let run: Run | undefined;
  for (const line of linesIn(text)) {
    run = "run" in line ? line.run : undefined;
    if (!("entry" in line)) continue;
    // The last that was written is the last in order.
    entries.delete(line.entry.key);
    entries.set(line.entry.key, line.entry);
  }
  return { entries, run };
}

/** The lines of a journal; those that a dying process left torn are passed over. */
function* linesIn(text: string): Generator<Line> {
  for (const line of text.split("\n")) {
    try {
      const value: unknown = JSON.parse(line);
      if (isLine(value)) yield value;
    } catch {
      // It was being written when its writer died.
    }
  }
}

function isLine(value: unknown): value is Line {
  if (typeof value !== "object" || value === null) return false;
  if ("run" in value) return typeof value.run === "object" && value.run !== null;
  return "entry" in value && typeof value.entry === "object" && value.entry !== null &&
    "key" in value.entry && "row" in value.entry;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
