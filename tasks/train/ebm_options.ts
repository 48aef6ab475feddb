/**
 * The options of `deno task train ebm`.
 *
 * @module
 */
import {
  DEVICE,
  type Options,
  SEED,
  type ValueOption,
  wholeNumber,
} from "../../lib/course/options.ts";
import { UsageError } from "../../lib/errors.ts";
import { decimal, file } from "../options.ts";

const widths: ValueOption<readonly number[]> = {
  metavar: "N,N,..",
  help: "channels of the convolutions, each at half the size of the one before; multiples of 16 " +
    "are fastest",
  default: [16, 32, 64],
  parse(text, name) {
    const numbers = text.split(",").map(Number);
    if (numbers.some((n) => !Number.isSafeInteger(n) || n < 1)) {
      throw new UsageError(
        `--${name} takes whole numbers of at least 1 with commas between, such as 16,32,64, not ` +
          JSON.stringify(text),
      );
    }
    return numbers;
  },
};

/** What can be told to the training. */
export const OPTIONS = {
  steps: wholeNumber("training steps", { default: 3000, min: 1 }),
  batch: wholeNumber("digits in a step, and chains", { default: 64, min: 1 }),
  chain: wholeNumber("steps that chains make in a training step", { default: 30, min: 1 }),
  buffer: wholeNumber("chains that are kept, at least the batch", { default: 8192, min: 1 }),
  lr: decimal("highest learning rate", { default: 1e-3, min: 0 }),
  widths,
  hidden: wholeNumber("units before the energy", { default: 64, min: 1 }),
  save: wholeNumber("steps between two saves", { default: 100, min: 1 }),
  seed: SEED,
  device: DEVICE,
  out: file("where the model goes (default out/train/ebm.safetensors)"),
  resume: { help: "go on with the run whose state lies beside that file" },
} satisfies Options;
