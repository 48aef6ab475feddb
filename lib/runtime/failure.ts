/**
 * What went wrong while a program ran, in the user's terms.
 *
 * @module
 */
import { GenlabError, MemoryError, ShapeError } from "../errors.ts";
import type { Program } from "../onnx/program.ts";
import { allocate } from "../tensor/dtype.ts";
import { format } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { firstLine } from "./ort.ts";

/** The operations that read an index, under the names ONNX has for them. */
const INDEXED: Readonly<Record<string, string>> = {
  GatherElements: "gather",
  ScatterElements: "scatterAdd",
};

/** An error of ONNX Runtime at run time, as one that says what to do. */
export function explainRun(error: unknown, { steps, outputs }: Program): GenlabError {
  const message = firstLine(error);
  if (/allocat|out of memory|bad_alloc|typed array length/i.test(message)) {
    return new MemoryError(
      `not enough memory: ${
        largest([...steps, ...outputs])
      }; compute with smaller batches or shapes`,
    );
  }
  // A failure inside a Loop names the Loop first.
  const operator = message.match(/(?<=while running )\w+(?= node)/g)?.at(-1) ?? "";
  const operation = INDEXED[operator];
  if (operation !== undefined && /range|bounds/i.test(message)) {
    const shapes = steps.filter(({ primitive }) => primitive === operation)
      .map(({ inputs }) => format(inputs[0].shape));
    return new ShapeError(
      `${operation}: an index that was computed is out of range, for a tensor of shape ${
        [...new Set(shapes)].join(" or ")
      }; indices of a dimension of size n are 0 to n - 1: limit them, with clamp`,
    );
  }
  const status = message.replace(/^.*Status Message: /, "");
  return new GenlabError(`${operator || "the computation"}: ONNX Runtime failed: ${status}`);
}

/** Names the tensor that takes most of the memory. */
function largest(tensors: readonly Tensor[]): string {
  const bytes = ({ dtype, size }: Tensor) => size * allocate(dtype, 0).BYTES_PER_ELEMENT;
  const tensor = tensors.reduce((a, b) => bytes(b) > bytes(a) ? b : a);
  const size = Math.ceil(bytes(tensor) / 1e9).toLocaleString("en");
  return `the largest tensor of this computation is that of ${tensor.primitive}, ` +
    `${tensor.dtype} ${format(tensor.shape)}, about ${size} GB`;
}
