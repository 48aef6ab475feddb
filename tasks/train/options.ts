/**
 * The options that all trainings take.
 *
 * @module
 */
import { DEVICE, type Options, SEED, wholeNumber } from "../../lib/course/options.ts";
import { file } from "../options.ts";

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
