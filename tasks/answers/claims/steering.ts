/**
 * Asking an energy without classes for a class: with the help of a classifier.
 *
 * @module
 */
import { loadMnist } from "../../../lib/data/mnist.ts";
import { Linear } from "../../../lib/nn/mod.ts";
import { Adam } from "../../../lib/optim/mod.ts";
import { Generator } from "../../../lib/random/mod.ts";
import { compile } from "../../../lib/runtime/mod.ts";
import { tensor } from "../../../lib/tensor/creation.ts";
import { crossEntropy, oneHot } from "../../../lib/tensor/losses.ts";
import { rand, randn } from "../../../lib/tensor/random.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { imageChains } from "../image_chains.ts";
import type { Models } from "../models.ts";

/** The logits of ten classes, `[B, 10]`, of images in [-1, 1], `[B, 1, 28, 28]`. */
export type Classifier = (images: Tensor) => Tensor;

const [BATCH, HIDDEN, RATE] = [128, 128, 2e-3];
/** Images are learned with noise of a deviation up to this: chains show their beginnings too. */
const MOST_NOISE = 2;

/** Trains a classifier with one hidden layer on noisy digits. */
export async function trainClassifier(steps: number, generator: Generator): Promise<Classifier> {
  const [first, second] = [
    new Linear(784, HIDDEN, { generator }),
    new Linear(HIDDEN, 10, { generator }),
  ];
  const classifier = (x: Tensor) => second.forward(first.forward(x.flatten(1)).silu());
  const adam = new Adam([...first.parameters(), ...second.parameters()], { lr: RATE });
  const train = await loadMnist();
  const step = compile((images: Tensor, labels: Tensor) => {
    const clean = images.reshape(BATCH, 1, 28, 28).mul(2).sub(1);
    const scale = rand([BATCH, 1, 1, 1], { generator }).mul(MOST_NOISE);
    const noisy = clean.add(randn(clean.shape, { generator }).mul(scale));
    const loss = crossEntropy(classifier(noisy), labels);
    adam.step(loss);
    return loss;
  });
  for (let done = 0; done < steps; done++) {
    const chosen = Array.from({ length: BATCH }, (_, k) => (done * BATCH + k) % train.length);
    const { images, labels } = train.batch(chosen);
    await (await step(images, labels)).item();
  }
  return classifier;
}

/** The classes that a classifier takes images for, bytes `[N, 28, 28]`. */
export async function classesOf(classifier: Classifier, images: Uint8Array): Promise<number[]> {
  const x = tensor(Float32Array.from(images, (byte) => byte / 127.5 - 1), {
    shape: [images.length / 784, 1, 28, 28],
  });
  return Array.from(await classifier(x).argmax(1).data());
}

/** What chains are drawn to. */
export interface Steering {
  readonly classifier: Classifier;
  /** The class of each chain. */
  readonly labels: readonly number[];
  /** lambda, how strongly. */
  readonly weight: number;
  /** Where the start and the noise of the chains come from. */
  readonly seed: number;
}

/**
 * Chains of E(x) - lambda log p(y | x), whose minima are those of the energy where a classifier also
 * sees y: bytes `[N, 28, 28]`.
 */
export async function steeredChains(
  models: Models,
  { classifier, labels, weight, seed }: Steering,
): Promise<Uint8Array> {
  const energy = await models.energy();
  const generator = new Generator(seed);
  const asked = oneHot(tensor(Int32Array.from(labels)), 10).to("float32");
  const start = rand([labels.length, 1, 28, 28], { generator }).mul(2).sub(1);
  const composed = (x: Tensor) =>
    energy.forward(x).sub(classifier(x).logSoftmax(1).mul(asked).sum(1).mul(weight));
  return await imageChains(composed, start, { steps: models.size.chain, generator });
}
