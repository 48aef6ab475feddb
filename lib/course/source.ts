/**
 * Whose functions are checked: a student's file or the reference solution.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import { DataError, GenlabError } from "../errors.ts";
import { type CodeEntry, hasSolution, partsOf } from "./entry.ts";
import { isThere, readTextIfThere } from "./files.ts";
import { fromCaller, shortPath } from "./paths.ts";
import { linesOfFunctions } from "./places.ts";
import { inProcess, inRunner, type RunnerOptions, type Student, StudentError } from "./student.ts";

const HAS_LIMITS = Deno.build.os !== "windows";

/**
 * Bounds of a student's process, so that a loop that fills the memory does not take all there is. All
 * that it does is a matter of milliseconds.
 */
const LIMITS = HAS_LIMITS ? { memory: 1.5e9, cpu: 4 } : undefined;

/** Seconds that a function may take to be traced, however busy the machine is. */
const TIMEOUT = HAS_LIMITS ? 30 : 5;

/** Where the functions come from. */
export type Source =
  /** The file of a student, whose code runs without permissions in a process of its own. */
  | { readonly kind: "student"; readonly file: string }
  /** The reference solution, which runs in this process. */
  | { readonly kind: "reference"; readonly file: string };

/**
 * What is to be checked: the file a person named; else the student's own; else the reference
 * solution.
 *
 * @throws {DataError} if the file that was named is not there
 * @throws {GenlabError} if there is nothing to check yet
 */
export async function sourceOf(entry: CodeEntry, named: string | undefined): Promise<Source> {
  const { work, solution } = partsOf(entry);
  if (named !== undefined) {
    const file = fromCaller(named);
    if (await isThere(file)) return { kind: "student", file: await behindLink(file) };
    throw new DataError(
      `there is no file ${shortPath(file)}; check the name, or begin with: deno task start ` +
        entry.name,
    );
  }
  if (await isThere(work)) return { kind: "student", file: await behindLink(work) };
  if (await hasSolution(entry)) return { kind: "reference", file: solution };
  throw new GenlabError(
    `exercise ${entry.name.toUpperCase()} is not begun yet; begin it with: deno task start ` +
      entry.name,
  );
}

/** What a path stands for if it is a link, which code without permissions cannot follow. */
async function behindLink(path: string): Promise<string> {
  if (!(await Deno.lstat(path)).isSymlink) return path;
  // A link to nothing stays one, and is a file that is not there.
  return await Deno.realPath(path).catch(() => path);
}

/** Where the functions of a source begin, by their names: `work/exercise_a.ts:14`. */
export async function placesIn({ file }: Source): Promise<Map<string, string>> {
  const lines = linesOfFunctions(await readTextIfThere(file) ?? "");
  return new Map([...lines].map(([name, line]) => [name, `${shortPath(file)}:${line}`]));
}

/** A source, opened. */
export interface Opened {
  readonly student: Student;
  /** Why the file as a whole cannot be loaded: what every call fails with. */
  readonly fault?: StudentError;
}

/**
 * Opens a source. If a student's file cannot be loaded, that is what each call of a function fails
 * with, so that each of their checks has its result.
 *
 * @param options `print`: takes what the file prints; `signal`: ends the process it runs in
 */
export async function openSource(
  { kind, file }: Source,
  options: Pick<RunnerOptions, "print" | "signal"> = {},
): Promise<Opened> {
  if (kind === "reference") {
    const module: Record<string, unknown> = await import(pathToFileURL(file).href);
    return { student: inProcess({ ...module }) };
  }
  try {
    return { student: await inRunner(file, { ...options, timeout: TIMEOUT, limits: LIMITS }) };
  } catch (fault) {
    if (!(fault instanceof StudentError)) throw fault;
    const fail = () => Promise.reject(fault);
    return { student: { trace: fail, call: fail, close: () => Promise.resolve() }, fault };
  }
}
