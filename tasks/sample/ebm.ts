/**
 * Draws digits with a trained energy.
 *
 * @module
 */
import {
  DEVICE,
  folder,
  type Options,
  SEED,
  type Values,
  wholeNumber,
} from "../../lib/course/options.ts";
import { fromCaller, inProject, outputFolder, shortPath } from "../../lib/course/paths.ts";
import type { Context, Program } from "../../lib/course/program.ts";
import { file } from "../options.ts";

const OPTIONS = {
  count: wholeNumber("images to draw", { default: 100, min: 1 }),
  steps: wholeNumber("steps of the chains, from noise on", { default: 1000, min: 1 }),
  seed: SEED,
  device: DEVICE,
  checkpoint: file("the model (default: the one that comes with the project)"),
  figures: { help: "draw also chains and energies, and say how well energies tell digits apart" },
  out: folder("folder for the results (default out/sample_ebm)"),
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
  const out = await outputFolder(values.out, "sample_ebm");
  const { loadEbm } = await import("../../lib/models/ebm/checkpoint.ts");
  const { IMAGE_CHAIN, langevinTemperature } = await import(
    "../../lib/models/ebm/process/langevin.ts"
  );
  const { setDevice } = await import("../../lib/runtime/mod.ts");
  const { drawSamples } = await import("./ebm_draw.ts");
  const { writeSamples } = await import("./files.ts");
  const path = values.checkpoint === undefined
    ? inProject("data", "models", "ebm.safetensors")
    : fromCaller(values.checkpoint);
  const device = await setDevice(values.device);
  const { energy } = await loadEbm(path);
  say(
    `Drawing ${count} ${count === 1 ? "image" : "images"} with chains of ${steps} steps (step ` +
      `size ${IMAGE_CHAIN.stepSize}, noise ${IMAGE_CHAIN.noiseScale}, so temperature ` +
      `${langevinTemperature(IMAGE_CHAIN).toExponential(2)}; seed ${seed}, device ${device})`,
  );
  const { images, seconds } = await drawSamples(energy, count, steps, seed, context);
  const { picture, arrays } = await writeSamples(out, images);
  say(`${(count / seconds).toFixed(1)} images a second`);
  say();
  const { energyRows, energyTable } = await import("./ebm_energies.ts");
  const rows = values.figures ? await energyRows(energy, images) : [];
  if (rows.length > 0) { for (const line of [...energyTable(rows), ""]) say(line); }
  say("Look at:");
  say(`  ${shortPath(picture)}`);
  const figures = [picture];
  if (values.figures) {
    const { drawFigures } = await import("./ebm_figures.ts");
    for await (const figure of drawFigures(energy, rows, { folder: out, steps, seed }, context)) {
      say(`  ${shortPath(figure)}`);
      figures.push(figure);
    }
  }
  say("Arrays:");
  for (const array of arrays) say(`  ${shortPath(array)}`);
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
