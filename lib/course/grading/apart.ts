/**
 * Keeps results and submissions apart.
 *
 * @module
 */
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { UsageError } from "../../errors.ts";
import { isThere } from "../files.ts";
import { JOURNAL } from "./journal.ts";

/**
 * Refuses a folder for results that would take a student's place: the folder of all submissions, a
 * submission, or a folder in one. A folder of its own among them is none, if it is new or has results.
 *
 * @throws {UsageError} if it is refused
 */
export async function requireApart(submissions: string, results: string): Promise<void> {
  const path = relative(resolve(submissions), resolve(results));
  const [first, ...deeper] = path.split(sep);
  if (first === ".." || isAbsolute(path)) return;
  const refuse = (reason: string): never => {
    throw new UsageError(`--out: ${results} ${reason}; choose a folder of its own`);
  };
  if (path === "") refuse("is the folder with the submissions");
  if (deeper.length > 0) refuse(`lies in ${join(submissions, first)}, a submission`);
  if (await isThere(join(results, JOURNAL))) return;
  if (await hasContent(results)) refuse("lies among the submissions, and seems to be one");
}

async function hasContent(folder: string): Promise<boolean> {
  try {
    for await (const _entry of Deno.readDir(folder)) return true;
    return false;
  } catch (error) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) return false;
    throw error;
  }
}
