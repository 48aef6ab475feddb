/**
 * Chains that go on from one training step to the next.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../../../errors.ts";
import { defaultGenerator, type Generator, randperm, uniform } from "../../../random/mod.ts";
import { checkShape, format, sameShape, type Shape, sizeOf } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import { Variable } from "../../../tensor/variable.ts";

/** What a {@linkcode ReplayBuffer} holds. */
export interface ReplayBufferOptions {
  /** How many chains; 8192 by default. */
  readonly capacity?: number;
  /** The shape of an example, such as `[1, 28, 28]`. */
  readonly shape: Shape;
  /** How many of the chains that are taken out start anew; 0.05 by default. */
  readonly fresh?: number;
  /** New chains start uniformly between; -1 and 1 by default. */
  readonly bounds?: readonly [number, number];
  /** Where new chains, and the choice of those that go on, are drawn from. */
  readonly generator?: Generator;
}

/** Chains that were taken out. */
export interface DrawnChains {
  /** Their places in the buffer, no two alike. */
  readonly places: Int32Array;
  /** Where they go on from, float32 `[B, ...]`. */
  readonly start: Tensor;
}

/**
 * Where chains were left, to go on from there (Tieleman 2008; Du & Mordatch 2019, section 3.2): so
 * they become long, though a training step only makes a few steps of them. A few start anew, so that
 * the energy is right near the noise as well.
 *
 * @example
 * ```ts
 * import { ReplayBuffer } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const buffer = new ReplayBuffer({ capacity: 100, shape: [2] });
 * const { places, start } = buffer.draw(8);
 * assertEquals(start.shape, [8, 2]);
 * await buffer.put(places, start.mul(0.5));
 * ```
 */
export class ReplayBuffer {
  /** How many chains there are. */
  readonly capacity: number;
  readonly #shape: Shape;
  readonly #fresh: number;
  readonly #bounds: readonly [number, number];
  readonly #generator: Generator;
  /** Nobody else holds its values, which change in place: a copy for each step would be 25 MB. */
  readonly #chains: Variable;

  /**
   * A buffer full of new chains.
   *
   * @throws {GenlabError} if it has no room, the share of new chains is not in [0, 1], or the bounds are
   * not in order
   * @throws {ShapeError} if `shape` is none
   */
  constructor(
    { capacity = 8192, shape, fresh = 0.05, bounds = [-1, 1], generator = defaultGenerator }:
      ReplayBufferOptions,
  ) {
    if (!Number.isSafeInteger(capacity) || capacity < 1 || !(fresh >= 0 && fresh <= 1)) {
      throw new GenlabError(
        `ReplayBuffer: capacity is ${capacity} and fresh ${fresh}; there is room for at least 1, ` +
          "and fresh lies in [0, 1]",
      );
    }
    checkShape("ReplayBuffer", shape);
    this.capacity = capacity;
    this.#shape = [...shape];
    this.#fresh = fresh;
    this.#bounds = bounds;
    this.#generator = generator;
    this.#chains = new Variable(this.#wrap(this.#newChains(capacity)));
  }

  /**
   * Takes out chains at random, some of them put at a new start.
   *
   * @throws {GenlabError} if there are not so many
   */
  draw(count: number): DrawnChains {
    if (!Number.isSafeInteger(count) || count < 1 || count > this.capacity) {
      throw new GenlabError(
        `ReplayBuffer.draw: ${count} chains of ${this.capacity}; draw a whole number of at least 1 ` +
          "and at most all",
      );
    }
    const places = randperm(this.#generator, this.capacity).slice(0, count);
    const anew = uniform(this.#generator, count);
    const D = sizeOf(this.#shape);
    const start = new Float32Array(count * D);
    const chains = this.#values();
    places.forEach((place, i) => {
      const from = anew[i] < this.#fresh
        ? this.#newChains(1)
        : chains.subarray(place * D, (place + 1) * D);
      start.set(from, i * D);
    });
    return { places, start: this.#wrap(start) };
  }

  /**
   * Puts chains back to their places, where they are now.
   *
   * @param x float32 `[B, ...]`
   * @throws {GenlabError} if a place is none of the buffer's
   * @throws {ShapeError} if there is not one for each place, or it has another shape
   */
  async put(places: Int32Array, x: Tensor): Promise<void> {
    const D = sizeOf(this.#shape);
    const expected = [places.length, ...this.#shape];
    if (!sameShape(x.shape, expected)) {
      const given = format(x.shape);
      throw new ShapeError(
        `ReplayBuffer.put: ${places.length} places take ${
          format(expected)
        }, not ${given}; put what ` +
          "was drawn, moved on",
      );
    }
    const outside = places.find((place) => place < 0 || place >= this.capacity);
    if (outside !== undefined) {
      throw new GenlabError(
        `ReplayBuffer.put: there is no place ${outside} among ${this.capacity}; give those that ` +
          "draw gave",
      );
    }
    const values = await x.data();
    const chains = this.#values();
    places.forEach((place, i) => chains.set(values.subarray(i * D, (i + 1) * D), place * D));
  }

  /** Has all chains start anew. */
  renew(): void {
    this.#values().set(this.#newChains(this.capacity));
  }

  /**
   * Where the first chains are, `[count, ...]`, or all of them if they are not so many.
   *
   * @throws {ShapeError} if `count` is no whole number of at least 0
   */
  first(count: number): Tensor {
    checkShape("ReplayBuffer.first", [count]);
    return this.#wrap(this.#values().slice(0, count * sizeOf(this.#shape)));
  }

  /** The chains, with a name to save them by. */
  stateVariables(): [string, Variable][] {
    return [["buffer.chains", this.#chains]];
  }

  #newChains(count: number): Float32Array<ArrayBuffer> {
    const [lo, hi] = this.#bounds;
    return uniform(this.#generator, count * sizeOf(this.#shape), lo, hi);
  }

  #values(): Float32Array<ArrayBuffer> {
    const { values } = this.#chains.value;
    if (values instanceof Float32Array) return values;
    throw new GenlabError("ReplayBuffer: its chains were set to something lazy; set known values");
  }

  #wrap(values: Float32Array<ArrayBuffer>): Tensor {
    const count = values.length / sizeOf(this.#shape);
    return Tensor.fromValues(values, { shape: [count, ...this.#shape], dtype: "float32" });
  }
}
