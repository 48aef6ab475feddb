/**
 * Training steps and samples of the DDPM of `deno task train ddpm`, at its default size.
 *
 * @module
 */
import type { Ddpm } from "../../lib/models/ddpm/checkpoint.ts";
import { noiseLoss } from "../../lib/models/ddpm/process/forward.ts";
import { sampleDdpm } from "../../lib/models/ddpm/process/sampler.ts";
import { noiseSchedule } from "../../lib/models/ddpm/process/schedule.ts";
import { timeTable } from "../../lib/models/ddpm/process/time_table.ts";
import { UNet } from "../../lib/models/ddpm/unet.ts";
import { Adam } from "../../lib/optim/mod.ts";
import { Generator } from "../../lib/random/mod.ts";
import { compile } from "../../lib/runtime/mod.ts";
import { setThreadLimit, threadLimit } from "../../lib/runtime/threads.ts";
import { rand, randint } from "../../lib/tensor/random.ts";
import { PyTorch } from "./pytorch.ts";
import { inRounds, scaled, timed, type WorkTime } from "./rounds.ts";

const [BATCH, T, TIME_DIM] = [64, 200, 32];
/** Steps in one call. Few, so that both sides are measured close together in time. */
const STEPS = 3;
/** How many images are sampled at once, by how many steps of DDIM. */
const [SAMPLES, SAMPLE_STEPS] = [64, 20];

function makeDdpm(generator: Generator): Ddpm {
  const { alphaBars } = noiseSchedule("cosine", T);
  return { unet: new UNet({ times: timeTable(T, TIME_DIM), generator }), alphaBars };
}

/** Milliseconds a training step, in genlab and in PyTorch with so many threads each. */
export async function measureDdpm(
  rounds: number,
  threads: number,
  signal: AbortSignal,
): Promise<WorkTime> {
  const generator = new Generator(0);
  const { unet, alphaBars } = makeDdpm(generator);
  const adam = new Adam(unet.parameters());
  const images = rand([BATCH, 1, 28, 28], { generator });
  const labels = randint(0, unet.classes, [BATCH], { generator });
  const train = compile(() => {
    const loss = noiseLoss(unet, images, labels, { alphaBars, generator }).losses.mean();
    adam.step(loss);
    return loss;
  }, { repeat: STEPS });

  const pytorch = await PyTorch.start("ddpm.py", threads, [
    String(threads),
    String(STEPS),
    String(BATCH),
    unet.widths.join(),
  ]);
  const cores = threadLimit();
  setThreadLimit(threads);
  try {
    return scaled(await inRounds(rounds, timed(train), pytorch, signal), 1000 / STEPS);
  } finally {
    setThreadLimit(cores);
    await pytorch?.stop();
  }
}

/** Images a second that the sampler draws, with guidance, on all cores. */
export async function samplesPerSecond(rounds: number, signal: AbortSignal): Promise<number> {
  const generator = new Generator(0);
  const ddpm = makeDdpm(generator);
  const labels = Array.from({ length: SAMPLES }, (_, i) => i % ddpm.unet.classes);
  const draw = () => sampleDdpm(ddpm, labels, { steps: SAMPLE_STEPS, guidance: 2, generator });
  const { ours } = await inRounds(rounds, timed(draw), undefined, signal);
  return SAMPLES / ours;
}
