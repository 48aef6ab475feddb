/**
 * What is trained by `deno task train lenet`, and how a step goes.
 *
 * @module
 */
import { loadMnist } from "../../lib/data/mnist.ts";
import { LeNet, saveLeNet } from "../../lib/models/lenet.ts";
import { Adam } from "../../lib/optim/mod.ts";
import { Generator } from "../../lib/random/mod.ts";
import { compile } from "../../lib/runtime/compile.ts";
import { crossEntropy } from "../../lib/tensor/losses.ts";
import { randint } from "../../lib/tensor/random.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { memoize } from "../memoize.ts";
import { described, trainedWith } from "./metadata.ts";
import { rateAt } from "./rate.ts";
import type { Training } from "./run.ts";

/** Images that are classified at once. */
const CLASSIFIED = 1000;

/** How a classifier is trained. */
export interface LenetSettings {
  readonly steps: number;
  readonly batch: number;
  readonly lr: number;
  readonly seed: number;
}

/** A classifier in training. */
export interface LenetTraining extends Training {
  readonly lenet: LeNet;
}

/**
 * A network of new weights and all it takes to train it.
 *
 * @param file where the model is written to at every save
 */
export async function makeTraining(
  { steps, batch, lr, seed }: LenetSettings,
  file: string,
): Promise<LenetTraining> {
  const generator = new Generator(seed);
  const lenet = new LeNet({ generator });
  const adam = new Adam(lenet.parameters(), { lr });
  const mnist = await loadMnist();
  const { images, labels } = mnist.all();
  const step = (): Tensor => {
    const chosen = randint(0, mnist.length, [batch], { generator });
    const logits = lenet.forward(images.indexSelect(0, chosen));
    const loss = crossEntropy(logits, labels.indexSelect(0, chosen));
    adam.step(loss);
    return loss;
  };
  const repeated = memoize((count) => compile(step, { repeat: count }));
  const settings = described({ batch, lr, seed });
  return {
    lenet,
    variables: [
      ...lenet.namedParameters().map(([name, variable]) => [`lenet.${name}`, variable] as const),
      ...adam.stateVariables(),
    ],
    generator,
    settings,
    async advance(done, count) {
      adam.lr = rateAt(done, steps, lr);
      return await (await repeated(count)()).data();
    },
    publish: (progress) => saveLeNet(file, lenet, trainedWith(settings, steps, progress)),
  };
}

/** The fraction of MNIST's test images that are classified right. */
export async function accuracy(lenet: LeNet): Promise<number> {
  const test = await loadMnist({ train: false });
  const rightOf = compile((images: Tensor, labels: Tensor) =>
    lenet.forward(images).argmax(1).eq(labels).sum()
  );
  let right = 0;
  for (let start = 0; start < test.length; start += CLASSIFIED) {
    const { images, labels } = test.batch(
      Int32Array.from({ length: CLASSIFIED }, (_, i) => start + i),
    );
    right += await (await rightOf(images, labels)).item();
  }
  return right / test.length;
}
