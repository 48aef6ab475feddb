/**
 * Element types, the typed arrays that hold them, and PyTorch's rules of type promotion.
 *
 * @module
 */
import { DTypeError, ShapeError } from "../errors.ts";

/** The element type of a tensor. float64 is there for gradient checks and exact scalars. */
export type DType = "bool" | "int32" | "float32" | "float64";

/** The arrays that hold a tensor's values on the host; booleans are bytes of 0 and 1. */
export type TypedArray =
  | Uint8Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** Every dtype, from the one promotion likes least to the one that wins. */
export const DTYPES: readonly DType[] = ["bool", "int32", "float32", "float64"];

/** Whether gradients can flow through values of this dtype. */
export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

/**
 * A zero-filled array for `size` elements of the dtype.
 *
 * @throws {ShapeError} if there is no memory for it
 */
export function allocate(dtype: DType, size: number): TypedArray {
  try {
    return arrayOf(dtype, size);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ShapeError(
      `a tensor of ${size} elements in ${dtype} does not fit into memory; make it smaller`,
    );
  }
}

function arrayOf(dtype: DType, size: number): TypedArray {
  switch (dtype) {
    case "bool":
      return new Uint8Array(size);
    case "int32":
      return new Int32Array(size);
    case "float32":
      return new Float32Array(size);
    case "float64":
      return new Float64Array(size);
  }
}

/**
 * Numbers in the array of a dtype: for bool whether they differ from 0; for int32 cut off towards 0.
 *
 * @throws {DTypeError} for a number that int32 does not hold
 */
export function convert(operation: string, numbers: ArrayLike<number>, dtype: DType): TypedArray {
  const values = allocate(dtype, numbers.length);
  if (dtype === "bool") values.set(Uint8Array.from(numbers, (number) => Number(number !== 0)));
  else values.set(numbers);
  const lost = dtype === "int32" ? values.findIndex((x, i) => x !== Math.trunc(numbers[i])) : -1;
  if (lost >= 0) {
    throw new DTypeError(
      `${operation}: int32 holds whole numbers from -2^31 to 2^31 - 1, not ${numbers[lost]}; ` +
        'use float64, as in to("float64") or { dtype: "float64" }',
    );
  }
  return values;
}

/** Throws unless the name is one of the four dtypes. */
export function checkDType(operation: string, dtype: string): asserts dtype is DType {
  if (!(DTYPES as readonly string[]).includes(dtype)) {
    throw new DTypeError(`${operation}: there is no dtype "${dtype}"; use ${DTYPES.join(", ")}`);
  }
}

/** What promotion looks at: a tensor's dtype and rank, or a plain number. */
export type Promotable = { readonly dtype: DType; readonly shape: readonly number[] } | number;

/** The higher of two dtypes in the order bool, int32, float32, float64. */
function higher(a: DType | undefined, b: DType): DType {
  return a === undefined || DTYPES.indexOf(b) > DTYPES.indexOf(a) ? b : a;
}

/** 0 for bool, 1 for integers, 2 for floating point. */
function category(dtype: DType | undefined): number {
  return dtype === undefined ? -1 : dtype === "bool" ? 0 : dtype === "int32" ? 1 : 2;
}

/**
 * The dtype operands meet in, as PyTorch's `result_type`: tensors with dimensions decide; a 0-d
 * tensor or a number only counts when it is of a higher category (bool < integer < float). A whole
 * number counts as an integer, any other as float32.
 *
 * @example Integers meet floats in float32
 * ```ts
 * import { promote } from "./dtype.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(promote([{ dtype: "int32", shape: [3] }, 0.5]), "float32");
 * assertEquals(promote([{ dtype: "float32", shape: [3] }, { dtype: "float64", shape: [] }]), "float32");
 * ```
 */
export function promote(operands: readonly Promotable[]): DType {
  let dimensioned: DType | undefined;
  let scalar: DType | undefined;
  let number: DType | undefined;
  for (const operand of operands) {
    if (typeof operand === "number") {
      number = higher(number, Number.isInteger(operand) ? "int32" : "float32");
    } else if (operand.shape.length === 0) scalar = higher(scalar, operand.dtype);
    else dimensioned = higher(dimensioned, operand.dtype);
  }
  let result = dimensioned;
  for (const weaker of [scalar, number]) {
    if (weaker !== undefined && category(weaker) > category(result)) result = weaker;
  }
  return result ?? "float32";
}
