/**
 * The options of an exercise's command line.
 *
 * @module
 */
import { argument, DEVICE, folder, type Options, SEED, type Values } from "./options.ts";

/** What can be told to an exercise. */
export type ExerciseOptions = ReturnType<typeof optionsOf>;

/** What was told to it. */
export type ExerciseValues = Values<ExerciseOptions>;

/** What can be told to the exercise of a name: `a`. */
export function optionsOf(name: string) {
  return {
    file: argument(
      "FILE",
      `your functions; without it work/exercise_${name}.ts if that is there, else the reference ` +
        "solution if you have it",
    ),
    seed: SEED,
    device: DEVICE,
    out: folder(`folder for pictures and report (default out/exercise_${name})`),
    hint: { help: "show a hint for each function that is wrong" },
    watch: { help: "run again whenever the file is saved, until Ctrl-C" },
    solution: { help: "show the official solution, once yours passes every check" },
  } satisfies Options;
}
