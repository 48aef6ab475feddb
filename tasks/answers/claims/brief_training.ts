/**
 * Networks that are trained within a run, for far too few steps.
 *
 * @module
 */
import { loadMnist } from "../../../lib/data/mnist.ts";
import { noiseLoss } from "../../../lib/models/ddpm/process/forward.ts";
import { noiseSchedule } from "../../../lib/models/ddpm/process/schedule.ts";
import { timeTable } from "../../../lib/models/ddpm/process/time_table.ts";
import { UNet } from "../../../lib/models/ddpm/unet.ts";
import { Adam } from "../../../lib/optim/mod.ts";
import type { Generator } from "../../../lib/random/mod.ts";
import { compile } from "../../../lib/runtime/mod.ts";
import { zerosLike } from "../../../lib/tensor/creation.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";

/** Images of a step. */
const BATCH = 32;
const RATE = 2e-3;
/** The form of the pair's DDPM. */
const WIDTHS = [8, 16, 24];
const EMBEDDING = 64;

/** A network in training. */
export interface BriefTraining {
  readonly unet: UNet;
  /** What is left of the variance after 0 ... T steps. */
  readonly alphaBars: Float64Array<ArrayBuffer>;
  /** Makes so many more steps. */
  advance(steps: number): Promise<void>;
}

/**
 * A new network of the form that the pair's DDPM has.
 *
 * @param blind whether every time step looks the same to it
 */
export async function briefTraining(
  generator: Generator,
  { blind = false } = {},
): Promise<BriefTraining> {
  const { alphaBars, T } = noiseSchedule("cosine", 200);
  const times = timeTable(T, EMBEDDING);
  const unet = new UNet({ times: blind ? zerosLike(times) : times, widths: WIDTHS, generator });
  const adam = new Adam(unet.parameters(), { lr: RATE });
  const train = await loadMnist();
  const step = compile((images: Tensor, labels: Tensor) => {
    const x0 = images.reshape(BATCH, 1, 28, 28).mul(2).sub(1);
    const loss = noiseLoss(unet, x0, labels, { alphaBars, generator }).losses.mean();
    adam.step(loss);
    return loss;
  });
  let done = 0;
  return {
    unet,
    alphaBars,
    async advance(steps) {
      for (const end = done + steps; done < end; done++) {
        const first = done * BATCH;
        const chosen = Array.from({ length: BATCH }, (_, k) => (first + k) % train.length);
        const { images, labels } = train.batch(chosen);
        await (await step(images, labels)).item();
      }
    },
  };
}
