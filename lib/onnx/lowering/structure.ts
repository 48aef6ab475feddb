/**
 * Lowering of reductions, movements and indexing.
 *
 * @module
 */
import { sameShape, sizeOf } from "../../tensor/shape.ts";
import { dataType } from "../proto.ts";
import type { Lowering } from "./rule.ts";

function reduction(type: string): Lowering<"sum" | "amax" | "amin"> {
  return ({ emit, inputs: [x], attributes: { dims, keepdim } }) =>
    emit.op(type, [x, emit.ints(dims)], { keepdims: Number(keepdim) });
}

/**
 * So many float32 are added up in float64. ORT adds them one after the other: the mean of a million may
 * be off by a thousandth, and that of ten million by a hundredth. Training steps of the default sizes
 * add up fewer.
 */
const MANY = 2 ** 17;

const sum: Lowering<"sum"> = (context) => {
  const { emit, inputs: [x], tensor } = context;
  const { shape, dtype } = tensor.inputs[0];
  const plain = reduction("ReduceSum");
  if (dtype !== "float32" || sizeOf(shape) / tensor.size < MANY) return plain(context);
  const wide = emit.op("Cast", [x], { to: dataType("float64") });
  const total = plain({ ...context, inputs: [wide] });
  return emit.op("Cast", [total], { to: dataType("float32") });
};

/** ONNX counts in int64; our indices are int32. */
const argmax: Lowering<"argmax"> = ({ emit, inputs, attributes: { dim, keepdim } }) => {
  const index = emit.op("ArgMax", inputs, { axis: dim, keepdims: Number(keepdim) });
  return emit.op("Cast", [index], { to: dataType("int32") });
};

const reshape: Lowering<"reshape"> = ({ emit, inputs: [x], attributes: { shape } }) =>
  // allowzero: a 0 is a size of 0, not "as before".
  emit.op("Reshape", [x, emit.ints(shape)], { allowzero: 1 });

const expand: Lowering<"expand"> = ({ emit, inputs: [x], attributes: { shape } }) =>
  emit.op("Expand", [x, emit.ints(shape)]);

const permute: Lowering<"permute"> = ({ emit, inputs, attributes: { order } }) =>
  emit.op("Transpose", inputs, { perm: order });

const narrow: Lowering<"narrow"> = ({ emit, inputs: [x], attributes: { dim, start, length } }) =>
  emit.op("Slice", [x, emit.ints([start]), emit.ints([start + length]), emit.ints([dim])]);

/**
 * All dimensions are padded, most of them by nothing: where the axes are named, ORT 1.30 pads the
 * wrong ones when it moves a Transpose past the Pad.
 */
const pad: Lowering<"pad"> = (
  { emit, inputs: [x], tensor, attributes: { dim, before, after } },
) => {
  const at = (amount: number) => tensor.shape.map((_, i) => i === dim ? amount : 0);
  const pads = emit.ints([...at(before), ...at(after)]);
  return emit.op("Pad", [x, pads, emit.scalar(tensor.dtype, 0)]);
};

const cat: Lowering<"cat"> = ({ emit, inputs, attributes: { dim } }) =>
  emit.op("Concat", inputs, { axis: dim });

const gather: Lowering<"gather"> = ({ emit, inputs, attributes: { dim } }) =>
  emit.op("GatherElements", inputs, { axis: dim });

const scatterAdd: Lowering<"scatterAdd"> = (
  { emit, inputs: [source, index], tensor, attributes: { dim, shape } },
) => {
  const { dtype, inputs } = tensor;
  const one = sameShape(inputs[1].shape, shape.with(dim, 1));
  if (one) {
    // One element for each line: a comparison with every place is far faster than a scatter.
    const places = Int32Array.from({ length: shape[dim] }, (_, i) => i);
    const line = shape.map((size, i) => i === dim ? size : 1);
    const here = emit.op("Equal", [index, emit.constant("int32", line, places)]);
    return emit.op("Where", [here, source, emit.scalar(dtype, 0)]);
  }
  return emit.op("ScatterElements", [emit.filled(dtype, shape, 0), index, source], {
    axis: dim,
    reduction: "add",
  });
};

/** Lowering of the primitives that change shapes. */
export const STRUCTURE = {
  sum,
  amax: reduction("ReduceMax"),
  amin: reduction("ReduceMin"),
  argmax,
  reshape,
  expand,
  permute,
  narrow,
  pad,
  cat,
  gather,
  scatterAdd,
};
