/**
 * Vectors for the members of a finite set.
 *
 * @module
 */
import { DTypeError, ShapeError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";
import { checkSizes, type InitOptions, standardNormal } from "./initialize.ts";
import { requireInput } from "./input.ts";
import { Module } from "./module.ts";

/**
 * A table of vectors, looked up by index: int32 `[...]` to `[..., dim]`.
 *
 * @example One vector for each of ten labels
 * ```ts
 * import { Embedding, tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const labels = tensor([3, 1, 4], { dtype: "int32" });
 * assertEquals(new Embedding(10, 16).forward(labels).shape, [3, 16]);
 * ```
 */
export class Embedding extends Module {
  /** `[count, dim]`, at first standard normal. */
  readonly weight: Variable;

  /**
   * A table of new vectors.
   *
   * @throws {ShapeError} if a size is no whole number of at least 1
   */
  constructor(readonly count: number, readonly dim: number, { generator }: InitOptions = {}) {
    super();
    checkSizes(this.toString(), [count, dim]);
    this.weight = standardNormal([count, dim], generator);
  }

  /**
   * The vectors at the indices.
   *
   * @throws {DTypeError} if the indices are not an int32 tensor
   * @throws {ShapeError} if an index that is known already is not from 0 to below `count`
   */
  forward(index: Tensor): Tensor {
    requireInput(this, index);
    if (index.dtype !== "int32") {
      throw new DTypeError(
        `${this}: the indices are ${index.dtype}, and it takes int32; convert with to("int32")`,
      );
    }
    const outside = index.values?.find((i) => i < 0 || i >= this.count);
    if (outside !== undefined) {
      throw new ShapeError(
        `${this}: there is no vector ${outside}; indices go from 0 to ${this.count - 1}: clamp ` +
          `them, or make the layer for more`,
      );
    }
    const vectors = this.weight.value.indexSelect(0, index.flatten());
    return vectors.reshape([...index.shape, this.dim]);
  }

  /** The layer as messages name it. */
  override toString(): string {
    return `Embedding(${this.count}, ${this.dim})`;
  }
}
