/**
 * Draws digits with a trained energy.
 *
 * @module
 */
import { type Options, type Values, wholeNumber } from "../../lib/course/options.ts";
import { outputFolder } from "../../lib/course/paths.ts";
import type { Context, Program } from "../../lib/course/program.ts";
import { givenModel } from "../model_files.ts";
import { drawingOptions, MOST } from "./options.ts";

const OPTIONS = {
  count: wholeNumber("images to draw", { default: 100, min: 1, max: MOST }),
  steps: wholeNumber("steps of the chains, from noise on", {
    default: 1000,
    min: 1,
    max: 100_000,
  }),
  ...drawingOptions(
    "ebm",
    "draw also chains and energies, and say how well energies tell digits apart",
  ),
} satisfies Options;

/** The sampling as a program of the command line. */
export const sampleEbmTask: Program<typeof OPTIONS> = {
  name: "sample ebm",
  summary: "Draw handwritten digits with an energy-based model, by Langevin chains that begin at " +
    "noise: a picture, and samples.npy (uint8 [N,28,28]). Which digits is up to the chains.",
  options: OPTIONS,
  examples: [
    ["deno task sample ebm --count 500 && deno task judge out/sample_ebm/samples.npy", "judged"],
    ["deno task sample ebm --figures", "with chains, and energies of digits and of others"],
  ],
  run: async (values, context) => await sample(values, context),
};

async function sample(values: Values<typeof OPTIONS>, context: Context): Promise<number> {
  const { say, report } = context;
  const { count, steps, seed } = values;
  const { loadEbm } = await import("../../lib/models/ebm/checkpoint.ts");
  const { IMAGE_CHAIN, langevinTemperature } = await import(
    "../../lib/models/ebm/process/langevin.ts"
  );
  const { setDevice } = await import("../../lib/runtime/mod.ts");
  const { drawSamples } = await import("./ebm_draw.ts");
  const { energyRows, energyTable } = await import("./ebm_energies.ts");
  const { drawFigures } = await import("./ebm_figures.ts");
  const { writeSamples } = await import("./files.ts");
  const { showResults } = await import("./results.ts");
  const path = givenModel(values.checkpoint, "ebm");
  const device = await setDevice(values.device);
  const { energy } = await loadEbm(path);
  // Made when all is known to be right, and tried before the work of drawing.
  const out = await outputFolder(values.out, "sample_ebm");
  say(
    `Drawing ${count} ${count === 1 ? "image" : "images"} with chains of ${steps} steps (step ` +
      `size ${IMAGE_CHAIN.stepSize}, noise ${IMAGE_CHAIN.noiseScale}, so temperature ` +
      `${langevinTemperature(IMAGE_CHAIN).toExponential(2)}; seed ${seed}, device ${device})`,
  );
  const { images, seconds } = await drawSamples(energy, count, steps, seed, context);
  const written = await writeSamples(out, images);
  say(`${(count / seconds).toFixed(1)} images a second`);
  say();
  const rows = values.figures ? await energyRows(energy, images) : [];
  if (values.figures) { for (const line of [...energyTable(rows), ""]) say(line); }
  const more = values.figures
    ? drawFigures(energy, rows, { folder: out, steps, seed }, context)
    : [];
  const { figures, arrays } = await showResults(written, more, say);
  report({
    model: path,
    device,
    seed,
    count,
    steps,
    seconds,
    energies: rows.map(({ name, mean, auroc }) => ({ name, mean, auroc })),
    figures,
    arrays,
  });
  return 0;
}
