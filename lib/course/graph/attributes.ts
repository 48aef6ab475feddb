/**
 * Reads the attributes of primitives.
 *
 * @module
 */
import type {
  AnyAttributes,
  PlainPrimitive,
  PrimitiveAttributes,
  PrimitiveName,
} from "../../tensor/primitives/mod.ts";
import type { Signature } from "../../tensor/primitives/rule.ts";
import {
  readDType,
  type Reader,
  readFlag,
  readList,
  readPositive,
  readRecord,
  readShape,
  readWhole,
  refuse,
} from "./reader.ts";

/** Given the inputs, a reader of one attribute. */
type ReaderFor<T> = (inputs: readonly Signature[]) => Reader<T>;

type AttributeReaders = {
  readonly [P in Exclude<PrimitiveName, PlainPrimitive>]: {
    readonly [A in keyof PrimitiveAttributes[P]]: ReaderFor<PrimitiveAttributes[P][A]>;
  };
};

/** The largest size, stride or padding: far beyond what the limits of a graph leave room for. */
const LARGEST = 2 ** 31 - 1;

/** One dimension of the first input. */
const dim: ReaderFor<number> = ([{ shape }]) => readWhole(0, shape.length - 1);
/** Several of them. */
const dims = (least: number): ReaderFor<readonly number[]> => (inputs) =>
  readList(dim(inputs), least, inputs[0].shape.length);
/** At least one: reductions over no dimension are not made, and ONNX takes them as over all. */
const risingDims: ReaderFor<readonly number[]> = (inputs) => (value, path) => {
  const read = dims(1)(inputs)(value, path);
  const rises = read.every((dim, i) => i === 0 || dim > read[i - 1]);
  return rises ? read : refuse(`${path} has to name each dimension once, in rising order`);
};
const size: ReaderFor<number> = () => readWhole(0, LARGEST);
const sizes = () => readShape(LARGEST);
const flag = () => readFlag;
/** Height and width. */
const pair = (least: number): ReaderFor<readonly [number, number]> => () => (value, path) => {
  const [height, width] = readList(readWhole(least, LARGEST), 2, 2)(value, path);
  return [height, width];
};

const reduction = { dims: risingDims, keepdim: flag };
const convolution = { stride: pair(1), padding: pair(0) };
const normalization = { eps: () => readPositive };

const READERS: AttributeReaders = {
  cast: { dtype: () => readDType },
  sum: reduction,
  amax: reduction,
  amin: reduction,
  argmax: { dim, keepdim: flag },
  reshape: { shape: sizes },
  expand: { shape: sizes },
  permute: { order: dims(0) },
  narrow: { dim, start: size, length: size },
  pad: { dim, before: size, after: size },
  cat: { dim },
  gather: { dim },
  scatterAdd: { dim, shape: sizes },
  conv2d: convolution,
  convTranspose2d: { ...convolution, outputPadding: pair(0) },
  conv2dWeight: { ...convolution, kernel: pair(1) },
  standardize: normalization,
  inverseDeviation: normalization,
  groupNorm: { groups: size, ...normalization },
};

/** A reader of a primitive's attributes, given its inputs. */
export function readAttributes(
  primitive: PrimitiveName,
  inputs: readonly Signature[],
): Reader<AnyAttributes> {
  const readers: Readonly<Record<string, ReaderFor<unknown>>> = isPlain(primitive)
    ? {}
    : READERS[primitive];
  const fields = Object.entries(readers).map(([name, reader]) => [name, reader(inputs)]);
  return readRecord<AnyAttributes>(Object.fromEntries(fields));
}

function isPlain(primitive: PrimitiveName): primitive is PlainPrimitive {
  return !Object.hasOwn(READERS, primitive);
}
