/**
 * Makes the student edition: without solutions, hidden checks and the corpus of mistakes.
 *
 * @module
 */
import { argument, needed, type Options } from "../lib/course/options.ts";
import { fromCaller, inProject, shortPath } from "../lib/course/paths.ts";
import { type Program, runProgram } from "../lib/course/program.ts";
import { writeStudentEdition } from "../lib/course/release.ts";
import { UsageError } from "../lib/errors.ts";

const OPTIONS = {
  folder: needed(argument("DIR", "the folder to make; it must be empty or not there")),
} satisfies Options;

/** The task as a program of the command line. */
export const release: Program<typeof OPTIONS> = {
  name: "release",
  summary: "Make the student edition of this project: without solutions, hidden checks, and the " +
    "tests with their mistakes.",
  options: OPTIONS,
  refusals: { "": "one folder is made at a time" },
  examples: [["deno task release ../genlab-students", "make it beside this folder"]],
  async run({ folder }, { say, report }) {
    if (folder === undefined) {
      throw new UsageError(
        "name the folder to make, such as: deno task release ../genlab-students",
      );
    }
    const path = fromCaller(folder);
    const files = await writeStudentEdition(inProject(), path);
    say(`The student edition is in ${shortPath(path)} (${files} files).`);
    say("Try it as a student: deno task start a");
    report({ path, files });
    return 0;
  },
};

if (import.meta.main) Deno.exit(await runProgram(release, Deno.args));
