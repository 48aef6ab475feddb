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
  distanceOf,
  nearerBy,
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
  const { steps, longChain, pair: n } = models.size;
  const [small, large, ebm] = [
    await models.ddpm("ddpm-small"),
    await models.ddpm(),
    await models.ebm(),
  ];
  const sets = {
    "DDPM": await models.drawDdpm(ANCESTRAL),
    "DDPM, not told": await models.drawDdpm({ ...ANCESTRAL, told: false }),
    "DDPM, w = 2": await models.drawDdpm({ ...ANCESTRAL, guidance: 2 }),
    "EBM": await models.drawEbm({ steps: longChain }),
    "large DDPM": await models.drawDdpm({ eta: ANCESTRAL.eta, images: n }),
  };
  const passes = passesOf(small, ebm.energy);
  const [plain, untold, guided, chains, best] = Object.values(sets);
  const drawers = [
    ddpmDrawer(small, plain, steps, passes.ddpm),
    ddpmDrawer(small, untold, steps, passes.ddpm),
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
        title: "The first ten of each set, none chosen; DDPMs that are told were asked for 0 to 9",
        png: await digitRows(columns.map(({ images }) => images), columns.map(({ name }) => name)),
        scale: 1,
      },
      sureness: `n = ${n} a column; ± is a standard error, that of a distance by the jackknife, ` +
        "and better means nearer by two of them. Distances of so few images come out too large, of " +
        "test digits as well. The judge is a classifier: it looks for classes, and not at all that " +
        "can be wrong. There was one training of each, with one seed, and a DDPM is trained with " +
        "the class in nine cases of ten and without it in one. DDPMs are told the classes, where " +
        `nothing else is said, each alike; they take ${steps} ancestral steps, guidance acts at ` +
        `all of them, and chains have ${longChain}. Each set was timed once, with the making of ` +
        "its session. The large DDPM is no part of the pair",
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

/** Who draws the better digits, as far as two distances tell. */
function winnerOf(ddpm: Distance, ebm: Distance): string {
  if (clearlyNearer(ddpm, ebm)) return "the DDPM draws the better digits";
  if (clearlyNearer(ebm, ddpm)) return "the energy-based model draws the better digits";
  return "the distances do not tell which draws the better digits";
}

/** What the distances say of the pair: of the DDPM told the class, and not told, beside the other. */
export function better(told: Distance, untold: Distance, ebm: Distance): string {
  const differences = [told, untold].map((ddpm) => {
    const { gap, error } = nearerBy(ddpm, ebm);
    const size = `${Math.abs(gap).toFixed(0)} ± ${error.toFixed(0)}`;
    return `${size} ${gap < 0 ? "farther" : "nearer"}`;
  });
  const [ifTold, ifNot] = [told, untold].map((ddpm) => winnerOf(ddpm, ebm));
  return `Told the class, the DDPM is ${
    differences[0]
  } than the energy-based model, and not told ` +
    `${differences[1]}. So at this size and after this time ` +
    (ifTold === ifNot
      ? `${ifTold}, whether the DDPM is told the class or not.`
      : `${ifTold} if the DDPM is told the class; if it is not, ${ifNot}.`);
}

function resultOf(drawers: readonly Drawer[], found: readonly AssessedSet[]): string {
  const [small, , guidedSmall, energy, large] = drawers;
  const [ddpm, untold, guided, ebm, ofLarge, digits] = found;
  const million = ({ multiplyAdds }: Drawer) => grouped(Math.round(multiplyAdds / 1e6));
  const within = [ddpm, guided, digits].map(({ diversity }) => diversity.toFixed(1));
  return `A DDPM of ${grouped(small.parameters)} parameters and an energy-based model of ` +
    `${grouped(energy.parameters)} were trained on the same 60,000 images for ` +
    `${secondsOf(small)} and ${secondsOf(energy)} seconds, each on one core of the same machine. ` +
    "Only the DDPM was told the classes.\n\n" +
    `The judge is sure of ${percent(ddpm.sure)} of the DDPM's images, of ${percent(untold.sure)} ` +
    `if it is not told the class, and of ${percent(ebm.sure)} of the energy-based model's. Their ` +
    `Fréchet distances to training digits, which count variety as well, are ${distanceOf(ddpm)}, ` +
    `${distanceOf(untold)} and ${distanceOf(ebm)}; that of test digits is ${distanceOf(digits)}. ` +
    `${better(ddpm, untold, ebm)}\n\n` +
    `Guidance ($w = 2$) brings the judge to ${percent(guided.sure)} and the distance to ` +
    `${distanceOf(guided)}: images of a class then differ by ${within[1]}, without it by ` +
    `${within[0]}, test digits by ${within[2]}. An image takes ${million(small)} million ` +
    `multiply-adds, with guidance ${million(guidedSmall)}, by a chain ${
      million(energy)
    }. All that ` +
    "says nothing of other sizes: with " +
    `${(large.parameters / small.parameters).toFixed(1)} times the parameters and ` +
    `${(secondsOf(large) / secondsOf(small)).toFixed(0)} times the time, a DDPM comes to ` +
    `${percent(ofLarge.sure)} and ${distanceOf(ofLarge)}. The answers below are about this pair; ` +
    "those above take the large DDPM.";
}

function numbersOf(
  [small, , , energy]: readonly Drawer[],
  [ddpm, untold, guided, ebm, large, digits]: readonly AssessedSet[],
): Record<string, number> {
  const [told, notTold] = [ddpm, untold].map((one) => nearerBy(one, ebm));
  return {
    parametersDdpm: small.parameters,
    parametersEbm: energy.parameters,
    secondsOfTrainingDdpm: secondsOf(small),
    secondsOfTrainingEbm: secondsOf(energy),
    sureDdpm: ddpm.sure,
    sureDdpmNotTold: untold.sure,
    sureDdpmGuided: guided.sure,
    sureEbm: ebm.sure,
    frechetDdpm: ddpm.frechet,
    frechetDdpmNotTold: untold.frechet,
    frechetDdpmGuided: guided.frechet,
    frechetEbm: ebm.frechet,
    frechetLargeDdpm: large.frechet,
    frechetDigits: digits.frechet,
    ddpmNearerBy: told.gap,
    ddpmNearerByError: told.error,
    ddpmNotToldNearerBy: notTold.gap,
    ddpmNotToldNearerByError: notTold.error,
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
