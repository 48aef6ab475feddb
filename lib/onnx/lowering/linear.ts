/**
 * Lowering of matrix products and convolutions.
 *
 * @module
 */
import type { PrimitiveAttributes } from "../../tensor/primitives/mod.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Emitter } from "../emitter.ts";
import { blockedConvolution, blockedWeightGradient, type Convolution } from "./blocked.ts";
import { type Lowering, operator } from "./rule.ts";

/** How many elements the taps of a kernel that are multiplied in one product may have together. */
const TAPS_BUDGET = 2 ** 24;

/** Padding as ONNX counts it: top, left, bottom, right. */
function pads([vertical, horizontal]: readonly number[]): number[] {
  return [vertical, horizontal, vertical, horizontal];
}

/** A convolution by the kernels that suit it. */
function convolution(emit: Emitter, given: Convolution): string {
  const blocked = blockedConvolution(emit, given);
  if (blocked !== undefined) return blocked;
  const weight = given.turned ? turned(emit, given.weight) : given.weight;
  return emit.op("Conv", [given.x, weight, ...given.bias], {
    strides: given.stride,
    pads: given.pads,
  });
}

/** A third input, if there is one, is a bias `[O]`: see `lib/onnx/fusion.ts`. */
const conv2d: Lowering<"conv2d"> = ({ emit, inputs: [x, weight, ...bias], tensor, attributes }) =>
  convolution(emit, {
    x,
    weight,
    bias,
    turned: false,
    kernel: tensor.inputs[1].shape,
    stride: attributes.stride,
    pads: pads(attributes.padding),
    result: tensor.shape,
  });

/**
 * At stride 1 a transposed convolution is a convolution with the kernel turned around, which ORT
 * computes much faster.
 */
const convTranspose2d: Lowering<"convTranspose2d"> = ({ emit, inputs, tensor, attributes }) => {
  const { stride, padding, outputPadding } = attributes;
  const [C, O, ...kernel] = tensor.inputs[1].shape;
  const inner = kernel.map((size, i) => size - 1 - padding[i]);
  if (Math.max(...stride) === 1 && Math.min(...inner) >= 0) {
    return convolution(emit, {
      x: inputs[0],
      weight: inputs[1],
      turned: true,
      bias: [],
      kernel: [O, C, ...kernel],
      stride: [1, 1],
      pads: pads(inner),
      result: tensor.shape,
    });
  }
  return emit.op("ConvTranspose", inputs, {
    strides: stride,
    pads: pads(padding),
    output_padding: outputPadding,
  });
};

/** A kernel `[C, O, h, w]` as `[O, C, h, w]`, both directions reversed. */
function turned(emit: Emitter, weight: string): string {
  const swapped = emit.op("Transpose", [weight], { perm: [1, 0, 2, 3] });
  const beyondStart = -(2 ** 31);
  return emit.op("Slice", [
    swapped,
    emit.ints([-1, -1]),
    emit.ints([beyondStart, beyondStart]),
    emit.ints([2, 3]),
    emit.ints([-1, -1]),
  ]);
}

/**
 * The weight gradient: what each tap of the kernel saw, multiplied with the gradients it went into,
 * one matrix product for each example:
 *
 *     dW[o, c, i, j] = sum over b, p of  g[b, o, p] x[b, c, stride p + (i, j)]
 *
 * At stride 1 it can be turned around, with the taps taken of the gradient instead,
 *
 *     dW[o, c, i, j] = sum over b, p of  x[b, c, p] g[b, o, p - (i, j)]
 *
 * which is better where the gradient has fewer channels.
 */
const conv2dWeight: Lowering<"conv2dWeight"> = (context) => {
  const { emit, inputs: [x, g], tensor, attributes: { stride, padding, kernel } } = context;
  const blocked = blockedWeightGradient(context);
  if (blocked !== undefined) return blocked;
  const [input, gradient] = tensor.inputs;
  const [O, C] = tensor.shape;
  const inner = [kernel[0] - 1 - padding[0], kernel[1] - 1 - padding[1]] as const;
  if (O < C && Math.max(...stride) === 1 && Math.min(...inner) >= 0) {
    const taps = tapsOf(emit, g, gradient, { kernel, stride, padding: inner }, input.shape);
    return tapProducts(emit, taps.toReversed(), O, [x, input], [2, 0, 1], tensor.shape);
  }
  const taps = tapsOf(emit, x, input, { kernel, stride, padding }, gradient.shape);
  return tapProducts(emit, taps, C, [g, gradient], [0, 2, 1], tensor.shape);
};

/** What each tap of a kernel sees of images, in the size of the result. */
function tapsOf(
  emit: Emitter,
  x: string,
  { dtype }: Tensor,
  { kernel, stride, padding }: PrimitiveAttributes["conv2dWeight"],
  [, , height, width]: Shape,
): string[] {
  const padded = Math.max(...padding) === 0 ? x : emit.op("Pad", [
    x,
    emit.ints([0, 0, ...padding, 0, 0, ...padding]),
    emit.scalar(dtype, 0),
  ]);
  const places = Array.from({ length: kernel[0] * kernel[1] }, (_, tap) => tap);
  return places.map((tap) => {
    const [i, j] = [Math.floor(tap / kernel[1]), tap % kernel[1]];
    return emit.op("Slice", [
      padded,
      emit.ints([i, j]),
      emit.ints([i + (height - 1) * stride[0] + 1, j + (width - 1) * stride[1] + 1]),
      emit.ints([2, 3]),
      emit.ints(stride),
    ]);
  });
}

/**
 * Taps `[B, T, ...]` each multiplied with images `[B, R, ...]` over examples and pixels: `[R, taps, T]`
 * with its dimensions in the given order, in the given shape.
 */
function tapProducts(
  emit: Emitter,
  taps: readonly string[],
  T: number,
  [name, { shape: [B, R, height, width] }]: readonly [string, Tensor],
  order: readonly number[],
  shape: Shape,
): string {
  const rows = (name: string, count: number) =>
    emit.op("Reshape", [name, emit.ints([B, count, height * width])]);
  const together = Math.max(1, Math.floor(TAPS_BUDGET / (B * T * height * width)));
  const sums: string[] = [];
  for (let first = 0; first < taps.length; first += together) {
    const some = taps.slice(first, first + together);
    const seen = some.length === 1 ? some[0] : emit.op("Concat", some, { axis: 1 });
    // ORT multiplies with the transpose without making it.
    const product = emit.op("MatMul", [
      rows(name, R),
      emit.op("Transpose", [rows(seen, some.length * T)], { perm: [0, 2, 1] }),
    ]);
    sums.push(emit.op("ReduceSum", [product, emit.ints([0])], { keepdims: 0 }));
  }
  const sum = sums.length === 1 ? sums[0] : emit.op("Concat", sums, { axis: 1 });
  const byTap = emit.op("Reshape", [sum, emit.ints([R, taps.length, T])]);
  return emit.op("Reshape", [emit.op("Transpose", [byTap], { perm: order }), emit.ints(shape)]);
}

/** Lowering of the products. */
export const PRODUCTS = {
  matmul: operator("MatMul"),
  conv2d,
  convTranspose2d,
  conv2dWeight,
};
