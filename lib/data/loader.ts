/**
 * Batches of a dataset, in the order in which PyTorch's DataLoader gives them for the same seed.
 *
 * @module
 */

import { GenlabError } from "../errors.ts";
import { defaultGenerator } from "../random/default.ts";
import { Generator } from "../random/generator.ts";
import { random63, randperm } from "../random/integers.ts";

/** Numbered examples that can be fetched many at a time. */
export interface Dataset<T> {
  /** The number of examples. */
  readonly length: number;
  /** The examples at these indices, each in 0..length-1, as one batch. */
  batch(indices: Int32Array): T;
}

/** How a {@linkcode DataLoader} goes through its dataset. */
export interface DataLoaderOptions {
  /** The number of examples in a batch, 1 or more. */
  batchSize: number;
  /** A new random order each time, in place of the dataset's own. Default: false. */
  shuffle?: boolean;
  /** Leave out the last batch when it is smaller than the others. Default: false. */
  dropLast?: boolean;
  /** Where random numbers come from. Default: the generator that `manualSeed` seeds. */
  generator?: Generator;
}

/**
 * Goes through a dataset batch by batch, and each time it is iterated anew in another order if
 * `shuffle` is set. The draws are those of `torch.utils.data.DataLoader` with `num_workers=0`
 * (PyTorch 1.13, `utils/data/dataloader.py` and `sampler.py`), so that whatever is drawn from the
 * same generator before, between and after is PyTorch's too:
 *
 * - Making an iterator draws one 63-bit integer, the seed of workers there might have been.
 * - When the first batch of a shuffled pass is asked for, the default generator gives one more,
 *   which seeds a generator for the permutation. A generator named in the options makes the
 *   permutation itself, and when that is used up makes another that nobody sees.
 *
 * @example
 * ```ts
 * import { DataLoader } from "./loader.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const squares = { length: 5, batch: (indices: Int32Array) => [...indices].map((i) => i * i) };
 * const batches = [...new DataLoader(squares, { batchSize: 2 })];
 * assertEquals(batches, [[0, 1], [4, 9], [16]]);
 *
 * // The first batch alone, as next(iter(loader)) in Python:
 * const [first] = new DataLoader(squares, { batchSize: 3, shuffle: true });
 * assertEquals(first.length, 3);
 * ```
 */
export class DataLoader<T> implements Iterable<T> {
  /** The number of batches in one pass. */
  readonly length: number;
  readonly #dataset: Dataset<T>;
  readonly #batchSize: number;
  readonly #shuffle: boolean;
  readonly #dropLast: boolean;
  readonly #generator: Generator | undefined;

  /**
   * A loader over a data set.
   *
   * @throws {GenlabError} when `batchSize` is not a whole number of 1 or more.
   */
  constructor(dataset: Dataset<T>, options: DataLoaderOptions) {
    const { batchSize, shuffle = false, dropLast = false, generator } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new GenlabError(
        `DataLoader: batchSize is ${batchSize}; it must be a whole number of 1 or more`,
      );
    }
    this.#dataset = dataset;
    this.#batchSize = batchSize;
    this.#shuffle = shuffle;
    this.#dropLast = dropLast;
    this.#generator = generator;
    const batches = dataset.length / batchSize;
    this.length = dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  /** Starts a pass over the dataset. */
  [Symbol.iterator](): IteratorObject<T, undefined> {
    // Drawn here and not in #pass: the body of a generator function waits for the first next().
    random63(this.#generator ?? defaultGenerator);
    return this.#pass();
  }

  *#pass(): IteratorObject<T, undefined> {
    const { length } = this.#dataset;
    const order = this.#order();
    let start = 0;
    for (; start + this.#batchSize <= length; start += this.#batchSize) {
      yield this.#dataset.batch(order.subarray(start, start + this.#batchSize));
    }
    // RandomSampler fills up to num_samples with part of one more permutation: here, with none of it.
    if (this.#shuffle && this.#generator) randperm(this.#generator, length);
    if (start < length && !this.#dropLast) yield this.#dataset.batch(order.subarray(start));
  }

  #order(): Int32Array {
    const { length } = this.#dataset;
    if (!this.#shuffle) return Int32Array.from({ length }, (_, index) => index);
    return randperm(this.#generator ?? new Generator(random63(defaultGenerator)), length);
  }
}
