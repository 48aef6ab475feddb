/**
 * Functions on images `[B, C, H, W]`: convolutions, pooling, group normalisation.
 *
 * @module
 */
import { ShapeError } from "../errors.ts";
import { full } from "./creation.ts";
import { composed } from "./guard.ts";
import { requireTensor } from "./node.ts";
import { type Pair, pair } from "./pair.ts";
import { format } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** Step and zero padding of a convolution. */
export interface Conv2dOptions {
  /** Pixels from one output to the next; 1 by default. */
  readonly stride?: Pair;
  /** Zeros around the input; 0 by default. */
  readonly padding?: Pair;
}

/** Step and padding of a transposed convolution. */
export interface ConvTranspose2dOptions extends Conv2dOptions {
  /** Rows and columns added to the output where the stride leaves its size open; 0 by default. */
  readonly outputPadding?: Pair;
}

/** A bias `[C]` added to every pixel of its channel. */
function addBias(operation: string, y: Tensor, bias: Tensor | undefined): Tensor {
  if (bias === undefined) return y;
  requireTensor(operation, bias, "bias");
  if (bias.ndim !== 1 || bias.size !== y.shape[1]) {
    throw new ShapeError(
      `${operation}: the bias has shape ${format(bias.shape)}; it takes one number a channel of ` +
        `the output, [${y.shape[1]}]`,
    );
  }
  return y.add(bias.reshape([bias.size, 1, 1]));
}

/**
 * Cross-correlation of images `[B, C, H, W]` with kernels `[O, C, h, w]`, giving `[B, O, H', W']` where
 * H' = (H + 2 padding - h) / stride + 1, rounded down.
 *
 * @param bias one number per output channel, `[O]`
 * @throws {ShapeError} if shapes do not fit, one has no elements, or nothing is left of the images
 * @throws {DTypeError} if the dtypes differ, or are not floating
 *
 * @example Differences of neighbours
 * ```ts
 * import { conv2d, tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const row = tensor([[[[1, 2, 4, 8]]]]);
 * const difference = tensor([[[[-1, 1]]]]);
 * assertEquals(await conv2d(row, difference).tolist(), [[[[1, 2, 4]]]]);
 * ```
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor,
  { stride = 1, padding = 0 }: Conv2dOptions = {},
): Tensor {
  const attributes = {
    stride: pair("conv2d", "stride", stride),
    padding: pair("conv2d", "padding", padding),
  };
  return addBias(
    "conv2d",
    requireTensor("conv2d", x, "input").apply("conv2d", [weight], attributes),
    bias,
  );
}

/**
 * Transposed convolution of `[B, C, H, W]` with kernels `[C, O, h, w]`, giving `[B, O, H', W']` where
 * H' = (H - 1) stride - 2 padding + h + outputPadding.
 *
 * @param bias one number per output channel, `[O]`
 * @throws {ShapeError} as `conv2d`, or if the output padding is not below the stride
 * @throws {DTypeError} if the dtypes differ, or are not floating
 */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor,
  { stride = 1, padding = 0, outputPadding = 0 }: ConvTranspose2dOptions = {},
): Tensor {
  const attributes = {
    stride: pair("convTranspose2d", "stride", stride),
    padding: pair("convTranspose2d", "padding", padding),
    outputPadding: pair("convTranspose2d", "outputPadding", outputPadding),
  };
  return addBias(
    "convTranspose2d",
    requireTensor("convTranspose2d", x, "input").apply("convTranspose2d", [weight], attributes),
    bias,
  );
}

/**
 * Means over windows of `kernel` pixels, `stride` (by default the kernel) apart; padding counts as 0.
 * `[B, C, H, W]` to `[B, C, H', W']`, with the sizes of `conv2d`.
 *
 * @throws {ShapeError} if the images have not four dimensions, or nothing is left of them
 * @throws {DTypeError} if their dtype is not floating
 */
export function avgPool2d(x: Tensor, kernel: Pair, options: Conv2dOptions = {}): Tensor {
  requireTensor("avgPool2d", x, "input");
  const size = pair("avgPool2d", "kernel", kernel);
  const { stride = size, padding = 0 } = options;
  if (x.ndim !== 4) {
    throw new ShapeError(
      `avgPool2d: the input has shape ${
        format(x.shape)
      }; images are [batch, channels, height, width]`,
    );
  }
  // Each channel is convolved by itself with a constant kernel.
  const [batch, channels, height, width] = x.shape;
  const planes = x.reshape([batch * channels, 1, height, width]);
  const y = composed("avgPool2d", () => {
    const window = full([1, 1, ...size], 1 / (size[0] * size[1]), { dtype: x.dtype });
    return conv2d(planes, window, undefined, { stride, padding });
  });
  return y.reshape([batch, channels, ...y.shape.slice(2)]);
}

/**
 * Normalises each of `groups` groups of channels of `[B, C, ...]` to mean 0 and variance 1, then scales
 * and shifts each channel (Wu & He 2018).
 *
 * @param weight scales `[C]`, or for each example its own, `[B, C]`
 * @param bias shifts `[C]` or `[B, C]`
 * @param eps added to the variance; at least 0
 * @throws {ShapeError} if the channels do not divide into the groups, or a scale or shift does not fit
 */
export function groupNorm(
  x: Tensor,
  groups: number,
  weight?: Tensor,
  bias?: Tensor,
  eps = 1e-5,
): Tensor {
  const [, channels = 1] = requireTensor("groupNorm", x, "input").shape;
  const perChannel = (otherwise: number) => full([channels], otherwise, { dtype: x.dtype });
  return x.apply("groupNorm", [
    requireTensor("groupNorm", weight ?? perChannel(1), "weight"),
    requireTensor("groupNorm", bias ?? perChannel(0), "bias"),
  ], { groups, eps });
}
