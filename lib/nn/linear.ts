/**
 * The fully connected layer.
 *
 * @module
 */
import { ShapeError } from "../errors.ts";
import { format } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";
import { biasUniform, checkSizes, kaimingUniform, type WeightOptions } from "./initialize.ts";
import { requireInput, requireInputDType } from "./input.ts";
import { Module } from "./module.ts";

/**
 * x W^T + b on the last dimension: `[..., inFeatures]` to `[..., outFeatures]`.
 *
 * @example
 * ```ts
 * import { Linear, manualSeed, ones } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * manualSeed(0);
 * const layer = new Linear(784, 10);
 * assertEquals(layer.weight.shape, [10, 784]);
 * assertEquals(layer.forward(ones([128, 784])).shape, [128, 10]);
 * ```
 */
export class Linear extends Module {
  /** `[outFeatures, inFeatures]`, at first uniform within 1 / sqrt(inFeatures). */
  readonly weight: Variable;
  /** `[outFeatures]`, at first from the same range; none if it was not wanted. */
  readonly bias: Variable | undefined;

  /**
   * A layer of new weights.
   *
   * @throws {ShapeError} if a number of features is no whole number of at least 1
   */
  constructor(
    readonly inFeatures: number,
    readonly outFeatures: number,
    { bias = true, generator }: WeightOptions = {},
  ) {
    super();
    checkSizes(this.toString(), [inFeatures, outFeatures]);
    this.weight = kaimingUniform([outFeatures, inFeatures], inFeatures, generator);
    this.bias = bias ? biasUniform(outFeatures, inFeatures, generator) : undefined;
  }

  /**
   * The layer's output.
   *
   * @throws {ShapeError} if the last dimension is not `inFeatures`
   * @throws {DTypeError} if the input is not a float32 tensor
   */
  forward(x: Tensor): Tensor {
    requireInput(this, x);
    const features = x.shape.at(-1);
    if (features !== this.inFeatures) {
      const found = features === undefined ? "has no dimensions" : `has ${features} features`;
      throw new ShapeError(
        `${this}: the input ${
          format(x.shape)
        } ${found} (its last dimension), and the layer takes ` +
          `${this.inFeatures}; flatten the input, or make the layer for what it has`,
      );
    }
    requireInputDType(this, x, this.weight);
    const rows = x.reshape(-1, features);
    const product = rows.matmul(this.weight.value.transpose(0, 1));
    const y = this.bias === undefined ? product : product.add(this.bias.value);
    return y.reshape([...x.shape.slice(0, -1), this.outFeatures]);
  }

  /** The layer as messages name it. */
  override toString(): string {
    return `Linear(${this.inFeatures}, ${this.outFeatures})`;
  }
}
