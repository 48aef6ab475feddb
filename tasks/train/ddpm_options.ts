/**
 * The options of `deno task train ddpm`.
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
import { type ScheduleName, SCHEDULES } from "../../lib/models/ddpm/process/schedule.ts";
import { decimal, file } from "../options.ts";

const schedule: ValueOption<ScheduleName> = {
  metavar: SCHEDULES.join("|"),
  help: "how the noise grows",
  default: "cosine",
  parse(text, name) {
    const found = SCHEDULES.find((candidate) => candidate === text);
    if (found === undefined) {
      throw new UsageError(
        `--${name} takes ${SCHEDULES.join(" or ")}, not ${JSON.stringify(text)}`,
      );
    }
    return found;
  },
};

const widths: ValueOption<readonly number[]> = {
  metavar: "N,N,..",
  help: "channels at each resolution, multiples of 8; 28 pixels take at most three",
  default: [16, 48, 96],
  parse(text, name) {
    const numbers = text.split(",").map(Number);
    if (numbers.length < 2 || numbers.some((n) => !Number.isSafeInteger(n) || n < 8 || n % 8)) {
      throw new UsageError(
        `--${name} takes at least two multiples of 8 with commas between, such as 16,48,96, not ` +
          JSON.stringify(text),
      );
    }
    return numbers;
  },
};

/** What can be told to the training. */
export const OPTIONS = {
  steps: wholeNumber("training steps", { default: 12000, min: 1 }),
  batch: wholeNumber("images in a step", { default: 64, min: 1 }),
  lr: decimal("highest learning rate", { default: 2e-3, min: 0 }),
  T: wholeNumber("time steps of the noise", { default: 200, min: 1 }),
  schedule,
  widths,
  save: wholeNumber("steps between two saves", { default: 500, min: 1 }),
  seed: SEED,
  device: DEVICE,
  out: file("where the model goes (default out/train/ddpm.safetensors)"),
  resume: { help: "go on with the run whose state lies beside that file" },
} satisfies Options;
