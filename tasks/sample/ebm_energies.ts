/**
 * The energies of digits beside those of what is none.
 *
 * @module
 */
import { loadMnist } from "../../lib/data/mnist.ts";
import type { ConvEnergy } from "../../lib/models/ebm/networks.ts";
import { auroc } from "../../lib/models/judge/auroc.ts";
import { inverted, shuffledPixels, turned, uniformNoise } from "../../lib/models/judge/foils.ts";
import { type ImageBytes, PIXELS } from "../../lib/models/judge/judge.ts";
import { histogram } from "../../lib/plot/histogram.ts";
import { type Panel, panelChart } from "../../lib/plot/panels.ts";
import { Generator } from "../../lib/random/mod.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { tensor } from "../../lib/tensor/creation.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";

/** Test digits that are looked at. */
const DIGITS = 2000;
/** Images whose energies are computed at once. */
const BATCH = 500;

/** A set of images and what their energies say. */
export interface EnergyRow {
  readonly name: string;
  readonly energies: Float32Array;
  readonly mean: number;
  /** The probability that one of these has a higher energy than a test digit. */
  readonly auroc: number;
}

/** The energies of images, bytes `[N, 28, 28]`. */
export async function energiesOf(energy: ConvEnergy, images: ImageBytes): Promise<Float32Array> {
  const count = images.length / PIXELS;
  const look = compile((bytes: Tensor) =>
    energy.forward(bytes.to("float32").div(127.5).sub(1).unsqueeze(1))
  );
  const energies = new Float32Array(count);
  for (let first = 0; first < count; first += BATCH) {
    const end = Math.min(first + BATCH, count);
    const bytes = images.slice(first * PIXELS, end * PIXELS);
    const found = await look(tensor(bytes, { shape: [end - first, 28, 28] }));
    energies.set(await found.data(), first);
  }
  return energies;
}

/** Test digits, samples, and what is neither, in the eyes of an energy. */
export async function energyRows(energy: ConvEnergy, samples: ImageBytes): Promise<EnergyRow[]> {
  const test = await loadMnist({ train: false });
  const digits = test.images.subarray(0, DIGITS * PIXELS);
  const generator = new Generator(0);
  const sets = {
    "test digits": digits,
    "samples": samples,
    "uniform noise": uniformNoise(DIGITS, generator),
    "shuffled pixels": shuffledPixels(digits, generator),
    "inverted digits": inverted(digits),
    "digits turned by 90°": turned(digits),
  };
  const real = await energiesOf(energy, digits);
  return await Promise.all(
    Object.entries(sets).map(async ([name, images]) => {
      const energies = images === digits ? real : await energiesOf(energy, images);
      const mean = energies.reduce((sum, value) => sum + value, 0) / energies.length;
      return { name, energies, mean, auroc: auroc(real, energies) };
    }),
  );
}

/** The lines of a table of the rows. */
export function energyTable(rows: readonly EnergyRow[]): string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return [
    `${"".padEnd(width)}   mean energy   AUROC against test digits`,
    ...rows.map(({ name, mean, auroc }, i) =>
      `${name.padEnd(width)}   ${mean.toFixed(3).padStart(11)}   ${
        (i === 0 ? "-" : auroc.toFixed(4)).padStart(6)
      }`
    ),
  ];
}

/** Histograms of the energies, one under the other, each over that of test digits. */
export async function energyPicture(rows: readonly EnergyRow[]): Promise<Uint8Array> {
  const [digits, ...others] = rows;
  const panels = others.map(({ name, energies }): Panel => {
    const all = [...digits.energies, ...energies].sort((a, b) => a - b);
    const [least, most] = [all[0], all[all.length - 1]];
    const margin = 0.02 * (most - least) || 1;
    const range = { from: least - margin, to: most + margin, bins: 80 };
    const [ofDigits, ofOthers] = [digits.energies, energies].map((set) => histogram(set, range));
    const highest = Math.max(...[ofDigits, ofOthers].flatMap(({ y1 }) => Array.from(y1)));
    return {
      title: name,
      x: { domain: [range.from, range.to] },
      y: { domain: [0, 1.05 * highest] },
      marks: [
        { ...ofDigits, name: "test digits", colour: "blue" },
        { ...ofOthers, name: "others", colour: "orange", opacity: 0.6 },
      ],
    };
  });
  return await panelChart({
    title: "Energies of test digits and of others",
    panels,
    columns: 1,
    width: 520,
    height: 90,
  });
}
