/**
 * The options that all trainings take.
 *
 * @module
 */
import { DEVICE, type Options, SEED, wholeNumber } from "../../lib/course/options.ts";
import { decimal, file } from "../options.ts";

/** Images that there are to learn from. */
const MOST_IMAGES = 60_000;

/**
 * How long a training is, on how many digits in each step, and how fast it learns.
 *
 * @param defaults what they are if they are not given
 * @param batch what a batch is
 */
export function lessonOptions(
  defaults: { readonly steps: number; readonly batch: number; readonly lr: number },
  batch = "images in a step",
) {
  return {
    steps: wholeNumber("training steps", { default: defaults.steps, min: 1 }),
    batch: wholeNumber(batch, { default: defaults.batch, min: 1, max: MOST_IMAGES }),
    lr: decimal("highest learning rate", { default: defaults.lr, min: 0, above: true, max: 1 }),
  } satisfies Options;
}

/**
 * How a run is saved and gone on with, and where it runs.
 *
 * @param model what is trained
 * @param save steps between two saves, where none are given
 */
export function runOptions(model: string, save: number) {
  return {
    save: wholeNumber("steps between two saves", { default: save, min: 1 }),
    seed: SEED,
    device: DEVICE,
    out: file(`where the model goes (default out/train/${model}.safetensors)`),
    resume: { help: "go on with the run whose state lies beside that file" },
    restart: { help: "begin anew, even if that run is lost by it" },
  } satisfies Options;
}
