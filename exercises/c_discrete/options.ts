/**
 * The options of exercise C's command line.
 *
 * @module
 */
import { DEVICE, folder, type Options, SEED, wholeNumber } from "../../lib/course/options.ts";

/** What can be told to the experiment. */
export const OPTIONS = {
  seed: SEED,
  device: DEVICE,
  t: wholeNumber("noise level to corrupt and train at", { default: 10, min: 1, max: 10 }),
  steps: wholeNumber("training steps", { default: 300, min: 1 }),
  out: folder("folder for the pictures (default out/exercise_c)"),
} satisfies Options;
