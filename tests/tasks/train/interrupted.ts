/** Training runs that stop on the way. */
import { loadSafetensors } from "../../../lib/nn/mod.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { runTraining, type Training } from "../../../tasks/train/run.ts";

/** A training that says which options it keeps. */
export interface Interruptible extends Training {
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Trains until a step, as if Ctrl-C were typed there, and gives what the state file then holds. It
 * saves every 20 steps, and no models.
 */
export async function trainUntil(
  training: Interruptible,
  { stop, steps, stateFile, resume }: {
    readonly stop: number;
    readonly steps: number;
    readonly stateFile: string;
    readonly resume: boolean;
  },
): Promise<Readonly<Record<string, Tensor>>> {
  const interruption = new AbortController();
  const run = runTraining(
    {
      ...training,
      async advance(done, count) {
        if (done + count >= stop) interruption.abort();
        return await training.advance(done, count);
      },
      publish: () => Promise.resolve(),
    },
    { steps, chunk: 10, saveEvery: 20, stateFile, resume, settings: training.settings },
    { say: () => {}, report: () => {}, json: false, signal: interruption.signal },
  );
  await run.catch((error) => {
    if (!interruption.signal.aborted) throw error;
  });
  return (await loadSafetensors(stateFile)).tensors;
}
