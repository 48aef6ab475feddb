/**
 * Indices are checked before a program runs, as far as they are known then: ONNX counts negative ones
 * from the end, where PyTorch refuses them, and a GPU checks none.
 *
 * @module
 */
import { ShapeError } from "../errors.ts";
import type { Program } from "../onnx/program.ts";
import type { TypedArray } from "../tensor/dtype.ts";
import type { PrimitiveAttributes } from "../tensor/primitives/mod.ts";
import { format } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * Checks the indices of a program that are fed, or are constants of it.
 *
 * @param valuesOf what is fed for one of the program's leaves
 * @throws {ShapeError} if an index is out of range
 */
export function checkIndices(
  { steps }: Program,
  valuesOf: (leaf: Tensor) => TypedArray | undefined,
): void {
  for (const step of steps) {
    if (step.primitive !== "gather" && step.primitive !== "scatterAdd") continue;
    const { dim } = step.attributes as PrimitiveAttributes["gather" | "scatterAdd"];
    // A gather reads from its input; scatterAdd writes into its result.
    const { shape } = step.primitive === "gather" ? step.inputs[0] : step;
    const leaf = beforeMovement(step.inputs[1]);
    const indices = valuesOf(leaf) ?? leaf.values;
    if (indices === undefined) continue;
    const { lowest, highest } = rangeOf(indices);
    if (lowest < 0 || highest >= shape[dim]) {
      const wrong = lowest < 0 ? lowest : highest;
      throw new ShapeError(
        `${step.primitive}: index ${wrong} is out of range: dimension ${dim} of shape ` +
          `${format(shape)} has the indices 0 to ${shape[dim] - 1}`,
      );
    }
  }
}

/** Values never change, so each array is looked through once: labels are fed at every step. */
const ranges = new WeakMap<TypedArray, { lowest: number; highest: number }>();

function rangeOf(values: TypedArray): { lowest: number; highest: number } {
  let range = ranges.get(values);
  if (range === undefined) {
    range = { lowest: 0, highest: -1 };
    for (let i = 0; i < values.length; i++) {
      if (values[i] < range.lowest) range.lowest = values[i];
      if (values[i] > range.highest) range.highest = values[i];
    }
    ranges.set(values, range);
  }
  return range;
}

/** The tensor that has the same elements, before they were put into another shape. */
function beforeMovement(tensor: Tensor): Tensor {
  let source = tensor;
  while (["reshape", "expand", "permute"].includes(source.primitive)) {
    if (source.values !== undefined) break;
    source = source.inputs[0];
  }
  return source;
}
