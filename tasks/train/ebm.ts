/**
 * Trains an energy-based model on MNIST.
 *
 * @module
 */
import { shortPath } from "../../lib/course/paths.ts";
import type { Context, Program } from "../../lib/course/program.ts";
import type { Values } from "../../lib/course/options.ts";
import { UsageError } from "../../lib/errors.ts";
import { trainedModel } from "../model_files.ts";
import { OPTIONS } from "./ebm_options.ts";

/** Steps between two looks at the clock and at Ctrl-C. */
const CHUNK = 10;

/** The training as a program of the command line. */
export const trainEbm: Program<typeof OPTIONS> = {
  name: "train ebm",
  summary: "Train an energy that is low at handwritten digits. The defaults are for a CPU core " +
    "and take ten minutes or so; Ctrl-C stops at any time, and --resume goes on exactly where it was.",
  options: OPTIONS,
  examples: [
    ["deno task train ebm", "train, and save the model every 100 steps"],
    ["deno task train ebm --resume", "go on after a stop"],
    [
      "deno task train ebm --device cuda --widths 64,128,256 --batch 128 --chain 60 --lr 1e-4 " +
      "--steps 40000",
      "a configuration for a GPU",
    ],
  ],
  // Loaded when it is time, so that --help does not wait for it.
  run: async (values, context) => await train(values, context),
};

async function train(values: Values<typeof OPTIONS>, context: Context): Promise<number> {
  const { batch, chain, buffer } = values;
  if (buffer < batch) {
    throw new UsageError(`--buffer is ${buffer}; it keeps at least the ${batch} chains of a batch`);
  }
  const { makeTraining } = await import("./ebm_training.ts");
  const { runTraining, duration } = await import("./run.ts");
  const { setDevice } = await import("../../lib/runtime/mod.ts");
  const { say, report } = context;
  const file = await trainedModel(values.out, "ebm");
  const device = await setDevice(values.device);
  const training = await makeTraining(values, file);
  say(
    `Energy on MNIST: ${training.parameterCount} parameters, ${batch} chains of ${chain} steps, ` +
      `seed ${values.seed}, device ${device}`,
  );
  const run = { ...values, file, chunk: CHUNK };
  const { losses, seconds } = await runTraining(training, run, context);
  say(`Trained for ${losses.length} steps in ${duration(seconds)}`);
  say();
  say(`The model is ${shortPath(file)}; draw with it:`);
  say(`  deno task sample ebm --checkpoint ${shortPath(file)} --figures`);
  report({ model: file, steps: losses.length, seconds, device, losses });
  return 0;
}
