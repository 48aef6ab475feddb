/**
 * Tensors from values the program already has.
 *
 * @module
 */
import { DTypeError, ShapeError } from "../errors.ts";
import { allocate, checkDType, convert, type DType, type TypedArray } from "./dtype.ts";
import { describe } from "./guard.ts";
import { requireTensor } from "./node.ts";
import { NUMBERS, requireDType } from "./primitives/rule.ts";
import { checkShape, format, type Shape, sizeOf } from "./shape.ts";
import { type Nested, Tensor } from "./tensor.ts";

/** The dtype of a new tensor. */
export interface CreationOptions {
  /** float32 unless said otherwise. */
  readonly dtype?: DType;
}

/** Dtype and shape of a tensor made from values. */
export interface TensorOptions extends CreationOptions {
  /** The shape of a flat array; by default it has one dimension. */
  readonly shape?: Shape;
}

/** Arrays of numbers that become tensors as they are; bytes and shorts become int32. */
export type NumberArray =
  | TypedArray
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array;

/** A tensor of known values, already in the array of its dtype. */
function leaf(values: TypedArray, shape: Shape, dtype: DType): Tensor {
  return Tensor.fromValues(values, { shape: [...shape], dtype });
}

function filled(operation: string, shape: Shape, value: number, dtype: DType): Tensor {
  checkShape(operation, shape);
  checkDType(operation, dtype);
  const [converted] = convert(operation, [value], dtype);
  return leaf(allocate(dtype, sizeOf(shape)).fill(converted), shape, dtype);
}

/**
 * A tensor of the given values: a number, nested arrays, or a typed array with a shape. Numbers
 * become float32 and truth values bool; typed arrays keep their type (bytes and shorts become int32).
 * The values are copied.
 *
 * @throws {ShapeError} where rows differ in length or the count does not fit the shape
 * @throws {DTypeError} for what is no number or truth value, or a number that int32 does not hold
 *
 * @example
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * assertEquals(x.shape, [2, 3]);
 * assertEquals(tensor(new Int32Array(6), { shape: [2, 3] }).dtype, "int32");
 * ```
 */
export function tensor(data: Nested | NumberArray, options: TensorOptions = {}): Tensor {
  const { flat, shape, dtype } = isNumberArray(data)
    ? { flat: data, shape: [data.length], dtype: dtypeOf(data) }
    : flatten(data);
  const target = options.dtype ?? dtype;
  checkDType("tensor", target);
  const wanted = options.shape ?? shape;
  checkShape("tensor", wanted);
  if (sizeOf(wanted) !== flat.length) {
    throw new ShapeError(
      `tensor: ${flat.length} values do not fill shape ${format(wanted)}, which holds ${
        sizeOf(wanted)
      }`,
    );
  }
  return leaf(convert("tensor", flat, target), wanted, target);
}

function isNumberArray(data: unknown): data is NumberArray {
  return ArrayBuffer.isView(data) && !(data instanceof DataView);
}

function dtypeOf(data: NumberArray): DType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  const name = data.constructor.name;
  if (!/^(Int8|Uint8|Uint8Clamped|Int16|Uint16|Int32)Array$/.test(name)) {
    throw new DTypeError(`tensor: a ${name} does not fit int32; make it a Float64Array first`);
  }
  return "int32";
}

/** Nested arrays as a flat list with its shape. */
function flatten(data: Nested): { flat: number[]; shape: number[]; dtype: DType } {
  const shape: number[] = [];
  for (let level: unknown = data; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat: number[] = [];
  let truthValues = 0;
  const visit = (value: unknown, depth: number, path: string): void => {
    if (Array.isArray(value)) {
      if (value.length !== shape[depth]) {
        throw new ShapeError(
          `tensor: rows differ in length: data${path} has ${value.length} elements where the ` +
            `first of its kind has ${shape[depth] ?? "none, being a number"}`,
        );
      }
      value.forEach((element, i) => visit(element, depth + 1, `${path}[${i}]`));
    } else if (depth !== shape.length) {
      throw new ShapeError(`tensor: rows differ in depth: data${path} is no array`);
    } else if (typeof value === "number" || typeof value === "boolean") {
      flat.push(Number(value));
      if (typeof value === "boolean") truthValues++;
    } else {
      throw new DTypeError(
        `tensor: data${path} is ${describe(value)}; it takes numbers and truth values, nested in ` +
          "arrays (tensors are joined with stack)",
      );
    }
  };
  visit(data, 0, "");
  const dtype = truthValues > 0 && truthValues === flat.length ? "bool" : "float32";
  return { flat, shape, dtype };
}

/** Zeros. */
export function zeros(shape: Shape, { dtype = "float32" }: CreationOptions = {}): Tensor {
  return filled("zeros", shape, 0, dtype);
}

/** Ones. */
export function ones(shape: Shape, { dtype = "float32" }: CreationOptions = {}): Tensor {
  return filled("ones", shape, 1, dtype);
}

/** One value everywhere; `true` and `false` make a bool tensor. */
export function full(shape: Shape, value: number | boolean, options: CreationOptions = {}): Tensor {
  if (typeof value !== "number" && typeof value !== "boolean") {
    throw new DTypeError(`full: takes a number or a truth value, not ${describe(value)}`);
  }
  const dtype = options.dtype ?? (typeof value === "boolean" ? "bool" : "float32");
  return filled("full", shape, Number(value), dtype);
}

/** Zeros in the shape and dtype of another tensor. */
export function zerosLike(x: Tensor, options: CreationOptions = {}): Tensor {
  const { shape, dtype } = requireTensor("zerosLike", x);
  return filled("zerosLike", shape, 0, options.dtype ?? dtype);
}

/** Ones in the shape and dtype of another tensor. */
export function onesLike(x: Tensor, options: CreationOptions = {}): Tensor {
  const { shape, dtype } = requireTensor("onesLike", x);
  return filled("onesLike", shape, 1, options.dtype ?? dtype);
}

/**
 * Numbers from `start` (by default 0) to below `end`, `step` apart: `arange(end)`,
 * `arange(start, end)` or `arange(start, end, step)`. int32 if all three are whole, else float32.
 *
 * @throws {ShapeError} if steps do not lead from the one to the other
 * @throws {DTypeError} if int32 does not hold all the numbers
 */
export function arange(end: number, options?: CreationOptions): Tensor;
/** Numbers from `start` to below `end`, 1 apart. */
export function arange(start: number, end: number, options?: CreationOptions): Tensor;
/** Numbers from `start` to below `end`, `step` (by default 1) apart. */
export function arange(
  start: number,
  end: number,
  step?: number,
  options?: CreationOptions,
): Tensor;
export function arange(
  first: number,
  second?: number | CreationOptions,
  third: number | CreationOptions = 1,
  options: CreationOptions = {},
): Tensor {
  const [start, end] = typeof second === "number" ? [first, second] : [0, first];
  const step = typeof third === "number" ? third : 1;
  const { dtype } = [second, third].find((given) => typeof given === "object") ?? options;
  const count = Math.ceil((end - start) / step);
  if (!Number.isFinite(count) || count < 0) {
    throw new ShapeError(`arange: there is no way from ${start} to ${end} in steps of ${step}`);
  }
  const whole = [start, end, step].every(Number.isInteger);
  const target = dtype ?? (whole ? "int32" : "float32");
  requireDType("arange", target, NUMBERS);
  if (count > 0) requireHeld("arange", [start, start + step * (count - 1)], target);
  const values = allocate(target, count);
  const round = target === "float32" ? Math.fround : (x: number) => x;
  for (let i = 0; i < count; i++) {
    const first = blockStart(target, i, count);
    values[i] = round(start + step * first) + step * (i - first);
  }
  return leaf(values, [count], target);
}

/** Throws unless int32, if that is the dtype, holds the numbers at both ends, and so all between. */
function requireHeld(operation: string, ends: readonly number[], dtype: DType): void {
  if (dtype === "int32") convert(operation, ends, dtype);
}

/**
 * Where the block of 8 float32 begins that PyTorch computes at once, counting from its first element
 * and rounding twice; what is left of `count` after pairs of blocks it computes one by one.
 */
function blockStart(dtype: DType, i: number, count: number): number {
  return dtype === "float32" && i < count - count % 16 ? i - i % 8 : i;
}

/**
 * `steps` numbers evenly spaced from `start` to `end`, both included; for int32 cut off towards 0.
 *
 * @throws {ShapeError} if `steps` is no whole number of at least 0
 * @throws {DTypeError} if int32 does not hold all the numbers
 */
export function linspace(
  start: number,
  end: number,
  steps: number,
  { dtype = "float32" }: CreationOptions = {},
): Tensor {
  checkShape("linspace", [steps]);
  requireDType("linspace", dtype, NUMBERS);
  requireHeld("linspace", [start, end], dtype);
  const round = dtype === "float32" ? Math.fround : (x: number) => x;
  // PyTorch's rounding: the step in the dtype's precision, and each half counted from its own end.
  const step = round(round(round(end) - round(start)) / (steps - 1));
  const values = allocate(dtype, steps);
  for (let i = 0; i < steps; i++) {
    const first = blockStart(dtype, i, steps);
    const base = first < Math.floor(steps / 2)
      ? round(round(start) + step * first)
      : round(round(end) - step * (steps - 1 - first));
    values[i] = base + round(step * (i - first));
  }
  if (steps === 1) values[0] = start;
  return leaf(values, [steps], dtype);
}
