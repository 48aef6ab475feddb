/**
 * LeNet-5 (LeCun et al. 1998), with relu: a small classifier of digits that judges what generative
 * models draw.
 *
 * @module
 */
import {
  Conv2d,
  type InitOptions,
  Linear,
  loadParameters,
  Module,
  saveSafetensors,
} from "../nn/mod.ts";
import { Generator } from "../random/mod.ts";
import { relu } from "../tensor/functions.ts";
import { avgPool2d } from "../tensor/images.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { loadModelFile, type ModelFamily } from "./checkpoint.ts";

/**
 * Two convolutions with mean pooling, then three fully connected layers; 61,706 parameters.
 *
 * @example
 * ```ts
 * import { LeNet } from "./lenet.ts";
 * import { zeros } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const lenet = new LeNet();
 * const images = zeros([2, 1, 28, 28]);
 * assertEquals(lenet.features(images).shape, [2, 84]);
 * assertEquals(lenet.forward(images).shape, [2, 10]);
 * ```
 */
export class LeNet extends Module {
  /** 28 x 28 pixels to 6 channels. */
  readonly conv1: Conv2d;
  /** 14 x 14 pixels to 16 channels of 10 x 10. */
  readonly conv2: Conv2d;
  /** 16 channels of 5 x 5 to 120 features. */
  readonly fc1: Linear;
  /** To 84 features. */
  readonly fc2: Linear;
  /** To ten logits. */
  readonly fc3: Linear;

  /** A network of new weights. */
  constructor(init: InitOptions = {}) {
    super();
    this.conv1 = new Conv2d(1, 6, 5, { padding: 2, ...init });
    this.conv2 = new Conv2d(6, 16, 5, init);
    this.fc1 = new Linear(16 * 5 * 5, 120, init);
    this.fc2 = new Linear(120, 84, init);
    this.fc3 = new Linear(84, 10, init);
  }

  /**
   * The features under the last layer, `[B, 84]`, in which distances between sets of images are
   * measured.
   *
   * @param images grey levels in [0, 1], float32 `[B, 1, 28, 28]`
   */
  features(images: Tensor): Tensor {
    const low = avgPool2d(relu(this.conv1.forward(images)), 2);
    const high = avgPool2d(relu(this.conv2.forward(low)), 2);
    return relu(this.fc2.forward(relu(this.fc1.forward(high.flatten(1)))));
  }

  /**
   * Logits of the ten digits, `[B, 10]`.
   *
   * @param images grey levels in [0, 1], float32 `[B, 1, 28, 28]`
   */
  forward(images: Tensor): Tensor {
    return this.fc3.forward(this.features(images));
  }
}

const FAMILY: ModelFamily = { name: "lenet", title: "LeNet" };

/**
 * Writes a classifier as a safetensors file, whole or not at all.
 *
 * @param metadata texts to keep with it, such as how it was trained
 * @throws {DataError} if it cannot be written
 */
export async function saveLeNet(
  path: string,
  lenet: LeNet,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await saveSafetensors(path, lenet, { ...metadata, model: FAMILY.name });
}

/**
 * Reads a classifier that {@linkcode saveLeNet} wrote.
 *
 * @throws {DataError} if the file is missing, damaged, or holds something else
 *
 * @example
 * ```ts
 * import { LeNet, loadLeNet, saveLeNet } from "./lenet.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const lenet = new LeNet();
 * await saveLeNet(`${folder}/judge.safetensors`, lenet);
 * const read = await loadLeNet(`${folder}/judge.safetensors`);
 * assertEquals(await read.fc3.weight.value.tolist(), await lenet.fc3.weight.value.tolist());
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function loadLeNet(path: string): Promise<LeNet> {
  const { tensors } = await loadModelFile(path, FAMILY);
  // Its first values are drawn only to be replaced: not from a stream that others draw from.
  const lenet = new LeNet({ generator: new Generator(0) });
  loadParameters(lenet, tensors);
  return lenet;
}
