/**
 * Primitives that pick elements by index, and put them back.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";
import { checkShape, format, sameShape, type Shape } from "../shape.ts";
import type { PrimitiveAttributes } from "./mod.ts";
import { FLOATS, requireDType, type Rule } from "./rule.ts";

/** Throws unless `index` fits inside `shape` in all dimensions but `dim`. */
function requireIndexFits(operation: string, shape: Shape, index: Shape, dim: number): void {
  const fits = index.length === shape.length &&
    index.every((size, i) => i === dim || size <= shape[i]);
  if (!fits) {
    throw new ShapeError(
      `${operation}: an index of shape ${format(index)} does not fit ${format(shape)} along ` +
        `dimension ${dim}: it has as many dimensions, and no other is larger than the tensor's`,
    );
  }
}

/** `out[i][j] = x[index[i][j]][j]` along dimension 0, and likewise along others. */
const gather: Rule<PrimitiveAttributes["gather"]> = {
  arity: 2,
  result: ([x, index], { dim }) => {
    requireDType("gather (index)", index.dtype, ["int32"]);
    requireIndexFits("gather", x.shape, index.shape, dim);
    return { shape: index.shape, dtype: x.dtype };
  },
  gradient: ({ g, inputs: [x, index], attributes: { dim } }) => [
    g.scatterAdd(dim, index, x.shape),
    null,
  ],
};

/** Zeros of a shape, with each source element added at its index: the transpose of gather. */
const scatterAdd: Rule<PrimitiveAttributes["scatterAdd"]> = {
  arity: 2,
  result: ([source, index], { dim, shape }) => {
    requireDType("scatterAdd", source.dtype, FLOATS);
    requireDType("scatterAdd (index)", index.dtype, ["int32"]);
    checkShape("scatterAdd", shape);
    requireIndexFits("scatterAdd", shape, index.shape, dim);
    if (!sameShape(source.shape, index.shape)) {
      throw new ShapeError(
        `scatterAdd: the source ${format(source.shape)} and the index ${format(index.shape)} ` +
          `must have one shape`,
      );
    }
    return { shape, dtype: source.dtype };
  },
  gradient: ({ g, inputs: [, index], attributes: { dim } }) => [g.gather(dim, index), null],
};

/** The index primitives. */
export const INDEXING = { gather, scatterAdd };
