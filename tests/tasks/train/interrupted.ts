/** Training runs that stop on the way. */
import { loadSafetensors } from "../../../lib/nn/mod.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { beside } from "../../../tasks/model_files.ts";
import { runTraining, type Training } from "../../../tasks/train/run.ts";

/**
 * Trains until a step, as if Ctrl-C were typed there, and gives what the state file then holds. It
 * saves every 20 steps, and no models.
 */
export async function trainUntil(
  training: Training,
  { stop, steps, file, resume }: {
    readonly stop: number;
    readonly steps: number;
    readonly file: string;
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
    { steps, chunk: 10, save: 20, file, resume, restart: false },
    { say: () => {}, report: () => {}, json: false, signal: interruption.signal },
  );
  await run.catch((error) => {
    if (!interruption.signal.aborted) throw error;
  });
  return (await loadSafetensors(beside(file, "state.safetensors"))).tensors;
}
