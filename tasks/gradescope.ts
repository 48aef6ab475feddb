/**
 * Makes the autograder of an exercise for Gradescope.
 *
 * @module
 */
import { entryOf } from "../exercises/catalogue.ts";
import { hasCode } from "../lib/course/entry.ts";
import { autograderZip } from "../lib/course/grading/outputs/autograder/zip.ts";
import { needed, type Options, SEED, type ValueOption } from "../lib/course/options.ts";
import { fromCaller, inProject, shortPath } from "../lib/course/paths.ts";
import { type Program, runProgram } from "../lib/course/program.ts";
import { UsageError } from "../lib/errors.ts";
import { writeWhole } from "../lib/files.ts";

const EXERCISE: ValueOption<string | undefined> = {
  metavar: "X",
  help: "the exercise that students submit: a, b, d or e",
  default: undefined,
  parse: (text) => text,
};

const OUT: ValueOption<string | undefined> = {
  metavar: "FILE",
  help: "the zip file to write (default out/gradescope_X.zip)",
  default: undefined,
  parse: (text) => text,
};

const OPTIONS = { exercise: needed(EXERCISE), out: OUT, seed: SEED } satisfies Options;

/** The task as a program of the command line. */
export const gradescope: Program<typeof OPTIONS> = {
  name: "gradescope",
  summary:
    "Make the autograder of an exercise, to be uploaded to Gradescope: a zip file with this " +
    "project in it, solutions and hidden checks included, so keep it from students. They submit " +
    "exercise_X.ts and answers_X.md, by themselves or in a folder.",
  options: OPTIONS,
  refusals: { "": "name the exercise with --exercise and the file with --out" },
  examples: [
    ["deno task gradescope --exercise a --out a.zip", "make the autograder of exercise A"],
  ],
  async run({ exercise, out, seed }, { say, report }) {
    if (exercise === undefined) {
      throw new UsageError("name an exercise, such as: deno task gradescope --exercise a");
    }
    const entry = entryOf(exercise);
    if (!hasCode(entry)) {
      throw new UsageError(
        `exercise ${entry.name} has no code to grade, only questions; choose another`,
      );
    }
    const path = out === undefined
      ? inProject("out", `gradescope_${entry.name}.zip`)
      : fromCaller(out);
    const zip = await autograderZip(inProject(), { exercise: entry.name, seed });
    await writeWhole("gradescope", path, zip);
    say(`The autograder is ${shortPath(path)} (${(zip.length / 1e6).toFixed(1)} MB).`);
    say("Upload it under Configure Autograder; a base image of Ubuntu 22.04 or newer is right.");
    report({ path, exercise: entry.name, bytes: zip.length });
    return 0;
  },
};

if (import.meta.main) Deno.exit(await runProgram(gradescope, Deno.args));
