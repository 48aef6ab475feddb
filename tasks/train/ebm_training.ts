/**
 * What is trained by `deno task train ebm`, and how a step goes.
 *
 * @module
 */
import type { Values } from "../../lib/course/options.ts";
import { loadMnist } from "../../lib/data/mnist.ts";
import { saveEbm } from "../../lib/models/ebm/checkpoint.ts";
import { ConvEnergy } from "../../lib/models/ebm/networks.ts";
import { ReplayBuffer } from "../../lib/models/ebm/process/buffer.ts";
import { IMAGE_CHAIN, langevinSampler } from "../../lib/models/ebm/process/langevin.ts";
import { energyLoss } from "../../lib/models/ebm/process/loss.ts";
import { noiseBank, noiseTable } from "../../lib/models/ebm/process/noise.ts";
import { Adam, clipGradNorm, EMA } from "../../lib/optim/mod.ts";
import { Generator } from "../../lib/random/mod.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { grad } from "../../lib/tensor/autodiff.ts";
import { cat } from "../../lib/tensor/functions.ts";
import { randint, randn } from "../../lib/tensor/random.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { beside } from "../model_files.ts";
import type { OPTIONS } from "./ebm_options.ts";
import { Guard } from "./guard.ts";
import { described, trainedWith } from "./metadata.ts";
import { writePicture } from "./picture.ts";
import { rateAt } from "./rate.ts";
import { parameterCount, type Training } from "./run.ts";

/** Weight of the squares in the loss. */
const ALPHA = 0.1;
/** How long gradients may be. */
const GRADIENT_NORM = 0.1;
/** How much of the average is kept at a step. */
const EMA_DECAY = 0.995;
/** Adam without a memory of directions (Du & Mordatch 2019): the samples it stems from are gone. */
const BETAS = [0, 0.999] as const;
/** Noise on the digits, as there is some on samples: a digit's pixels are else known to be smooth. */
const REAL_NOISE = 0.005;
/** A mean square of the energies far beyond what training has while it goes well. */
const DIVERGED = 25;
/** Steps between two that are taken for good. */
const KEEP_EVERY = 500;
/** Chains in the picture that is drawn at every save. */
const SHOWN = 100;

/** How an energy is trained. */
export type EbmSettings = Pick<
  Values<typeof OPTIONS>,
  "steps" | "batch" | "chain" | "buffer" | "lr" | "widths" | "hidden" | "seed"
>;

/** An energy in training. */
export interface EbmTraining extends Training {
  readonly parameterCount: number;
}

/**
 * A network of new weights and all it takes to train it.
 *
 * @param file where the averaged model is written to at every save
 */
export async function makeTraining(
  { steps, batch, chain, buffer: capacity, lr, widths, hidden, seed }: EbmSettings,
  file: string,
): Promise<EbmTraining> {
  const generator = new Generator(seed);
  const form = { widths, hidden };
  const network = new ConvEnergy({ ...form, generator });
  const averaged = new ConvEnergy({ ...form, generator: new Generator(0) });
  const adam = new Adam(network.parameters(), { lr, betas: BETAS });
  const ema = new EMA(network.parameters(), EMA_DECAY, { warmUp: true });
  const shape = [1, network.size, network.size];
  const buffer = new ReplayBuffer({ capacity, shape, generator });
  const trained = [
    ...network.namedParameters().map(([name, variable]) => [`ebm.${name}`, variable] as const),
    ...adam.stateVariables(),
    ...ema.stateVariables(),
  ];
  const guard = new Guard(trained.map(([, variable]) => variable));

  const mnist = await loadMnist();
  const { images } = mnist.all();
  const energy = (x: Tensor) => network.forward(x);
  // Of its own stream, as a run that is taken up again makes it anew.
  const table = noiseTable(shape, new Generator(seed));
  const sample = langevinSampler(energy, [batch, ...shape], {
    ...IMAGE_CHAIN,
    steps: chain,
    noise: noiseBank(table, generator),
  });
  const learn = compile((fake: Tensor) => {
    const chosen = images.indexSelect(0, randint(0, mnist.length, [batch], { generator }));
    const noise = randn([batch, ...shape], { generator });
    const real = chosen.mul(2).sub(1).add(noise.mul(REAL_NOISE)).clamp(-1, 1);
    const energies = energy(cat([real, fake]));
    const [ofReal, ofFake] = [0, batch].map((first) => energies.narrow(0, first, batch));
    const { loss, squares } = energyLoss(ofReal, ofFake, ALPHA);
    const gradients = grad(loss, network.parameters().map(({ value }) => value));
    adam.apply(clipGradNorm(gradients, GRADIENT_NORM));
    ema.update();
    return { loss, squares };
  });

  const settings = described({ batch, chain, buffer: capacity, lr, widths, hidden, seed });
  return {
    variables: [...trained, ...buffer.stateVariables(), ...guard.stateVariables()],
    generator,
    parameterCount: parameterCount(network),
    settings,
    async advance(done, count) {
      const losses = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        if ((done + i) % KEEP_EVERY === 0) guard.keep();
        adam.lr = rateAt(done + i, steps, lr) * guard.rate;
        const { places, start } = buffer.draw(batch);
        const fake = await sample(start);
        const { loss, squares } = await learn(fake);
        losses[i] = await loss.item();
        if (await squares.item() < DIVERGED) {
          await buffer.put(places, fake);
        } else {
          guard.goBack();
          buffer.renew();
        }
      }
      return losses;
    },
    async publish(progress) {
      ema.copyTo(averaged.parameters());
      await saveEbm(file, averaged, trainedWith(settings, steps, progress));
      const title = `Chains after ${progress.losses.length} steps`;
      await writePicture(beside(file, "buffer.png"), title, buffer.first(SHOWN));
    },
  };
}
