/**
 * The journal of a batch: a line of JSON for every row as soon as there is one, so that a batch that
 * dies half-way goes on where it was. Lines are only ever added.
 *
 * @module
 */
import { join } from "node:path";
import { DataError, UsageError } from "../../errors.ts";
import { isThere } from "../files.ts";
import { linesOf } from "../runner/protocol.ts";
import type { Person } from "./roster.ts";
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
  /** The class, if it was told. */
  readonly roster?: readonly Person[];
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
   * @throws {UsageError} if the folder is a file, or another process has the journal open
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
      const journal = new Journal(file, await keptIn(path));
      // A line that was cut off stays as it is, and the next begins after it.
      if (await isTorn(file)) await journal.#append("\n");
      return journal;
    } catch (error) {
      file?.close();
      if (error instanceof UsageError) throw error;
      if (
        error instanceof Deno.errors.AlreadyExists || error instanceof Deno.errors.NotADirectory
      ) {
        throw new UsageError(`--out: ${folder} is a file, or lies in one; name a folder`);
      }
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
    // A process that is being started right now has the file open as well, until it is another program.
    this.file.unlockSync();
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
  const path = join(folder, JOURNAL);
  if (!await isThere(path)) return undefined;
  try {
    return await keptIn(path);
  } catch (error) {
    throw new DataError(`cannot read ${path} (${reasonOf(error)}): grade into another folder`);
  }
}

/** Whether a file's last line was cut off. */
async function isTorn(file: Deno.FsFile): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const last = new Uint8Array(1);
  await file.seek(-1, Deno.SeekMode.End);
  await file.read(last);
  return last[0] !== 0x0a;
}

async function keptIn(path: string): Promise<Kept> {
  const entries = new Map<string, Entry>();
  let run: Run | undefined;
  for await (const line of linesIn(path)) {
    run = "run" in line ? line.run : undefined;
    if (!("entry" in line)) continue;
    // The last that was written is the last in order.
    entries.delete(line.entry.key);
    entries.set(line.entry.key, line.entry);
  }
  return { entries, run };
}

/**
 * The lines of a journal; those that a dying process left torn are passed over. They are read one by
 * one: all together may be longer than a text can be.
 */
async function* linesIn(path: string): AsyncGenerator<Line> {
  using file = await Deno.open(path);
  for await (const line of linesOf(file.readable, Infinity)) {
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
