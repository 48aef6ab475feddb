/**
 * The 300 training steps of exercise C, in genlab and in PyTorch, round by round.
 *
 * @module
 */
import { trainOverfitOneBatch } from "../../exercises/c_discrete/overfit.ts";
import { DataLoader } from "../../lib/data/loader.ts";
import { loadMnist } from "../../lib/data/mnist.ts";
import { makeNoiseSchedule } from "../../lib/models/discrete.ts";
import { median } from "./median.ts";
import { PyTorch, TRAIN_IMAGES } from "./pytorch.ts";

const STEPS = 300;

/** The same training in PyTorch on one thread, if there is PyTorch. */
export function startPyTorch(): Promise<PyTorch | undefined> {
  return PyTorch.start("training.py", 1, [TRAIN_IMAGES, String(STEPS)]);
}

/** Milliseconds a step in genlab and, where it is there, in PyTorch, and the ratio of the two. */
export async function measureTraining(
  rounds: number,
  pytorch: PyTorch | undefined,
  signal: AbortSignal,
): Promise<{ ours: number; theirs?: number; ratio?: number }> {
  const loader = new DataLoader(await loadMnist(), { batchSize: 128, shuffle: true });
  const betas = makeNoiseSchedule(10);
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first round warms caches and clocks up.
  for (let round = 0; round <= rounds; round++) {
    const options = { loader, betas, K: 2, T: 10, numSteps: STEPS, signal };
    const training = await trainOverfitOneBatch(options);
    const reference = await pytorch?.measure();
    if (round === 0) continue;
    ours.push(1000 * training.trainSeconds / STEPS);
    if (reference !== undefined) theirs.push(1000 * reference / STEPS);
  }
  if (theirs.length === 0) return { ours: median(ours) };
  const ratio = median(ours.map((time, i) => time / theirs[i]));
  return { ours: median(ours), theirs: median(theirs), ratio };
}
