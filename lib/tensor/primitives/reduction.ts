/**
 * Primitives that reduce dimensions. None reduces over nothing: a sum of no elements is nearly
 * always a mistake in a shape, and the others have no value.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";
import { format, reducedShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { PrimitiveAttributes } from "./mod.ts";
import { noGradient, NUMBERS, requireDType, type Rule } from "./rule.ts";

/** What is reduced. */
export interface Reduction {
  /** The dimensions, counted from the front, in rising order. */
  readonly dims: readonly number[];
  /** Whether they stay, with size 1. */
  readonly keepdim: boolean;
}

function requireElements(operation: string, shape: Shape, dims: readonly number[]): void {
  for (const dim of dims) {
    if (shape[dim] === 0) {
      throw new ShapeError(
        `${operation}: shape ${format(shape)} has no elements along dimension ${dim}; ` +
          `reduce over dimensions of size 1 or more`,
      );
    }
  }
}

/** `y` with the reduced dimensions back as size 1, to broadcast against the input. */
function restore(y: Tensor, { dims, keepdim }: Reduction): Tensor {
  return keepdim ? y : dims.reduce((restored, dim) => restored.unsqueeze(dim), y);
}

function reduction(operation: string, gradient: Rule<Reduction>["gradient"]): Rule<Reduction> {
  return {
    arity: 1,
    result: ([x], { dims, keepdim }) => {
      requireDType(operation, x.dtype, NUMBERS);
      requireElements(operation, x.shape, dims);
      return { shape: reducedShape(x.shape, dims, keepdim), dtype: x.dtype };
    },
    gradient,
  };
}

/** d(max x) is shared by all the elements that are equal to the extremum, as PyTorch's amax does. */
function extremum(operation: "amax" | "amin"): Rule<Reduction> {
  return reduction(operation, ({ g, inputs: [x], output, attributes }) => {
    // A value that was read may differ in its last bit from what x is computed to now: no tie at all.
    const peak = output.values === undefined ? output : x.apply(operation, [], attributes);
    const ties = x.eq(restore(peak, attributes)).to(x.dtype);
    return [restore(g, attributes).div(ties.sum(attributes.dims, true)).mul(ties)];
  });
}

/** The reductions. */
export const REDUCTION = {
  // d(sum x) = sum dx
  sum: reduction("sum", ({ g, inputs: [x], attributes }) => [
    restore(g, attributes).expand(x.shape),
  ]),
  amax: extremum("amax"),
  amin: extremum("amin"),
  argmax: {
    arity: 1,
    result: ([x], { dim, keepdim }) => {
      requireDType("argmax", x.dtype, NUMBERS);
      requireElements("argmax", x.shape, [dim]);
      return { shape: reducedShape(x.shape, [dim], keepdim), dtype: "int32" };
    },
    gradient: noGradient,
  } satisfies Rule<PrimitiveAttributes["argmax"]>,
};
