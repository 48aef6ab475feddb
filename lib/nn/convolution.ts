/**
 * Convolutional layers.
 *
 * @module
 */
import {
  conv2d,
  type Conv2dOptions,
  convTranspose2d,
  type ConvTranspose2dOptions,
} from "../tensor/images.ts";
import { type Pair, pair } from "../tensor/pair.ts";
import { format } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";
import { biasUniform, checkSizes, kaimingUniform, type WeightOptions } from "./initialize.ts";
import { requireImages } from "./input.ts";
import { Module } from "./module.ts";

/** A kernel's size as messages write it: `3`, or `[3, 5]`. */
function written(kernel: Pair): string {
  return typeof kernel === "number" ? String(kernel) : format(kernel);
}

/**
 * A convolution of images: `[B, inChannels, H, W]` to `[B, outChannels, H', W']`, where
 * H' = (H + 2 padding - kernel) / stride + 1, rounded down.
 *
 * @example Half the size
 * ```ts
 * import { Conv2d, zeros } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = new Conv2d(1, 8, 3, { stride: 2, padding: 1 });
 * assertEquals(layer.forward(zeros([16, 1, 28, 28])).shape, [16, 8, 14, 14]);
 * ```
 */
export class Conv2d extends Module {
  /** `[outChannels, inChannels, h, w]`, at first uniform within 1 / sqrt(inChannels h w). */
  readonly weight: Variable;
  /** `[outChannels]`, at first from the same range; none if it was not wanted. */
  readonly bias: Variable | undefined;
  readonly #steps: Conv2dOptions;

  /**
   * A layer of new weights.
   *
   * @throws {ShapeError} if a size is no whole number of at least 1
   */
  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    readonly kernel: Pair,
    { stride = 1, padding = 0, bias = true, generator }: Conv2dOptions & WeightOptions = {},
  ) {
    super();
    const [height, width] = pair("Conv2d", "kernel", kernel);
    checkSizes(this.toString(), [inChannels, outChannels, height, width]);
    const fanIn = inChannels * height * width;
    this.weight = kaimingUniform([outChannels, inChannels, height, width], fanIn, generator);
    this.bias = bias ? biasUniform(outChannels, fanIn, generator) : undefined;
    this.#steps = { stride, padding };
  }

  /**
   * The layer's output.
   *
   * @throws {ShapeError} if the input is not `[B, inChannels, H, W]`, or too small for the kernel
   * @throws {DTypeError} if it is not a float32 tensor
   */
  forward(x: Tensor): Tensor {
    requireImages(this, x, this.inChannels, this.weight);
    return conv2d(x, this.weight.value, this.bias?.value, this.#steps);
  }

  /** The layer as messages name it. */
  override toString(): string {
    return `Conv2d(${this.inChannels}, ${this.outChannels}, ${written(this.kernel)})`;
  }
}

/**
 * A transposed convolution, which enlarges images: `[B, inChannels, H, W]` to
 * `[B, outChannels, H', W']`, where H' = (H - 1) stride - 2 padding + kernel + outputPadding.
 *
 * @example Twice the size
 * ```ts
 * import { ConvTranspose2d, zeros } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = new ConvTranspose2d(8, 1, 4, { stride: 2, padding: 1 });
 * assertEquals(layer.forward(zeros([16, 8, 14, 14])).shape, [16, 1, 28, 28]);
 * ```
 */
export class ConvTranspose2d extends Module {
  /** `[inChannels, outChannels, h, w]`, at first uniform within 1 / sqrt(outChannels h w). */
  readonly weight: Variable;
  /** `[outChannels]`, at first from the same range; none if it was not wanted. */
  readonly bias: Variable | undefined;
  readonly #steps: ConvTranspose2dOptions;

  /**
   * A layer of new weights.
   *
   * @throws {ShapeError} if a size is no whole number of at least 1
   */
  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    readonly kernel: Pair,
    options: ConvTranspose2dOptions & WeightOptions = {},
  ) {
    super();
    const { stride = 1, padding = 0, outputPadding = 0, bias = true, generator } = options;
    const [height, width] = pair("ConvTranspose2d", "kernel", kernel);
    checkSizes(this.toString(), [inChannels, outChannels, height, width]);
    // PyTorch takes dimension 1 of the weight for the inputs, also where it is the outputs.
    const fanIn = outChannels * height * width;
    this.weight = kaimingUniform([inChannels, outChannels, height, width], fanIn, generator);
    this.bias = bias ? biasUniform(outChannels, fanIn, generator) : undefined;
    this.#steps = { stride, padding, outputPadding };
  }

  /**
   * The layer's output.
   *
   * @throws {ShapeError} if the input is not `[B, inChannels, H, W]`
   * @throws {DTypeError} if it is not a float32 tensor
   */
  forward(x: Tensor): Tensor {
    requireImages(this, x, this.inChannels, this.weight);
    return convTranspose2d(x, this.weight.value, this.bias?.value, this.#steps);
  }

  /** The layer as messages name it. */
  override toString(): string {
    return `ConvTranspose2d(${this.inChannels}, ${this.outChannels}, ${written(this.kernel)})`;
  }
}
