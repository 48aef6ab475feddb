/**
 * Trains a DDPM on MNIST.
 *
 * @module
 */
import { shortPath } from "../../lib/course/paths.ts";
import type { Context, Program } from "../../lib/course/program.ts";
import type { Values } from "../../lib/course/options.ts";
import { trainedModel } from "../model_files.ts";
import { OPTIONS } from "./ddpm_options.ts";

/** Steps between two looks at the clock and at Ctrl-C. */
const CHUNK = 10;

/** The training as a program of the command line. */
export const trainDdpm: Program<typeof OPTIONS> = {
  name: "train ddpm",
  summary: "Train a DDPM that draws handwritten digits. The defaults are for two CPU cores, " +
    "which take less than an hour; Ctrl-C stops at any time, and --resume goes on exactly where it " +
    "was.",
  options: OPTIONS,
  examples: [
    ["deno task train ddpm", "train, and save the model every 500 steps"],
    ["deno task train ddpm --resume", "go on after a stop"],
    [
      "deno task train ddpm --device cuda --widths 64,128,256 --batch 256 --lr 5e-4 --T 1000 --steps 40000",
      "a configuration for a GPU",
    ],
  ],
  // Loaded when it is time, so that --help does not wait for it.
  run: async (values, context) => await train(values, context),
};

async function train(values: Values<typeof OPTIONS>, context: Context): Promise<number> {
  const { makeTraining } = await import("./ddpm_training.ts");
  const { runTraining, duration } = await import("./run.ts");
  const { setDevice } = await import("../../lib/runtime/mod.ts");
  const { say, report } = context;
  const file = await trainedModel(values.out, "ddpm");
  const device = await setDevice(values.device);
  const training = await makeTraining(values, file);
  say(
    `DDPM on MNIST: ${training.parameterCount} parameters, ${values.schedule} schedule with ` +
      `T = ${values.T}, seed ${values.seed}, device ${device}`,
  );
  const run = { ...values, file, chunk: CHUNK };
  const { losses, seconds } = await runTraining(training, run, context);
  const lossByT = training.lossByT();
  say(`Trained for ${losses.length} steps in ${duration(seconds)}`);
  say();
  if (lossByT.length > 0) {
    say("Loss by time step, over the last steps:");
    for (const { from, to, loss } of lossByT) {
      say(`  t ${String(from).padStart(4)} to ${String(to).padStart(4)}   ${loss.toFixed(4)}`);
    }
    say();
  }
  say(`The model is ${shortPath(file)}; draw with it:`);
  say(`  deno task sample ddpm --checkpoint ${shortPath(file)}`);
  report({ model: file, steps: losses.length, seconds, device, losses, lossByT });
  return 0;
}
