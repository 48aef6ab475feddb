/**
 * Lowering of matrix products and convolutions.
 *
 * @module
 */
import type { Emitter } from "../emitter.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Lowering, operator } from "./rule.ts";

/** Padding as ONNX counts it: top, left, bottom, right. */
function pads([vertical, horizontal]: readonly number[]): number[] {
  return [vertical, horizontal, vertical, horizontal];
}

const conv2d: Lowering<"conv2d"> = ({ emit, inputs, attributes: { stride, padding } }) =>
  emit.op("Conv", inputs, { strides: stride, pads: pads(padding) });

/**
 * At stride 1 a transposed convolution is a convolution with the kernel turned around, which ORT
 * computes much faster.
 */
const convTranspose2d: Lowering<"convTranspose2d"> = ({ emit, inputs, tensor, attributes }) => {
  const { stride, padding, outputPadding } = attributes;
  const kernel = tensor.inputs[1].shape.slice(2);
  const inner = kernel.map((size, i) => size - 1 - padding[i]);
  if (Math.max(...stride) === 1 && Math.min(...inner) >= 0) {
    const [x, weight] = inputs;
    return emit.op("Conv", [x, turned(emit, weight)], { pads: pads(inner) });
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
 * The weight gradient: for each tap of the kernel, one matrix product of the pixels it saw with the
 * gradients they went into.
 */
const conv2dWeight: Lowering<"conv2dWeight"> = ({ emit, inputs: [x, g], tensor, attributes }) => {
  const { stride, padding, kernel } = attributes;
  const [input, gradient] = tensor.inputs;
  const [channels, filters] = [input.shape[1], gradient.shape[1]];
  const pixels = gradient.size / filters;
  const rows = (name: string, width: number) =>
    emit.op("Reshape", [name, emit.ints([pixels, width])]);
  const zero = emit.scalar(tensor.dtype, 0);
  const padded = Math.max(...padding) === 0
    ? x
    : emit.op("Pad", [x, emit.ints([0, 0, ...padding, 0, 0, ...padding]), zero]);
  const channelsLast = emit.op("Transpose", [padded], { perm: [0, 2, 3, 1] });
  const gradientRows = rows(emit.op("Transpose", [g], { perm: [0, 2, 3, 1] }), filters);
  const taps: string[] = [];
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const seen = emit.op("Slice", [
        channelsLast,
        emit.ints([i, j]),
        emit.ints(tapEnd(gradient, stride, i, j)),
        emit.ints([1, 2]),
        emit.ints(stride),
      ]);
      const product = emit.op("Gemm", [gradientRows, rows(seen, channels)], { transA: 1 });
      taps.push(emit.op("Reshape", [product, emit.ints([1, filters, channels])]));
    }
  }
  const stacked = emit.op("Concat", taps, { axis: 0 });
  const last = emit.op("Transpose", [stacked], { perm: [1, 2, 0] });
  return emit.op("Reshape", [last, emit.ints(tensor.shape)]);
};

/** One past the last pixel that tap (i, j) sees. */
function tapEnd(gradient: Tensor, stride: readonly number[], i: number, j: number): number[] {
  const [height, width] = gradient.shape.slice(2);
  return [i + (height - 1) * stride[0] + 1, j + (width - 1) * stride[1] + 1];
}

/** Lowering of the products. */
export const PRODUCTS = {
  matmul: operator("MatMul"),
  conv2d,
  convTranspose2d,
  conv2dWeight,
};
