/**
 * The program of an exercise in which code is written: its command line.
 *
 * @module
 */
import { UsageError } from "../errors.ts";
import type { CodeEntry } from "./entry.ts";
import { type ExerciseOptions, optionsOf } from "./exercise_options.ts";
import type { Program } from "./program.ts";

/**
 * An exercise as a program of the command line: checks the functions of a file, shows what they
 * compute, and says what is next. The status is 0 if every check passes and all types fit, else 1.
 */
export function exerciseProgram(entry: CodeEntry): Program<ExerciseOptions> {
  const { name, title } = entry;
  const command = `deno task exercise-${name}`;
  return {
    name: `exercise-${name}`,
    summary: `Exercise ${name.toUpperCase()}, ${title}: check the functions you write, and see ` +
      "what they compute. The exit status is 0 if every check passes and all types fit, else 1.",
    options: optionsOf(name),
    refusals: { "": "one file is checked at a time" },
    examples: [
      [`deno task start ${name}`, "begin: writes the file to work in"],
      [command, "check it"],
      [`${command} --watch`, "check it whenever it is saved"],
      [`${command} --hint`, "with hints"],
    ],
    // Loaded when it is time, so that --help and mistyped options do not wait for it.
    async run(values, context) {
      const { runExercise, watchExercise } = await import("./exercise_run.ts");
      if (!values.watch) return await runExercise(entry, values, context);
      if (context.json) throw new UsageError("--json gives one document; leave out --watch");
      return await watchExercise(entry, values, context);
    },
  };
}
