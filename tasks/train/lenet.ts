/**
 * Trains the classifier that judges samples.
 *
 * @module
 */
import { fromCaller, inProject, shortPath } from "../../lib/course/paths.ts";
import type { Context, Program } from "../../lib/course/program.ts";
import { DEVICE, type Options, SEED, type Values, wholeNumber } from "../../lib/course/options.ts";
import { decimal, file } from "../options.ts";

const OPTIONS = {
  steps: wholeNumber("training steps", { default: 6000, min: 1 }),
  batch: wholeNumber("images in a step", { default: 128, min: 1 }),
  lr: decimal("highest learning rate", { default: 2e-3, min: 0 }),
  seed: SEED,
  device: DEVICE,
  out: file("where the model goes (default out/train/lenet.safetensors)"),
  resume: { help: "go on with the run whose state lies beside that file" },
} satisfies Options;

/** Steps between two saves. */
const SAVE_EVERY = 1000;

/** The training as a program of the command line. */
export const trainLenet: Program<typeof OPTIONS> = {
  name: "train lenet",
  summary: "Train the LeNet that judges samples, in a few minutes. Ctrl-C stops at any time, and " +
    "--resume goes on exactly where it was.",
  options: OPTIONS,
  examples: [["deno task train lenet", "as the one that comes with the project was trained"]],
  run: async (values, context) => await train(values, context),
};

async function train(values: Values<typeof OPTIONS>, context: Context): Promise<number> {
  const { makeTraining, accuracy } = await import("./lenet_training.ts");
  const { runTraining, duration } = await import("./run.ts");
  const { setDevice } = await import("../../lib/runtime/mod.ts");
  const { say, report } = context;
  const out = values.out === undefined
    ? inProject("out", "train", "lenet.safetensors")
    : fromCaller(values.out);
  const device = await setDevice(values.device);
  say(`LeNet on MNIST (seed ${values.seed}, device ${device})`);
  const training = await makeTraining(values, out);
  const { losses, seconds } = await runTraining(training, {
    steps: values.steps,
    chunk: 50,
    saveEvery: SAVE_EVERY,
    stateFile: out.replace(/(\.safetensors)?$/, ".state.safetensors"),
    resume: values.resume,
    settings: training.settings,
  }, context);
  const correct = await accuracy(training.lenet);
  say(
    `Trained for ${losses.length} steps in ${duration(seconds)}: ` +
      `${(100 * correct).toFixed(2)} % of the test set right`,
  );
  say(`The model is ${shortPath(out)}`);
  report({ model: out, steps: losses.length, seconds, device, losses, accuracy: correct });
  return 0;
}
