/**
 * Pictures of how a DDPM draws: images on their way out of the noise, the same noise under rising
 * guidance, and what fewer steps cost.
 *
 * @module
 */
import type { Context } from "../../lib/course/program.ts";
import type { Ddpm } from "../../lib/models/ddpm/checkpoint.ts";
import { sampleDdpm, sampleDdpmPath } from "../../lib/models/ddpm/process/sampler.ts";
import { spacedSteps } from "../../lib/models/ddpm/process/reverse.ts";
import { type Image, imageGrid, toRows } from "../../lib/plot/mod.ts";
import { Generator } from "../../lib/random/mod.ts";
import { stepsChart, upTo } from "./ddpm_steps.ts";
import { imagesOf, writePictures } from "./files.ts";

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What the strips show, and at how many moments. */
const STRIPS = { labels: [3, 1, 4], steps: 50, columns: 11 } as const;
/** Scales of the guidance that are compared. */
const SCALES = [0, 1, 2, 4, 8];
/** Steps that images are drawn in with DDIM, to compare. */
const STEPS = [3, 5, 10, 20, 50];

/** Draws the pictures, and gives the path of each once it is written. */
export function drawFigures(
  ddpm: Ddpm,
  folder: string,
  seed: number,
  { signal }: Pick<Context, "signal">,
): AsyncGenerator<string> {
  const pictures = {
    "strips.png": () => strips(ddpm, seed),
    "guidance.png": () => guidanceSweep(ddpm, seed),
    "ddim_steps.png": () => stepsSweep(ddpm, seed),
    "steps_quality.png": () => stepsChart(ddpm, seed),
  };
  return writePictures(folder, pictures, signal);
}

/** x_t and x0hat on the way from noise to digits. */
async function strips(ddpm: Ddpm, seed: number): Promise<Uint8Array> {
  const T = ddpm.alphaBars.length - 1;
  const { labels } = STRIPS;
  const steps = Math.min(STRIPS.steps, T);
  const columns = Math.min(STRIPS.columns, steps);
  const generator = new Generator(seed);
  const options = { steps, guidance: 2, generator };
  const { xt, x0hat } = await sampleDdpmPath(ddpm, labels, options);
  const times = spacedSteps(T, steps).toReversed();
  const moments = Array.from(
    { length: columns },
    (_, i) => Math.round(i * (steps - 1) / Math.max(1, columns - 1)),
  );
  const images = await Promise.all([xt, x0hat].map(imagesOf));
  const rows = labels.flatMap((_, k) =>
    images.map((all) => moments.map((moment) => all[moment * labels.length + k]))
  );
  return await imageGrid({
    title: "Out of the noise: xₜ, and the image it is taken for, by t",
    rows,
    columnTitles: moments.map((moment) => String(times[moment])),
    rowTitles: labels.flatMap(() => ["xₜ", "x̂₀"]),
    scale: 2,
  });
}

/** The same noise under rising guidance. */
async function guidanceSweep(ddpm: Ddpm, seed: number): Promise<Uint8Array> {
  const steps = Math.min(20, ddpm.alphaBars.length - 1);
  const rows: Image[][] = [];
  for (const guidance of SCALES) {
    const generator = new Generator(seed);
    const labels = [...DIGITS, ...DIGITS];
    const drawn = await imagesOf(
      await sampleDdpm(ddpm, labels, { steps, eta: 0, guidance, generator }),
    );
    rows.push(...toRows(drawn, DIGITS.length));
  }
  return await imageGrid({
    title: "The same noise under rising guidance s",
    rows,
    columnTitles: DIGITS.map(String),
    rowTitles: SCALES.flatMap((scale) => [`s = ${scale}`, ""]),
    scale: 2,
  });
}

/** The same noise in more and more steps of DDIM. */
async function stepsSweep(ddpm: Ddpm, seed: number): Promise<Uint8Array> {
  const possible = upTo(ddpm.alphaBars.length - 1, STEPS);
  const rows: Image[][] = [];
  for (const steps of possible) {
    const generator = new Generator(seed);
    const options = { steps, eta: 0, guidance: 2, generator };
    rows.push(await imagesOf(await sampleDdpm(ddpm, DIGITS, options)));
  }
  return await imageGrid({
    title: "The same noise in more and more steps of DDIM",
    rows,
    columnTitles: DIGITS.map(String),
    rowTitles: possible.map((steps) => `${steps} steps`),
    scale: 2,
  });
}
