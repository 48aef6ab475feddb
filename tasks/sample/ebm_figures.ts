/**
 * Pictures of an energy: chains on their way out of the noise, and energies of digits and others.
 *
 * @module
 */
import type { Context } from "../../lib/course/program.ts";
import type { ConvEnergy } from "../../lib/models/ebm/networks.ts";
import { langevinPath } from "../../lib/models/ebm/process/langevin.ts";
import { imageGrid } from "../../lib/plot/mod.ts";
import { Generator } from "../../lib/random/mod.ts";
import { chainOptions, startOf } from "./ebm_draw.ts";
import { energyPicture, type EnergyRow } from "./ebm_energies.ts";
import { imagesOf, writePictures } from "./files.ts";

/** Chains in the strip, and moments at which they are shown. */
const [CHAINS, COLUMNS] = [8, 12];

/** Draws the pictures, and gives the path of each once it is written. */
export function drawFigures(
  energy: ConvEnergy,
  rows: readonly EnergyRow[],
  { folder, steps, seed }: { folder: string; steps: number; seed: number },
  { signal }: Pick<Context, "signal">,
): AsyncGenerator<string> {
  const pictures = {
    "chains.png": () => chains(energy, steps, seed),
    "energies.png": () => energyPicture(rows),
  };
  return writePictures(folder, pictures, signal);
}

/** Chains from noise, at moments that lie the closer together the earlier they are. */
async function chains(energy: ConvEnergy, steps: number, seed: number): Promise<Uint8Array> {
  const generator = new Generator(seed);
  const options = { ...chainOptions(energy, generator), steps };
  const start = startOf(energy, CHAINS, generator);
  const path = await langevinPath((x) => energy.forward(x), start, options);
  const moments = [
    ...new Set(
      Array.from({ length: COLUMNS }, (_, i) => Math.round(steps ** (i / (COLUMNS - 1)))),
    ),
  ];
  const first = await imagesOf(start);
  const columns = await Promise.all(moments.map((step) => imagesOf(path.narrow(0, step - 1, 1))));
  return await imageGrid({
    title: "Chains on their way out of the noise",
    rows: first.map((image, k) => [image, ...columns.map((images) => images[k])]),
    columnTitles: ["start", ...moments.map((step) => `step ${step}`)],
    scale: 2,
  });
}
