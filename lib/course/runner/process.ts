/**
 * A student's file in a process of its own, without permissions.
 *
 * @module
 */
import { resolve } from "node:path";
import { bind } from "../graph/bind.ts";
import { type Argument, type PlainGraph, signatureOf } from "../graph/plain.ts";
import { readGraph } from "../graph/read.ts";
import { shortPath } from "../paths.ts";
import type { Student } from "../student.ts";
import { StudentError } from "../student_error.ts";
import { Child } from "./child.ts";
import { requireOpenImports } from "./imports.ts";
import type { Walls } from "./sandbox.ts";

/** Seconds. */
const DEFAULT_TIMEOUT = 10;

/** How many bytes a file may have; a whole exercise has some thousands. */
export const FILE_LIMIT = 2 ** 20;

/** How a student's file is run. Limits take permission to run `sh`, bubblewrap that to run `bwrap`. */
export interface RunnerOptions extends Walls {
  /** Seconds that loading the file, or tracing a function, may take, beside starting; 10 by default. */
  readonly timeout?: number;
  /**
   * Whether this program is in a group of processes that ends as a whole, and the file's process with it;
   * false by default: then a supervisor sees to that, which costs as much as starting Deno does.
   */
  readonly isInGroup?: boolean;
  /** The file as messages name it; by default its path from here. */
  readonly shown?: string;
  /** Takes what the file prints; by default nobody does. */
  readonly print?: (text: string) => void;
  /** Ends the process, whatever it is doing. */
  readonly signal?: AbortSignal;
}

/**
 * The functions of a student's file, which is loaded in a process without any permission. If it dies,
 * the next call starts another; a function that once ran out of time is not called again.
 *
 * Starting takes permission to run `deno` and to read the file and genlab's folder.
 *
 * @param file its path
 * @throws {StudentError} if there is no such file, or it cannot be loaded
 *
 * @example
 * ```ts
 * import { inRunner } from "./process.ts";
 * import { Tensor, tensor } from "genlab";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const file = await Deno.makeTempFile({ suffix: ".ts" });
 * await Deno.writeTextFile(file, "export const double = (x) => x.mul(2);");
 * const student = await inRunner(file);
 * const result = await student.call("double", [tensor([1, 2])]);
 * assert(result instanceof Tensor);
 * assertEquals(await result.tolist(), [2, 4]);
 * await student.close();
 * await Deno.remove(file);
 * ```
 */
export async function inRunner(file: string, options: RunnerOptions = {}): Promise<Student> {
  const { timeout = DEFAULT_TIMEOUT, print = () => undefined } = options;
  const path = resolve(file);
  const { shown = shortPath(path) } = options;
  await requireFile(path, shown);
  requireOpenImports(await Deno.readFile(path), shown);
  const start = () => Child.start({ ...options, path, shown, timeout, print });
  let child = await start();
  const outOfTime = new Map<string, StudentError>();

  const traceNow = async (name: string, args: readonly Argument[]): Promise<PlainGraph> => {
    const late = outOfTime.get(name);
    if (late !== undefined) throw late;
    if (!child.alive) child = await start();
    const asked = args.map(signatureOf);
    try {
      return readGraph(await child.ask(name, asked), asked);
    } catch (error) {
      const isLate = error instanceof StudentError && error.kind === "timeout";
      if (isLate) outOfTime.set(name, error);
      throw error;
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  const trace: Student["trace"] = (name, args) => {
    const turn = last.then(() => traceNow(name, args));
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    trace,
    call: async (name, args, generator) => bind(await trace(name, args), args, generator),
    close: () => child.close(),
  };
}

async function requireFile(path: string, shown: string): Promise<void> {
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new StudentError({ kind: "file", message: `there is no file ${shown}` });
    }
    throw error;
  }
  if (!info.isFile) {
    const what = info.isDirectory ? "a folder" : "no regular file";
    const message = `${shown} is ${what}; name the file with your functions`;
    throw new StudentError({ kind: "file", message });
  }
  if (info.size > FILE_LIMIT) {
    const [size, limit] = [info.size, FILE_LIMIT].map((bytes) => Math.ceil(bytes / 2 ** 20));
    const message = `${shown} has ${size} MB, and ${limit} MB is allowed; take data out of it`;
    throw new StudentError({ kind: "file", message });
  }
}
