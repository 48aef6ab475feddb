/**
 * The pair side by side, before the answers that compare the two.
 *
 * @module
 */
import type { Module } from "../../lib/nn/mod.ts";
import { noiseImages, realImages } from "../judge/assess.ts";
import type { Evidence, Table } from "./claim.ts";
import type { Drawn, Models, TrainedDdpm } from "./models.ts";
import {
  ANCESTRAL,
  assessed,
  type AssessedSet,
  clearlyNearer,
  type Distance,
  parametersOf,
  passesOf,
} from "./pair.ts";
import { digitRows } from "./pictures.ts";
import { grouped, percent, percentWithError } from "./statistics.ts";

/** The first of the answers that compare the two. */
export const PAIR_FROM = 26;

/** What comparing the pair gives. */
export interface SideBySide {
  /** What was compared and found, in Markdown. */
  readonly result: string;
  readonly evidence: Evidence;
}

/** A network that drew images, and what that took. */
interface Drawer {
  readonly parameters: number;
  /** How it was trained. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Its passes for an image, forward and back, and their multiply-adds. */
  readonly forward: number;
  readonly back: number;
  readonly multiplyAdds: number;
  /** Seconds for all images. */
  readonly seconds: number;
}

/** A column of the table. */
interface Column {
  readonly name: string;
  readonly images: Uint8Array;
  readonly labels: readonly number[] | undefined;
}

/** Draws with both, judges what they draw, and says what went into them. */
export async function sideBySide(models: Models): Promise<SideBySide> {
  const { steps, longChain, images: n } = models.size;
  const [small, large, ebm] = [
    await models.ddpm("ddpm-small"),
    await models.ddpm(),
    await models.ebm(),
  ];
  const sets = {
    "DDPM": await models.drawDdpm(ANCESTRAL),
    "DDPM, w = 2": await models.drawDdpm({ ...ANCESTRAL, guidance: 2 }),
    "EBM": await models.drawEbm({ steps: longChain }),
    "large DDPM": await models.drawDdpm({ eta: ANCESTRAL.eta }),
  };
  const passes = passesOf(small, ebm.energy);
  const [plain, guided, chains, best] = Object.values(sets);
  const drawers = [
    ddpmDrawer(small, plain, steps, passes.ddpm),
    ddpmDrawer(small, guided, 2 * steps, passes.ddpm),
    {
      ...trainingOf(ebm.energy, ebm.metadata),
      forward: longChain,
      back: longChain,
      multiplyAdds: longChain * passes.ebm,
      seconds: chains.seconds,
    },
    ddpmDrawer(large, best, steps, passesOf(large, ebm.energy).ddpm),
  ];
  const digits = realImages(await models.testDigits(), n, plain.labels);
  const columns: Column[] = [
    ...Object.entries(sets).map(([name, drawn]) => ({ name, ...drawn })),
    { name: "test digits", images: digits.images, labels: [...digits.labels] },
    { name: "noise", images: noiseImages(n), labels: undefined },
  ];
  const found: AssessedSet[] = [];
  for (const column of columns) found.push(await assessed(models, column, { lookUp: true }));
  return {
    result: resultOf(drawers, found),
    evidence: {
      numbers: numbersOf(drawers, found),
      table: tableOf(columns, drawers, found),
      picture: {
        title: "The first ten of each set, none chosen; the DDPMs were asked for 0 to 9",
        png: await digitRows(columns.map(({ images }) => images), columns.map(({ name }) => name)),
        scale: 1,
      },
      sureness: `n = ${n} a column; ± is a standard error, that of a distance by the jackknife. ` +
        "The judge is a classifier: it looks for classes, and not at all that can be wrong. There " +
        `was one training of each, with one seed. DDPMs take ${steps} ancestral steps, guidance ` +
        `acts at all of them, and chains have ${longChain}. Each set was timed once, with the ` +
        "making of its session. The large DDPM is no part of the pair",
    },
  };
}

function trainingOf(network: Module, metadata: Readonly<Record<string, string>>) {
  return { parameters: parametersOf(network), metadata };
}

function ddpmDrawer(ddpm: TrainedDdpm, drawn: Drawn, passes: number, cost: number): Drawer {
  return {
    ...trainingOf(ddpm.unet, ddpm.metadata),
    forward: passes,
    back: 0,
    multiplyAdds: passes * cost,
    seconds: drawn.seconds,
  };
}

function secondsOf({ metadata }: Drawer): number {
  return Number(metadata.seconds);
}

/** What the distances say of the pair. */
export function better(ddpm: Distance, ebm: Distance): string {
  const winner = clearlyNearer(ddpm, ebm)
    ? "DDPM"
    : clearlyNearer(ebm, ddpm)
    ? "energy-based model"
    : undefined;
  return winner === undefined
    ? "that does not tell which of the two draws the better digits"
    : `at this size and after this time the ${winner} draws the better digits`;
}

function resultOf(drawers: readonly Drawer[], found: readonly AssessedSet[]): string {
  const [small, guidedSmall, energy, large] = drawers;
  const [ddpm, guided, ebm, ofLarge, digits] = found;
  const best = ddpm.frechet < guided.frechet ? ddpm : guided;
  const million = ({ multiplyAdds }: Drawer) => grouped(Math.round(multiplyAdds / 1e6));
  const within = [ddpm, guided, digits].map(({ diversity }) => diversity.toFixed(1));
  return `A DDPM of ${grouped(small.parameters)} parameters and an energy-based model of ` +
    `${grouped(energy.parameters)} were trained on the same 60,000 images for ` +
    `${secondsOf(small)} and ${secondsOf(energy)} seconds, each on one core of the same machine. ` +
    `The judge is sure of ${percent(ddpm.sure)} of the DDPM's images, of ${percent(guided.sure)} ` +
    `with guidance ($w = 2$), and of ${percent(ebm.sure)} of the energy-based model's. ` +
    `Their Fréchet distances, which count variety as well, are ${distanceOf(ddpm)}, ` +
    `${distanceOf(guided)} and ${distanceOf(ebm)}, that of test digits ${distanceOf(digits)}: ` +
    `${better(best, ebm)}. Images of a class differ by ${within[0]}, with guidance by ${
      within[1]
    }, ` +
    `test digits by ${within[2]}. An image takes ${million(small)}, ${million(guidedSmall)} and ` +
    `${million(energy)} million multiply-adds. All that says nothing of other sizes: with ` +
    `${(large.parameters / small.parameters).toFixed(1)} times the parameters and ` +
    `${(secondsOf(large) / secondsOf(small)).toFixed(0)} times the time, a DDPM comes to ` +
    `${percent(ofLarge.sure)} and ${distanceOf(ofLarge)}. And a DDPM can be asked for a ` +
    "class, which the energy-based model knows nothing of. The answers below are about this pair; " +
    "those above take the large DDPM.";
}

function distanceOf({ frechet, frechetError }: Distance): string {
  return `${frechet.toFixed(0)} ± ${frechetError.toFixed(0)}`;
}

function numbersOf(
  [small, , energy]: readonly Drawer[],
  [ddpm, guided, ebm, large, digits]: readonly AssessedSet[],
): Record<string, number> {
  return {
    parametersDdpm: small.parameters,
    parametersEbm: energy.parameters,
    secondsOfTrainingDdpm: secondsOf(small),
    secondsOfTrainingEbm: secondsOf(energy),
    sureDdpm: ddpm.sure,
    sureDdpmGuided: guided.sure,
    sureEbm: ebm.sure,
    frechetDdpm: ddpm.frechet,
    frechetDdpmGuided: guided.frechet,
    frechetEbm: ebm.frechet,
    frechetLargeDdpm: large.frechet,
    frechetDigits: digits.frechet,
  };
}

/** A row for each fact of training and drawing, and for each finding of the judge. */
function tableOf(
  columns: readonly Column[],
  drawers: readonly Drawer[],
  found: readonly AssessedSet[],
): Table {
  const ofDrawer = (name: string, cell: (drawer: Drawer) => string) => [
    name,
    ...columns.map((_, i) => i < drawers.length ? cell(drawers[i]) : ""),
  ];
  const ofSet = (name: string, cell: (set: AssessedSet) => string) => [name, ...found.map(cell)];
  const { count } = found[0];
  return {
    head: ["", ...columns.map(({ name }) => name)],
    rows: [
      ofDrawer("parameters", ({ parameters }) => grouped(parameters)),
      ofDrawer("seconds of training", (drawer) => grouped(secondsOf(drawer))),
      ofDrawer("steps of training", ({ metadata }) => grouped(Number(metadata.trained))),
      ofDrawer(
        "digits seen in training",
        ({ metadata: { trained, batch } }) => grouped(Number(trained) * Number(batch)),
      ),
      ofDrawer("passes forward for an image", ({ forward }) => grouped(forward)),
      ofDrawer("passes back", ({ back }) => grouped(back)),
      ofDrawer(
        "million multiply-adds",
        ({ multiplyAdds }) => grouped(Math.round(multiplyAdds / 1e6)),
      ),
      ofDrawer("seconds for 100 images", ({ seconds }) => (100 * seconds / count).toFixed(1)),
      ofSet("judge is sure", ({ sure }) => percentWithError(sure, count)),
      ofSet(
        "judge sees the class asked for",
        ({ agreement }) => agreement === null ? "" : percentWithError(agreement, count),
      ),
      ofSet("Fréchet distance", distanceOf),
      ofSet(
        "classes seen",
        ({ classCounts }) => String(classCounts.filter((seen) => seen > 0).length),
      ),
      ofSet(
        "share of the largest class",
        ({ classCounts }) => percent(Math.max(...classCounts) / count),
      ),
      ofSet("difference within a class", ({ diversity }) => diversity.toFixed(1)),
      ofSet("distance to nearest training image", ({ nearest }) => nearest?.toFixed(1) ?? ""),
    ],
  };
}
