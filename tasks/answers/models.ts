/**
 * The shipped models, and what they draw: made when a claim first asks for it, and kept for others.
 *
 * @module
 */
import { inProject } from "../../lib/course/paths.ts";
import { loadMnist, type Mnist } from "../../lib/data/mnist.ts";
import { loadDdpm } from "../../lib/models/ddpm/checkpoint.ts";
import { sampleDdpm, type SampleOptions } from "../../lib/models/ddpm/process/sampler.ts";
import { loadEbm } from "../../lib/models/ebm/checkpoint.ts";
import type { ConvEnergy } from "../../lib/models/ebm/networks.ts";
import { IMAGE_CHAIN } from "../../lib/models/ebm/process/langevin.ts";
import { judge, type Judgement } from "../../lib/models/judge/judge.ts";
import { type LeNet, loadLeNet } from "../../lib/models/lenet.ts";
import { Generator } from "../../lib/random/mod.ts";
import { rand } from "../../lib/tensor/random.ts";
import { type Assess, makeAssessor } from "../judge/assess.ts";
import { toBytes } from "../sample/files.ts";
import { imageChains } from "./image_chains.ts";

const PIXELS = 28 * 28;
/** Images that a DDPM draws at once, from a seed of their own: they take memory. */
const BATCH = 100;

/** Images of digits that were drawn. */
export interface Drawn {
  /** Bytes `[N, 28, 28]`. */
  readonly images: Uint8Array;
  /** What they are meant to be `[N]`; none where the model was not told. */
  readonly labels: readonly number[] | undefined;
  /** How long it took, the making of the session included. */
  readonly seconds: number;
}

/**
 * The DDPMs that come with the project: the large one, and the one that has the size and the time of
 * training of the energy-based model, with which it makes a pair.
 */
export type DdpmName = "ddpm" | "ddpm-small";

/** A DDPM, and texts that say how it was trained. */
export type TrainedDdpm = Awaited<ReturnType<typeof loadDdpm>>;

/** An energy, and texts that say how it was trained. */
export type TrainedEbm = Awaited<ReturnType<typeof loadEbm>>;

/** How a set of images is drawn with a DDPM. */
export interface DdpmOptions extends Pick<SampleOptions, "eta" | "guidance" | "steps"> {
  /** The large one by default. */
  readonly model?: DdpmName;
  /** Whether it is told the classes. */
  readonly told?: boolean;
  /** How many, a multiple of 10; by default as many as there are of every set of the model. */
  readonly images?: number;
}

/** How a set of images is drawn with the energy-based model. */
export interface EbmOptions {
  /** Standard deviation of what a step adds; that of training by default. */
  readonly noiseScale?: number;
  /** Steps of the chains. */
  readonly steps?: number;
}

/** How many images and steps the runs have. */
export interface Size {
  /** Images of a set of the large DDPM, a multiple of 10. */
  readonly images: number;
  /** Images of a set of the pair, which are faster to draw: a multiple of 10 too. */
  readonly pair: number;
  /** Steps of DDPM's samplers. */
  readonly steps: number;
  /** Steps of the chains of the energy-based model. */
  readonly chain: number;
  /** Steps of those with which it draws best. */
  readonly longChain: number;
  /** Steps of training of the classifier that chains are steered by. */
  readonly classifier: number;
  /** Steps after which a training that is too short is looked at, twice. */
  readonly training: readonly [number, number];
}

/** The size of a whole run: minutes on two cores. */
export const FULL_SIZE: Size = {
  images: 200,
  pair: 300,
  steps: 20,
  chain: 300,
  longChain: 1000,
  classifier: 400,
  training: [40, 160],
};

/** What claims on images of digits stand on. */
export interface Models {
  readonly size: Size;
  testDigits(): Promise<Mnist>;
  /** Assesses images by the shipped LeNet. */
  readonly assess: Assess;
  /** The judge itself. */
  lenet(): Promise<LeNet>;
  /** What the shipped LeNet takes images for. */
  judge(images: Uint8Array): Promise<Judgement>;
  /** The large DDPM, unless another is named. */
  ddpm(name?: DdpmName): Promise<TrainedDdpm>;
  ebm(): Promise<TrainedEbm>;
  energy(): Promise<ConvEnergy>;
  /** A set of images of a DDPM, each set from the same first noise. */
  drawDdpm(options: DdpmOptions): Promise<Drawn>;
  /** A set of images of the energy-based model, each set from the same uniform noise. */
  drawEbm(options?: EbmOptions): Promise<Drawn>;
}

/** The models of a run with a seed. */
export function makeModels(seed: number, size: Size = FULL_SIZE): Models {
  const testDigits = once(() => loadMnist({ train: false }));
  const lenet = once(() => loadLeNet(shipped("lenet")));
  const assessor = once(async () => await makeAssessor(await lenet(), await loadMnist()));
  const ddpms = {
    "ddpm": once(() => loadDdpm(shipped("ddpm"))),
    "ddpm-small": once(() => loadDdpm(shipped("ddpm-small"))),
  };
  const ddpm = (name: DdpmName = "ddpm") => ddpms[name]();
  const ebm = once(() => loadEbm(shipped("ebm")));
  const energy = async () => (await ebm()).energy;
  const sets = new Map<string, Promise<Drawn>>();
  const kept = (name: string, draw: () => Promise<Drawn>) => {
    const drawn = sets.get(name) ?? draw();
    sets.set(name, drawn);
    return drawn;
  };
  return {
    size,
    testDigits,
    lenet,
    assess: async (...given) => await (await assessor())(...given),
    judge: async (images) => await judge(await lenet(), images),
    ddpm,
    ebm,
    energy,
    drawDdpm: ({ model: name = "ddpm", told = true, images: given, ...options }) => {
      const count = given ?? (name === "ddpm" ? size.images : size.pair);
      return kept(`${name} ${told} ${count} ${JSON.stringify(options)}`, async () => {
        const model = await ddpm(name);
        const labels = Array.from({ length: count }, (_, i) => i % 10);
        const classes = labels.map((label) => told ? label : model.unet.nullLabel);
        const seeds = new Generator(seed);
        const images = new Uint8Array(count * PIXELS);
        const start = performance.now();
        for (let first = 0; first < count; first += BATCH) {
          const generator = new Generator(seeds.uint32());
          const samples = await sampleDdpm(model, classes.slice(first, first + BATCH), {
            steps: size.steps,
            ...options,
            generator,
          });
          images.set(toBytes(await samples.data()), first * PIXELS);
        }
        return { images, labels: told ? labels : undefined, seconds: since(start) };
      });
    },
    drawEbm: ({ noiseScale = IMAGE_CHAIN.noiseScale, steps = size.chain } = {}) =>
      kept(`ebm ${noiseScale} ${steps}`, async () => {
        const model = await energy();
        const generator = new Generator(seed);
        const from = rand([size.pair, 1, 28, 28], { generator }).mul(2).sub(1);
        const begun = performance.now();
        const images = await imageChains((x) => model.forward(x), from, {
          noiseScale,
          steps,
          generator,
        });
        return { images, labels: undefined, seconds: since(begun) };
      }),
  };
}

function shipped(model: string): string {
  return inProject("data", "models", `${model}.safetensors`);
}

function since(start: number): number {
  return (performance.now() - start) / 1000;
}

/** Makes something when it is first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
