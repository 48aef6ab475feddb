/**
 * Exercise C, discrete diffusion, as a program: trains a tiny denoiser on one batch of binarized
 * MNIST, and shows what it recovers. `deno task exercise-c --help` says how to call it.
 *
 * @module
 */
import { type Program, runProgram } from "../../lib/course/program.ts";
import { OPTIONS } from "./options.ts";

const NO_CODE = "exercise C gives its code, so there is none to write; answer its questions in " +
  "work/answers_c.md";

/** Exercise C as a program of the command line. */
export const exerciseC: Program<typeof OPTIONS> = {
  name: "exercise-c",
  summary: "Exercise C, discrete diffusion: corrupt binary digits, train a tiny denoiser on one " +
    "batch of them, and see what it recovers. The code is given: watch, explore, and answer six " +
    "short questions.",
  options: OPTIONS,
  refusals: { "": NO_CODE, hint: NO_CODE, watch: NO_CODE },
  examples: [
    ["deno task exercise-c", "the experiment as it stands"],
    ["deno task exercise-c --t 1", "with hardly any noise"],
    ["deno task exercise-c --steps 20", "stopped while the loss falls fast"],
  ],
  // Loaded when it is time, so that --help and mistyped options do not wait for it.
  run: async (values, context) => {
    const { runExperiment } = await import("./experiment.ts");
    return await runExperiment(values, context);
  },
};

if (import.meta.main) Deno.exit(await runProgram(exerciseC, Deno.args));
