/**
 * Exercise C's training: one fixed batch, corrupted once, learned by heart.
 *
 * @module
 */
import { nextTurn } from "../../lib/course/progress.ts";
import type { DataLoader } from "../../lib/data/loader.ts";
import type { MnistBatch } from "../../lib/data/mnist.ts";
import { GenlabError } from "../../lib/errors.ts";
import { binarizeMnist, corruptDiscrete, TinyDiscreteDenoiser } from "../../lib/models/discrete.ts";
import { Adam } from "../../lib/optim/mod.ts";
import { compile } from "../../lib/runtime/mod.ts";
import { crossEntropy } from "../../lib/tensor/losses.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import type { Variable } from "../../lib/tensor/variable.ts";

/** Training steps between two reports of progress: one run of a compiled loop. */
const CHUNK = 50;

/** What the training needs, and may be told. */
export interface OverfitOptions {
  /** Batches of MNIST; a new pass over it is begun, and its first batch taken. */
  readonly loader: DataLoader<MnistBatch>;
  /** The chances of replacement `[T]`. */
  readonly betas: Tensor;
  /** The number of states of a pixel. */
  readonly K: number;
  /** The number of noise levels. */
  readonly T: number;
  /** The one noise level trained at, 1 to T. Default: T. */
  readonly tTrain?: number;
  /** Default: 300. */
  readonly numSteps?: number;
  /** Learning rate of Adam. Default: 1e-3. */
  readonly lr?: number;
  /** Called after every few steps with the number done and the last loss. */
  readonly onProgress?: (done: number, loss: number) => void;
  /** Ends the training between steps when aborted. */
  readonly signal?: AbortSignal;
}

/** What the training leaves. */
export interface Overfit {
  readonly model: TinyDiscreteDenoiser;
  /** The batch, int32 `[B, 28, 28]`. */
  readonly x0: Tensor;
  /** The batch as the model sees it, int32 `[B, 28, 28]`. */
  readonly xt: Tensor;
  /** The cross-entropy before each step, in nats a pixel. */
  readonly losses: number[];
  /**
   * Seconds that the training steps took. The session they run in is made beforehand, by a step that
   * is undone; data, corruption and reports of progress are not counted.
   */
  readonly trainSeconds: number;
}

/**
 * Trains a new model to recover one batch x₀ from one corruption xₜ of it. Both stay fixed, so a loss
 * that falls says that the parts are wired together, and nothing about new images.
 *
 * Random numbers are drawn in the notebook's order: the model's weights, the loader's pass, the
 * corruption.
 *
 * @throws {GenlabError} if `tTrain` is not a whole number from 1 to T
 * @throws the signal's reason when it is aborted
 *
 * @example
 * ```ts
 * import { DataLoader } from "../../lib/data/loader.ts";
 * import { loadMnist } from "../../lib/data/mnist.ts";
 * import { makeNoiseSchedule } from "../../lib/models/discrete.ts";
 * import { trainOverfitOneBatch } from "./overfit.ts";
 * import { assert } from "@std/assert";
 *
 * const loader = new DataLoader(await loadMnist({ train: false }), { batchSize: 8, shuffle: true });
 * const betas = makeNoiseSchedule(10);
 * const { losses } = await trainOverfitOneBatch({ loader, betas, K: 2, T: 10, numSteps: 20 });
 * assert(losses[19] < losses[0]);
 * ```
 */
export async function trainOverfitOneBatch(options: OverfitOptions): Promise<Overfit> {
  const { loader, betas, K, T, tTrain = T, numSteps = 300, lr = 1e-3 } = options;
  if (!Number.isInteger(tTrain) || tTrain < 1 || tTrain > T) {
    throw new GenlabError(
      `trainOverfitOneBatch: tTrain is ${tTrain}; it is a whole number from 1 to T = ${T}`,
    );
  }
  const model = new TinyDiscreteDenoiser(K, T);
  const optimizer = new Adam(model.parameters(), { lr });
  const [{ images }] = loader;
  const x0 = binarizeMnist(images);
  const xt = corruptDiscrete(x0, tTrain, betas, K);

  const step = () => {
    const loss = crossEntropy(model.forward(xt, tTrain), x0);
    optimizer.step(loss);
    return loss;
  };
  await withoutEffect(
    [...model.parameters(), ...optimizer.stateVariables().map(([, variable]) => variable)],
    compile(step, { repeat: 1 }),
  );

  const losses: number[] = [];
  let trainSeconds = 0;
  const chunk = compile(step, { repeat: CHUNK });
  const rest = numSteps % CHUNK;
  while (losses.length < numSteps) {
    await nextTurn();
    options.signal?.throwIfAborted();
    const run = numSteps - losses.length < CHUNK ? compile(step, { repeat: rest }) : chunk;
    const start = performance.now();
    const stacked = await run();
    trainSeconds += (performance.now() - start) / 1000;
    losses.push(...await stacked.data());
    options.onProgress?.(losses.length, losses[losses.length - 1]);
  }
  return { model, x0, xt, losses, trainSeconds };
}

/** Runs what changes variables, and sets them back. */
async function withoutEffect(variables: readonly Variable[], run: () => Promise<unknown>) {
  const before = variables.map(({ value }) => value);
  await run();
  variables.forEach((variable, i) => variable.value = before[i]);
}
