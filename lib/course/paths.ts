/**
 * Where programs read and write: the project's own folders, and paths as the person sees them.
 *
 * @module
 */
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError, UsageError } from "../errors.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** A path inside the project's folder. */
export function inProject(...parts: readonly string[]): string {
  return join(PROJECT, ...parts);
}

/**
 * The folder in which the person typed the command. `deno task` changes to the project's folder, and
 * says in `INIT_CWD` where it was called.
 */
function calledFrom(): string {
  const permission = { name: "env", variable: "INIT_CWD" } as const;
  const granted = Deno.permissions.querySync(permission).state === "granted";
  return (granted ? Deno.env.get("INIT_CWD") : undefined) ?? Deno.cwd();
}

/** The absolute path of what a person named, relative to where the command was typed. */
export function fromCaller(path: string): string {
  return resolve(calledFrom(), path);
}

/** A path as short as it can be, seen from where the person is. */
export function shortPath(path: string, from = calledFrom()): string {
  const fromHere = relative(from, path);
  return fromHere !== "" && fromHere.length < path.length ? fromHere : path;
}

/**
 * The folder that results go to, made and tried before the work of making them.
 *
 * @param given what the person named, relative to where the command was typed
 * @param standard the folder inside the project's `out` if nothing was named
 * @param from where the command was typed
 * @returns its absolute path
 * @throws {UsageError} if it is a file
 * @throws {DataError} if it cannot be made or written to
 */
export async function outputFolder(
  given: string | undefined,
  standard: string,
  from = calledFrom(),
): Promise<string> {
  const path = given === undefined ? inProject("out", standard) : resolve(from, given);
  try {
    await makeWritable(path);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists || error instanceof Deno.errors.NotADirectory) {
      throw new UsageError(`--out: ${path} is a file, or lies in one; name a folder`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(
      `--out: cannot write to the folder ${path} (${reason}); choose one that you may write to`,
    );
  }
  return path;
}

/**
 * Makes a folder where it is missing, and tries to write in it. Nothing is left there.
 *
 * @throws {Error} the system's, if either fails
 */
export async function makeWritable(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const path = join(folder, `${crypto.randomUUID()}.tmp`);
  await Deno.writeTextFile(path, "");
  await Deno.remove(path);
}
