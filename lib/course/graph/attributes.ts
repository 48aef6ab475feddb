/**
 * Reads the attributes of primitives that come as plain data from somewhere that is not trusted.
 *
 * @module
 */
import type { PrimitiveAttributes, PrimitiveName } from "../../tensor/primitives/mod.ts";
import type { Signature } from "../../tensor/primitives/rule.ts";
import { type Reader, readFlag, readList, readRecord, readWhole } from "./reader.ts";
import { readDType, readShape } from "./reader.ts";

/** The readers of a primitive's attributes, one for each. */
type AttributeReaders<P extends PrimitiveName> = {
  readonly [A in keyof PrimitiveAttributes[P]]: (
    inputs: readonly Signature[],
  ) => Reader<PrimitiveAttributes[P][A]>;
};

/** The largest size, stride or padding; far beyond what a graph within its limits can hold. */
const LARGEST = 2 ** 31 - 1;

/** A dimension of the first input. */
const dim = ([{ shape }]: readonly Signature[]): Reader<number> => readWhole(0, shape.length - 1);
/** Several of them. */
const dims = (inputs: readonly Signature[]): Reader<readonly number[]> =>
  readList(dim(inputs), 0, inputs[0].shape.length);
const risingDims = (inputs: readonly Signature[]): Reader<readonly number[]> => (value, where) => {
  const read = dims(inputs)(value, where);
  return read.every((dim, i) => i === 0 || dim > read[i - 1])
    ? read
    : where.refuse("is not in rising order");
};
const size = (): Reader<number> => readWhole(0, LARGEST);
const flag = (): Reader<boolean> => readFlag;
const shape = () => readShape;
const pair = (least: number) => (): Reader<readonly [number, number]> => (value, where) => {
  const [height, width] = readList(readWhole(least, LARGEST), 2, 2)(value, where);
  return [height, width];
};

const reduction = { dims: risingDims, keepdim: flag };
const convolution = { stride: pair(1), padding: pair(0) };

/** How each primitive's attributes are read; those that are not named here have none. */
const READERS: { readonly [P in PrimitiveName]?: AttributeReaders<P> } = {
  cast: { dtype: () => readDType },
  sum: reduction,
  amax: reduction,
  amin: reduction,
  argmax: { dim, keepdim: flag },
  reshape: { shape },
  expand: { shape },
  permute: { order: dims },
  narrow: { dim, start: size, length: size },
  pad: { dim, before: size, after: size },
  cat: { dim },
  gather: { dim },
  scatterAdd: { dim, shape },
  conv2d: convolution,
  convTranspose2d: { ...convolution, outputPadding: pair(0) },
  conv2dWeight: { ...convolution, kernel: pair(1) },
};
