/**
 * The shipped models, and what they draw: made when a claim first asks for it, and kept for others.
 *
 * @module
 */
import { inProject } from "../../lib/course/paths.ts";
import { loadMnist, type Mnist } from "../../lib/data/mnist.ts";
import { type Ddpm, loadDdpm } from "../../lib/models/ddpm/checkpoint.ts";
import { sampleDdpm, type SampleOptions } from "../../lib/models/ddpm/process/sampler.ts";
import { loadEbm } from "../../lib/models/ebm/checkpoint.ts";
import type { ConvEnergy } from "../../lib/models/ebm/networks.ts";
import { IMAGE_CHAIN, langevin } from "../../lib/models/ebm/process/langevin.ts";
import { judge, type Judgement } from "../../lib/models/judge/judge.ts";
import { loadLeNet } from "../../lib/models/lenet.ts";
import { Generator } from "../../lib/random/mod.ts";
import { rand, randn } from "../../lib/tensor/random.ts";
import { type Assess, makeAssessor } from "../judge/assess.ts";
import { toBytes } from "../sample/files.ts";

/** Images of digits that were drawn. */
export interface Drawn {
  /** Bytes `[N, 28, 28]`. */
  readonly images: Uint8Array;
  /** What they are meant to be `[N]`; none where the model was not told. */
  readonly labels: readonly number[] | undefined;
  /** How long it took, the making of the session included. */
  readonly seconds: number;
}

/** How a set of images is drawn with the DDPM. */
export type DdpmOptions =
  & Pick<SampleOptions, "eta" | "guidance" | "steps">
  & { readonly told?: boolean };

/** How a set of images is drawn with the energy-based model. */
export interface EbmOptions {
  /** Standard deviation of what a step adds; that of training by default. */
  readonly noiseScale?: number;
  /** Steps of the chains. */
  readonly steps?: number;
}

/** How many images and steps the runs have. */
export interface Size {
  /** Images of a set, a multiple of 10. */
  readonly images: number;
  /** Steps of DDPM's samplers. */
  readonly steps: number;
  /** Steps of the chains of the energy-based model. */
  readonly chain: number;
  /** Steps after which a training that is too short is looked at, twice. */
  readonly training: readonly [number, number];
}

/** The size of a whole run: minutes on two cores. */
export const FULL_SIZE: Size = { images: 200, steps: 20, chain: 300, training: [40, 160] };

/** What claims on images of digits stand on. */
export interface Models {
  readonly size: Size;
  testDigits(): Promise<Mnist>;
  /** Assesses images by the shipped LeNet. */
  readonly assess: Assess;
  /** What the shipped LeNet takes images for. */
  judge(images: Uint8Array): Promise<Judgement>;
  ddpm(): Promise<Ddpm>;
  energy(): Promise<ConvEnergy>;
  /** A set of images of the DDPM, each set from the same first noise. */
  drawDdpm(options: DdpmOptions): Promise<Drawn>;
  /** A set of images of the energy-based model, each set from the same uniform noise. */
  drawEbm(options?: EbmOptions): Promise<Drawn>;
}

/** The models of a run with a seed. */
export function makeModels(seed: number, size: Size = FULL_SIZE): Models {
  const testDigits = once(() => loadMnist({ train: false }));
  const lenet = once(() => loadLeNet(shipped("lenet")));
  const assessor = once(async () => await makeAssessor(await lenet(), await loadMnist()));
  const ddpm = once(() => loadDdpm(shipped("ddpm")));
  const energy = once(async () => (await loadEbm(shipped("ebm"))).energy);
  const sets = new Map<string, Promise<Drawn>>();
  const kept = (name: string, draw: () => Promise<Drawn>) => {
    const drawn = sets.get(name) ?? draw();
    sets.set(name, drawn);
    return drawn;
  };
  return {
    size,
    testDigits,
    assess: async (...given) => await (await assessor())(...given),
    judge: async (images) => await judge(await lenet(), images),
    ddpm,
    energy,
    drawDdpm: ({ told = true, ...options }) =>
      kept(`ddpm ${told} ${JSON.stringify(options)}`, async () => {
        const model = await ddpm();
        const labels = Array.from({ length: size.images }, (_, i) => i % 10);
        const start = performance.now();
        const samples = await sampleDdpm(
          model,
          told ? labels : labels.map(() => model.unet.nullLabel),
          { steps: size.steps, ...options, generator: new Generator(seed) },
        );
        const images = toBytes(await samples.data());
        return { images, labels: told ? labels : undefined, seconds: since(start) };
      }),
    drawEbm: ({ noiseScale = IMAGE_CHAIN.noiseScale, steps = size.chain } = {}) =>
      kept(`ebm ${noiseScale} ${steps}`, async () => {
        const model = await energy();
        const generator = new Generator(seed);
        const from = rand([size.images, 1, 28, 28], { generator }).mul(2).sub(1);
        const begun = performance.now();
        const samples = await langevin((x) => model.forward(x), from, {
          ...IMAGE_CHAIN,
          noiseScale,
          steps,
          noise: (shape) => randn(shape, { generator }),
        });
        return { images: toBytes(await samples.data()), labels: undefined, seconds: since(begun) };
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
