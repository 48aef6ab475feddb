/**
 * A Langevin chain of images, with the energy of `deno task train ebm` at its default size.
 *
 * @module
 */
import { ConvEnergy } from "../../lib/models/ebm/networks.ts";
import { IMAGE_CHAIN, langevinSampler } from "../../lib/models/ebm/process/langevin.ts";
import { noiseBank, type NoiseSource, noiseTable } from "../../lib/models/ebm/process/noise.ts";
import { Generator } from "../../lib/random/mod.ts";
import { setThreadLimit, threadLimit } from "../../lib/runtime/threads.ts";
import { rand, randn } from "../../lib/tensor/random.ts";
import { PyTorch } from "./pytorch.ts";
import { inRounds, scaled, timed, type WorkTime } from "./rounds.ts";

const [BATCH, STEPS] = [128, 60];

/** Milliseconds a chain. */
export interface ChainTime {
  /** With new noise at every step, beside PyTorch, which draws it too. */
  readonly drawn: WorkTime;
  /** With noise from a table, as training and sampling have it. */
  readonly fromTable: WorkTime;
}

/** Makes chains in genlab and in PyTorch, round by round, with so many threads each. */
export async function measureChain(
  rounds: number,
  threads: number,
  signal: AbortSignal,
): Promise<ChainTime> {
  const generator = new Generator(0);
  const energy = new ConvEnergy({ generator });
  const shape = [BATCH, 1, energy.size, energy.size];
  const start = rand(shape, { generator }).mul(2).sub(1);
  const chain = (noise: NoiseSource) => {
    const options = { ...IMAGE_CHAIN, steps: STEPS, noise };
    const sample = langevinSampler((x) => energy.forward(x), shape, options);
    return timed(() => sample(start));
  };
  const table = noiseTable(shape.slice(1), generator);
  const pytorch = await PyTorch.start("langevin.py", threads, [
    String(threads),
    String(STEPS),
    String(BATCH),
    energy.widths.join(),
    String(energy.hidden.outFeatures),
  ]);
  const cores = threadLimit();
  setThreadLimit(threads);
  try {
    const drawn = chain((of) => randn(of, { generator }));
    const fromTable = chain(noiseBank(table, generator));
    return {
      drawn: scaled(await inRounds(rounds, drawn, pytorch, signal), 1000),
      fromTable: scaled(await inRounds(rounds, fromTable, undefined, signal), 1000),
    };
  } finally {
    setThreadLimit(cores);
    await pytorch?.stop();
  }
}
