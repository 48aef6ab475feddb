/**
 * Group normalisation.
 *
 * @module
 */
import { ShapeError } from "../errors.ts";
import { ones, zeros } from "../tensor/creation.ts";
import { groupNorm } from "../tensor/images.ts";
import { format } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Variable } from "../tensor/variable.ts";
import { checkSizes } from "./initialize.ts";
import { requireInput, requireInputDType } from "./input.ts";
import { Module } from "./module.ts";

/**
 * Brings each group of channels of each example to mean 0 and variance 1, then scales and shifts
 * each channel (Wu & He 2018): `[B, channels, ...]` to the same shape.
 *
 * @example
 * ```ts
 * import { GroupNorm, randn } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const y = new GroupNorm(4, 32).forward(randn([8, 32, 7, 7]).mul(5).add(3));
 * assertAlmostEquals(await y.mean().item(), 0, 1e-5);
 * ```
 */
export class GroupNorm extends Module {
  /** Scales `[channels]`, at first 1. */
  readonly weight: Variable;
  /** Shifts `[channels]`, at first 0. */
  readonly bias: Variable;
  readonly #eps: number;

  /**
   * A layer that scales by 1 and shifts by 0.
   *
   * @param groups how many groups the channels are split into
   * @param options `eps`, added to the variance, is 1e-5 by default
   * @throws {ShapeError} if the channels do not divide into the groups
   */
  constructor(readonly groups: number, readonly channels: number, { eps = 1e-5 } = {}) {
    super();
    checkSizes(this.toString(), [groups, channels]);
    if (channels % groups !== 0) {
      throw new ShapeError(
        `${this}: ${channels} channels do not divide into ${groups} groups; choose a divisor`,
      );
    }
    this.weight = new Variable(ones([channels]));
    this.bias = new Variable(zeros([channels]));
    this.#eps = eps;
  }

  /**
   * The layer's output.
   *
   * @throws {ShapeError} if dimension 1 is not `channels`
   * @throws {DTypeError} if the input is not a float32 tensor
   */
  forward(x: Tensor): Tensor {
    requireInput(this, x);
    if (x.shape[1] !== this.channels) {
      throw new ShapeError(
        `${this}: the input ${
          format(x.shape)
        } is not [batch, ${this.channels}, ...]; permute it, ` +
          `or make the layer for the channels it has`,
      );
    }
    requireInputDType(this, x, this.weight);
    return groupNorm(x, this.groups, this.weight.value, this.bias.value, this.#eps);
  }

  /** The layer as messages name it. */
  override toString(): string {
    return `GroupNorm(${this.groups}, ${this.channels})`;
  }
}
