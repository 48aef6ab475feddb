/**
 * Trains the classifier that judges samples.
 *
 * @module
 */
import type { Options, Values } from "../../lib/course/options.ts";
import { shortPath } from "../../lib/course/paths.ts";
import type { Context, Program } from "../../lib/course/program.ts";
import { trainedModel } from "../model_files.ts";
import { lessonOptions, runOptions } from "./options.ts";

const OPTIONS = {
  ...lessonOptions({ steps: 6000, batch: 128, lr: 2e-3 }),
  ...runOptions("lenet", 1000),
} satisfies Options;

/** Steps between two looks at the clock and at Ctrl-C. */
const CHUNK = 50;

/** The training as a program of the command line. */
export const trainLenet: Program<typeof OPTIONS> = {
  name: "train lenet",
  summary: "Train the LeNet that judges samples, in ten minutes or so. Ctrl-C stops at any time, " +
    "and --resume goes on exactly where it was.",
  options: OPTIONS,
  examples: [["deno task train lenet", "as the one that comes with the project was trained"]],
  run: async (values, context) => await train(values, context),
};

async function train(values: Values<typeof OPTIONS>, context: Context): Promise<number> {
  const { makeTraining, accuracy } = await import("./lenet_training.ts");
  const { runTraining, duration } = await import("./run.ts");
  const { setDevice } = await import("../../lib/runtime/mod.ts");
  const { say, report } = context;
  const file = await trainedModel(values.out, "lenet");
  const device = await setDevice(values.device);
  say(`LeNet on MNIST (seed ${values.seed}, device ${device})`);
  const training = await makeTraining(values, file);
  const run = { ...values, file, chunk: CHUNK };
  const { losses, seconds } = await runTraining(training, run, context);
  const correct = await accuracy(training.lenet);
  say(
    `Trained for ${losses.length} steps in ${duration(seconds)}: ` +
      `${(100 * correct).toFixed(2)} % of the test set right`,
  );
  say();
  say(`The model is ${shortPath(file)}; have it judge samples:`);
  say(`  deno task judge out/sample_ddpm/samples.npy --checkpoint ${shortPath(file)}`);
  report({ model: file, steps: losses.length, seconds, device, losses, accuracy: correct });
  return 0;
}
