/**
 * Lowering of normalisations.
 *
 * @module
 */
import { type Shape, sizeOf } from "../../tensor/shape.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Emitter } from "../emitter.ts";
import type { Lowering } from "./rule.ts";

/** Rows of mean 0 and variance 1, and 1 / deviation of each. What asks for either makes one node. */
function standardized(
  emit: Emitter,
  x: string,
  { shape, dtype }: { readonly shape: Shape; readonly dtype: DType },
  eps: number,
): { rows: string; inverse: string } {
  const scale = emit.filled(dtype, [shape.at(-1)!], 1);
  const attributes = { axis: -1, epsilon: { float: eps } };
  const [rows, , inverse] = emit.ops("LayerNormalization", [x, scale], 3, attributes);
  return { rows, inverse };
}

const standardize: Lowering<"standardize"> = ({ emit, inputs: [x], tensor, attributes }) =>
  standardized(emit, x, tensor, attributes.eps).rows;

const inverseDeviation: Lowering<"inverseDeviation"> = (
  { emit, inputs: [x], tensor, attributes },
) => {
  const { dtype } = tensor;
  if (dtype === "float32") return standardized(emit, x, tensor.inputs[0], attributes.eps).inverse;
  // ORT gives it in float32, whatever the input.
  const mean = (name: string) => emit.op("ReduceMean", [name, emit.ints([-1])], { keepdims: 1 });
  const centred = emit.op("Sub", [x, mean(x)]);
  const variance = mean(emit.op("Mul", [centred, centred]));
  return emit.op("Reciprocal", [
    emit.op("Sqrt", [emit.op("Add", [variance, emit.scalar(dtype, attributes.eps)])]),
  ]);
};

const groupNorm: Lowering<"groupNorm"> = ({ emit, inputs, tensor, attributes }) => {
  const [x, scale, shift] = inputs;
  const { shape, dtype } = tensor;
  const [batch, channels] = shape;
  const rows = [batch, attributes.groups, sizeOf(shape) / (batch * attributes.groups)];
  // As the gradient's own reshape is written, so that both share a node.
  const grouped = emit.op("Reshape", [x, emit.ints(rows)], { allowzero: 1 });
  const pixels = [batch, channels, sizeOf(shape) / (batch * channels)];
  const normal = emit.op("Reshape", [
    standardized(emit, grouped, { shape: rows, dtype }, attributes.eps).rows,
    emit.ints(pixels),
  ]);
  // Those of all examples alike are written out for each.
  const ofChannel = (name: string) =>
    emit.op("Expand", [
      emit.op("Reshape", [name, emit.ints([-1, channels, 1])]),
      emit.ints([batch, channels, 1]),
    ]);
  const given = { x: normal, scale: ofChannel(scale), shift: ofChannel(shift) };
  return emit.op("Reshape", [
    scaleAndShift(emit, given, { shape: pixels, dtype }),
    emit.ints(shape),
  ]);
};

/**
 * Rows `[A, B, N]` times a scale, plus a shift, `[A, B, 1]`. On the CPU that is what
 * BatchNormalization computes in one pass, given mean 0 and variance 1.
 */
export function scaleAndShift(
  emit: Emitter,
  { x, scale, shift }: { readonly x: string; readonly scale: string; readonly shift: string },
  { shape: [A, B, N], dtype }: { readonly shape: Shape; readonly dtype: DType },
): string {
  if (emit.channelBlock === undefined || dtype !== "float32") {
    return emit.op("Add", [emit.op("Mul", [x, scale]), shift]);
  }
  const flat = (name: string) => emit.op("Reshape", [name, emit.ints([A * B])]);
  const y = emit.op("BatchNormalization", [
    emit.op("Reshape", [x, emit.ints([1, A * B, N])]),
    flat(scale),
    flat(shift),
    emit.filled(dtype, [A * B], 0),
    emit.filled(dtype, [A * B], 1),
  ], { epsilon: { float: 0 } });
  return emit.op("Reshape", [y, emit.ints([A, B, N])]);
}

/** Lowering of the normalisations. */
export const NORMALIZATIONS = { standardize, inverseDeviation, groupNorm };
