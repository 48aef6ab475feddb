/**
 * The options that drawing takes with every model, and how many images there may be.
 *
 * @module
 */
import { DEVICE, folder, type Options, SEED } from "../../lib/course/options.ts";
import { file } from "../options.ts";

/** Images that are drawn at most. */
export const MOST = 100_000;

/**
 * What draws, from which random numbers, and where the results go.
 *
 * @param model what is drawn with
 * @param figures what `--figures` does
 */
export function drawingOptions(model: string, figures: string) {
  return {
    seed: SEED,
    device: DEVICE,
    checkpoint: file("the model (default: the one that comes with the project)"),
    figures: { help: figures },
    out: folder(`folder for the results (default out/sample_${model})`),
  } satisfies Options;
}
