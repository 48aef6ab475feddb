/**
 * The 300 training steps of exercise C, in genlab and in PyTorch, round by round.
 *
 * @module
 */
import { trainOverfitOneBatch } from "../../exercises/c_discrete/overfit.ts";
import { DataLoader } from "../../lib/data/loader.ts";
import { loadMnist } from "../../lib/data/mnist.ts";
import { makeNoiseSchedule } from "../../lib/models/discrete.ts";
import { PyTorch, TRAIN_IMAGES } from "./pytorch.ts";
import { inRounds, scaled, type WorkTime } from "./rounds.ts";

const STEPS = 300;

/** The same training in PyTorch on one thread, if there is PyTorch. */
export function startPyTorch(): Promise<PyTorch | undefined> {
  return PyTorch.start("training.py", 1, [TRAIN_IMAGES, String(STEPS)]);
}

/** Milliseconds a step. */
export async function measureTraining(
  rounds: number,
  pytorch: PyTorch | undefined,
  signal: AbortSignal,
): Promise<WorkTime> {
  const loader = new DataLoader(await loadMnist(), { batchSize: 128, shuffle: true });
  const betas = makeNoiseSchedule(10);
  const options = { loader, betas, K: 2, T: 10, numSteps: STEPS, signal };
  const train = async () => (await trainOverfitOneBatch(options)).trainSeconds;
  return scaled(await inRounds(rounds, train, pytorch, signal), 1000 / STEPS);
}
