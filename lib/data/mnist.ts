/**
 * MNIST from the four IDX files in `data/mnist`: 60,000 training and 10,000 test images of
 * handwritten digits. A file is either exactly what its authors published or an error.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError, ShapeError } from "../errors.ts";
import { Tensor } from "../tensor/tensor.ts";
import { readGzip } from "./gzip.ts";
import { parseIdx } from "./idx.ts";
import type { Dataset } from "./loader.ts";

const SIDE = 28;
const PIXELS = SIDE * SIDE;

/** One file of MNIST: what it must hold, and the MD5 of its unpacked bytes. */
interface MnistFile {
  readonly name: string;
  readonly shape: readonly number[];
  readonly md5: string;
}

/** The published files. gzip's CRC cannot tell a file that was changed and packed anew; MD5 can. */
const FILES: Record<"train" | "test", { images: MnistFile; labels: MnistFile }> = {
  train: {
    images: {
      name: "train-images-idx3-ubyte.gz",
      shape: [60000, SIDE, SIDE],
      md5: "6bbc9ace898e44ae57da46a324031adb",
    },
    labels: {
      name: "train-labels-idx1-ubyte.gz",
      shape: [60000],
      md5: "a25bea736e30d166cdddb491f175f624",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte.gz",
      shape: [10000, SIDE, SIDE],
      md5: "2646ac647ad5339dbf082846283269ea",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte.gz",
      shape: [10000],
      md5: "27ae3e4e09519cfbb04c329615203637",
    },
  },
};

/** Byte values as grey levels: value / 255, rounded to float32, as torchvision's ToTensor. */
const GREY = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** Images and their labels, in the order of the indices that were asked for. */
export interface MnistBatch {
  /** Grey levels in [0, 1], float32 `[B, 1, 28, 28]`. */
  readonly images: Tensor;
  /** Digits 0 to 9, int32 `[B]`. */
  readonly labels: Tensor;
}

/** Handwritten digits in memory: the bytes as published, and batches of them as tensors. */
export class Mnist implements Dataset<MnistBatch> {
  /** The number of images. */
  readonly length: number;

  /**
   * Images with their labels.
   *
   * @param images Grey bytes, 0 (background) to 255 (ink), `[N, 28, 28]` in row-major order.
   * @param labels Digits 0 to 9, `[N]`.
   * @throws {ShapeError} when the two do not hold the same number of images.
   */
  constructor(readonly images: Uint8Array, readonly labels: Uint8Array) {
    this.length = labels.length;
    if (images.length !== this.length * PIXELS) {
      throw new ShapeError(
        `Mnist: ${labels.length} labels need ${labels.length} x ${PIXELS} = ` +
          `${labels.length * PIXELS} bytes of images, and there are ${images.length}`,
      );
    }
  }

  /** All images and labels, in their order. */
  all(): MnistBatch {
    return this.batch(Int32Array.from({ length: this.length }, (_, i) => i));
  }

  /**
   * The images and labels at these indices.
   *
   * @throws {ShapeError} when an index is not a whole number in 0..length-1.
   */
  batch(indices: ArrayLike<number>): MnistBatch {
    const count = indices.length;
    const images = new Float32Array(count * PIXELS);
    const labels = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const index = indices[i];
      if (!Number.isInteger(index) || index < 0 || index >= this.length) {
        throw new ShapeError(
          `Mnist.batch: there is no image ${index}; indices are whole numbers from 0 to ` +
            `${this.length - 1}`,
        );
      }
      const from = index * PIXELS;
      const to = i * PIXELS;
      for (let p = 0; p < PIXELS; p++) images[to + p] = GREY[this.images[from + p]];
      labels[i] = this.labels[index];
    }
    return {
      images: Tensor.fromValues(images, { shape: [count, 1, SIDE, SIDE], dtype: "float32" }),
      labels: Tensor.fromValues(labels, { shape: [count], dtype: "int32" }),
    };
  }
}

/** What to load, and from where. */
export interface LoadMnistOptions {
  /** The 60,000 training images, or else the 10,000 test images. Default: true. */
  train?: boolean;
  /** The folder of the IDX files. Default: the project's `data/mnist`. */
  root?: string;
}

/**
 * Loads MNIST. Needs permission to read the folder and no other.
 *
 * @throws {DataError} naming the file, what is wrong with it and how to get it back, when it is
 * missing, unreadable, cut, or differs in any way from what its authors published.
 *
 * @example
 * ```ts
 * import { loadMnist } from "./mnist.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const mnist = await loadMnist({ train: false });
 * const { images, labels } = mnist.batch([0, 1, 2]);
 * assertEquals(images.shape, [3, 1, 28, 28]);
 * assertEquals(await labels.tolist(), [7, 2, 1]);
 * ```
 */
export async function loadMnist(options: LoadMnistOptions = {}): Promise<Mnist> {
  const { train = true, root = fileURLToPath(new URL("../../data/mnist", import.meta.url)) } =
    options;
  const { images, labels } = FILES[train ? "train" : "test"];
  return new Mnist(await readPublished(root, images), await readPublished(root, labels));
}

/** The elements of one file, once it is certain that they are the published ones. */
async function readPublished(root: string, file: MnistFile): Promise<Uint8Array> {
  const path = join(root, file.name);
  try {
    const size = file.shape.reduce((product, dim) => product * dim, 1);
    const unpacked = await readGzip(path, size + 4 + 4 * file.shape.length);
    const { shape, data } = parseIdx(unpacked, path);
    if (shape.join() !== file.shape.join()) {
      throw new DataError(
        `${path} holds ${shape.join(" x ")} bytes and must hold ${file.shape.join(" x ")}`,
      );
    }
    const md5 = createHash("md5").update(unpacked).digest("hex");
    if (md5 !== file.md5) {
      throw new DataError(
        `${path} has been altered: its MD5, unpacked, is ${md5} and must be ${file.md5}`,
      );
    }
    return data;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(`loadMnist: ${error.message}; ${remedy(error.cause, root)}`);
  }
}

function remedy(cause: unknown, root: string): string {
  if (cause instanceof Deno.errors.NotCapable) return `add --allow-read=${root}`;
  if (cause instanceof Deno.errors.PermissionDenied) {
    return `make it readable for you, as with \`chmod -R a+rX ${root}\``;
  }
  return "restore it with `git checkout -- data/mnist`, or fetch it as data/README.md says";
}
