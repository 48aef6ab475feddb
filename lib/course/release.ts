/**
 * The student edition: the project without what would spoil the exercises.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { DataError, UsageError } from "../errors.ts";
import { isThere } from "./files.ts";
import { stubOf } from "./stub.ts";

/**
 * What students get, with all that is in folders but what is left out. The tests are not among it:
 * they hold the mistakes, and what right solutions compute.
 */
const PARTS = [
  ...[".gitignore", "LICENSE", "README.md", "deno.json", "deno.lock", "mod.ts"],
  ...["data", "exercises", "lib", "tasks"],
];

/** Tasks for instructors, those that measure and test, and those that stand on what is asked for. */
const LEFT_OUT_TASKS = [
  ...["answers", "bench", "grade", "gradescope", "release", "sample", "test", "train"],
];

/** What is for instructors, or asked for in exercises: the formulas of exercises D and E. */
const LEFT_OUT = [
  ...LEFT_OUT_TASKS.flatMap((name) => [`tasks/${name}.ts`, `tasks/${name}`]),
  ...["lib/course/grading", "lib/course/release.ts"],
  ...["lib/models/ddpm/process", "lib/models/ebm/process", "tasks/memoize.ts", "tasks/models.ts"],
];

/** What stands for the hidden checks of an exercise. */
const NO_HIDDEN_CHECKS = `/**
 * Checks that only graders have.
 *
 * @module
 */
import type { Check } from "../../lib/course/check.ts";

/** None: this is the student edition. */
export const hiddenChecks: readonly Check[] = [];
`;

/**
 * Writes the student edition of a project into a folder, which is made.
 *
 * @param project its folder
 * @param target the folder to write; it must be empty or not there
 * @returns how many files were written
 * @throws {UsageError} if there is something in the target already
 * @throws {DataError} if it cannot be written
 */
export async function writeStudentEdition(project: string, target: string): Promise<number> {
  await requireFree(target);
  const beside = `${target}.${crypto.randomUUID()}.tmp`;
  try {
    let count = 0;
    for await (const path of filesIn(project)) {
      const from = join(project, path);
      const [to, text] = await studentForm(path, from);
      const destination = join(beside, to);
      await Deno.mkdir(dirname(destination), { recursive: true });
      if (text === undefined) await Deno.copyFile(from, destination);
      else await Deno.writeTextFile(destination, text);
      count++;
    }
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.rename(beside, target);
    return count;
  } catch (error) {
    await Deno.remove(beside, { recursive: true }).catch(() => {});
    if (error instanceof DataError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`cannot write ${target} (${reason}): choose a folder you may write to`);
  }
}

async function requireFree(target: string): Promise<void> {
  if (!await isThere(target)) return;
  const { isDirectory } = await Deno.stat(target);
  if (!isDirectory) {
    throw new UsageError(`${target} is a file; name a folder that is not there yet`);
  }
  for await (const { name } of Deno.readDir(target)) {
    throw new UsageError(
      `${target} is not empty (${name} is in it); name a folder that is not there yet`,
    );
  }
}

/** The paths of the files of the edition, in the project. */
async function* filesIn(project: string, folder = ""): AsyncGenerator<string> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(join(project, folder))) {
    const path = folder === "" ? name : `${folder}/${name}`;
    const isPart = folder !== "" || PARTS.includes(name);
    if (!isPart || LEFT_OUT.includes(path) || name.endsWith(".tmp")) continue;
    if (isDirectory) yield* filesIn(project, path);
    else if (isFile) yield path;
  }
}

/** A file's path in the edition, and its text where that is another. */
async function studentForm(
  path: string,
  from: string,
): Promise<[path: string, text: string | undefined]> {
  if (path === "deno.json") return [path, withoutTasks(await Deno.readTextFile(from))];
  if (path === "mod.ts" || path === "lib/models/mod.ts") {
    return [path, withoutExports(await Deno.readTextFile(from))];
  }
  if (path === "README.md") return [path, withoutLines(await Deno.readTextFile(from))];
  if (!path.startsWith("exercises/")) return [path, undefined];
  switch (basename(path)) {
    case "solution.ts":
      return [join(dirname(path), "stub.ts"), stubOf(await Deno.readTextFile(from))];
    case "hidden.ts":
      return [path, NO_HIDDEN_CHECKS];
    default:
      return [path, undefined];
  }
}

/** Configuration without the tasks that are left out. */
function withoutTasks(config: string): string {
  const { tasks, ...rest } = JSON.parse(config) as { tasks: Record<string, unknown> };
  const left = Object.entries(tasks).filter(([name]) => !LEFT_OUT_TASKS.includes(name));
  return JSON.stringify({ ...rest, tasks: Object.fromEntries(left) }, undefined, 2) + "\n";
}

/** A module's exports without those from folders that are left out. */
function withoutExports(module: string): string {
  const from = String.raw`from "\./(lib/course/grading|(ddpm|ebm)/process)/[^"]*";\n`;
  return module.replace(new RegExp(String.raw`^export (\*|\{[^}]*\}) ${from}`, "gm"), "");
}

/** A text without the lines on tasks that are left out and on the tests. */
function withoutLines(text: string): string {
  const leftOut = new RegExp(`\\btask (${LEFT_OUT_TASKS.join("|")})\\b|^\\| *\`tests/`);
  return text.split("\n").filter((line) => !leftOut.test(line)).join("\n");
}
