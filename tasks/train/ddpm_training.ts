/**
 * What is trained by `deno task train ddpm`, and how a step goes.
 *
 * @module
 */
import type { Values } from "../../lib/course/options.ts";
import { loadMnist } from "../../lib/data/mnist.ts";
import { saveDdpm } from "../../lib/models/ddpm/checkpoint.ts";
import { noiseLoss } from "../../lib/models/ddpm/process/forward.ts";
import { sampleDdpm } from "../../lib/models/ddpm/process/sampler.ts";
import { noiseSchedule } from "../../lib/models/ddpm/process/schedule.ts";
import { timeTable } from "../../lib/models/ddpm/process/time_table.ts";
import { UNet } from "../../lib/models/ddpm/unet.ts";
import { Adam, EMA } from "../../lib/optim/mod.ts";
import { Generator } from "../../lib/random/mod.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { randint } from "../../lib/tensor/random.ts";
import { memoize } from "../memoize.ts";
import { beside } from "../model_files.ts";
import type { OPTIONS } from "./ddpm_options.ts";
import { LossByT, type TimeRange } from "./loss_by_t.ts";
import { described, trainedWith } from "./metadata.ts";
import { writePicture } from "./picture.ts";
import { rateAt } from "./rate.ts";
import { parameterCount, type Training } from "./run.ts";

/** The length of the vectors that stand for time steps. */
const TIME_DIM = 32;
/** How much of the average is kept at a step. */
const EMA_DECAY = 0.999;
/** Samples of each class in the picture that is drawn at every save, and steps they are drawn in. */
const [SAMPLES, SAMPLE_STEPS] = [8, 20];

/** How a DDPM is trained. */
export type DdpmSettings = Pick<
  Values<typeof OPTIONS>,
  "steps" | "batch" | "lr" | "T" | "schedule" | "widths" | "seed"
>;

/** A DDPM in training. */
export interface DdpmTraining extends Training {
  readonly parameterCount: number;
  /** The loss by time step since the last save but one. */
  lossByT(): TimeRange[];
}

/**
 * A network of new weights and all it takes to train it.
 *
 * @param file where the averaged model is written to at every save
 */
export async function makeTraining(
  { steps, batch, lr, T, schedule, widths, seed }: DdpmSettings,
  file: string,
): Promise<DdpmTraining> {
  const generator = new Generator(seed);
  const { alphaBars } = noiseSchedule(schedule, T);
  const times = timeTable(T, TIME_DIM);
  const unet = new UNet({ times, widths, generator });
  const averaged = new UNet({ times, widths, generator: new Generator(0) });
  const adam = new Adam(unet.parameters(), { lr });
  const ema = new EMA(unet.parameters(), EMA_DECAY, { warmUp: true });
  const mnist = await loadMnist();
  const { images, labels } = mnist.all();

  const step = () => {
    const chosen = randint(0, mnist.length, [batch], { generator });
    const x0 = images.indexSelect(0, chosen).mul(2).sub(1);
    const told = labels.indexSelect(0, chosen);
    const { t, losses } = noiseLoss(unet, x0, told, { alphaBars, generator });
    const loss = losses.mean();
    adam.step(loss);
    ema.update();
    return { t, losses, loss };
  };
  const repeated = memoize((count) => compile(step, { repeat: count }));
  const lossByT = new LossByT(T);
  const settings = described({ batch, lr, T, schedule, widths, seed });
  return {
    variables: [
      ...unet.namedParameters().map(([name, variable]) => [`unet.${name}`, variable] as const),
      ...adam.stateVariables(),
      ...ema.stateVariables(),
    ],
    generator,
    parameterCount: parameterCount(unet),
    settings,
    async advance(done, count) {
      adam.lr = rateAt(done, steps, lr);
      const { t, losses, loss } = await repeated(count)();
      lossByT.add(await t.data(), await losses.data());
      return await loss.data();
    },
    async publish(progress) {
      ema.copyTo(averaged.parameters());
      const ddpm = { unet: averaged, alphaBars };
      await saveDdpm(file, ddpm, trainedWith(settings, steps, progress));
      const classes = Array.from({ length: 10 * SAMPLES }, (_, i) => i % 10);
      const samples = await sampleDdpm(ddpm, classes, {
        steps: Math.min(SAMPLE_STEPS, T),
        guidance: 2,
        generator: new Generator(seed),
      });
      const title = `After ${progress.losses.length} steps`;
      await writePicture(beside(file, "samples.png"), title, samples);
      lossByT.turn();
    },
    lossByT: () => lossByT.ranges(),
  };
}
