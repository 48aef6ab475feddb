/**
 * Tasks that are told a model first: `deno task train ddpm --steps 100`.
 *
 * @module
 */
import type { Options } from "../lib/course/options.ts";
import { type Program, runProgram } from "../lib/course/program.ts";
import { UsageError } from "../lib/errors.ts";

/** Runs one of a task's programs, given the command line that follows the task's name. */
export type ModelProgram = (args: readonly string[]) => Promise<number>;

/** A program as {@linkcode runModelTask} takes it. */
export function modelProgram<T extends Options>(program: Program<T>): ModelProgram {
  return (args) => runProgram(program, args);
}

/**
 * Runs the program of the model that the command line names first, and gives its exit status.
 *
 * @param task what is typed after `deno task`
 * @param summary what the task does
 * @param programs one for each model
 */
export async function runModelTask(
  task: string,
  summary: string,
  programs: Readonly<Record<string, ModelProgram>>,
  args: readonly string[],
): Promise<number> {
  const [name, ...rest] = args;
  if (name !== undefined && Object.hasOwn(programs, name)) return await programs[name](rest);
  const models = Object.keys(programs);
  const overview: Program<Record<never, never>> = {
    name: task,
    summary: `${summary} Name the model first: ${models.join(", ")}.`,
    options: {},
    refusals: { "": `the models are ${models.join(", ")}` },
    examples: models.map((model) => [`deno task ${task} ${model} --help`, "its options"]),
    run() {
      return Promise.reject(
        new UsageError(
          `name a model (${models.join(", ")}), as in: deno task ${task} ${models[0]}`,
        ),
      );
    },
  };
  return await runProgram(overview, args);
}
