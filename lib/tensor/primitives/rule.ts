/**
 * What every primitive states about itself: the shape and dtype of its result, and its gradient.
 * The third rule, how it is written in ONNX, is in `lib/onnx`.
 *
 * @module
 */
import { DTypeError } from "../../errors.ts";
import { type DType, isFloat } from "../dtype.ts";
import { broadcast, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** Shape and dtype: all that is known of a tensor before it is computed. */
export interface Signature {
  /** Sizes of the dimensions. */
  readonly shape: Shape;
  /** Type of the elements. */
  readonly dtype: DType;
}

/** What a gradient rule is given. */
export interface GradientContext<A> {
  /** Gradient of the loss with respect to the output, in the output's shape. */
  readonly g: Tensor;
  /** What the primitive was applied to. */
  readonly inputs: readonly Tensor[];
  /** What it gave. */
  readonly output: Tensor;
  /** Its attributes. */
  readonly attributes: A;
}

/** The rules of one primitive with attributes of type `A`. */
export interface Rule<A> {
  /** How many inputs it takes; Infinity for one or more. */
  readonly arity: number;
  /** Shape and dtype of the result; throws where the inputs do not fit. */
  result(inputs: readonly Signature[], attributes: A): Signature;
  /**
   * The gradient for each input, `null` where none flows. It may still be broadcast: `grad` sums it
   * back to the input's shape.
   */
  gradient(context: GradientContext<A>): readonly (Tensor | null)[];
}

/** For primitives that have no attributes. */
export type None = Record<never, never>;

/** Throws unless the dtype is one of those allowed. */
export function requireDType(
  operation: string,
  dtype: DType,
  allowed: readonly DType[],
): void {
  if (!allowed.includes(dtype)) {
    throw new DTypeError(
      `${operation}: takes ${allowed.join(" or ")}, not ${dtype}; convert with to("${
        allowed[allowed.length - 1] === "float64" ? "float32" : allowed[0]
      }")`,
    );
  }
}

/** Throws unless all inputs have one dtype. */
export function requireSameDType(operation: string, inputs: readonly Signature[]): DType {
  const dtype = inputs[0].dtype;
  for (const input of inputs) {
    if (input.dtype !== dtype) {
      throw new DTypeError(
        `${operation}: takes tensors of one dtype, not ${dtype} and ${input.dtype}; ` +
          `convert one with to("${isFloat(dtype) ? dtype : input.dtype}")`,
      );
    }
  }
  return dtype;
}

/** The floating-point dtypes. */
export const FLOATS: readonly DType[] = ["float32", "float64"];
/** The dtypes that have arithmetic. */
export const NUMBERS: readonly DType[] = ["int32", "float32", "float64"];

/** A function of each element by itself. */
export function unary(
  operation: string,
  allowed: readonly DType[],
  gradient: Rule<None>["gradient"],
): Rule<None> {
  return {
    arity: 1,
    result: ([x]) => {
      requireDType(operation, x.dtype, allowed);
      return { shape: x.shape, dtype: x.dtype };
    },
    gradient,
  };
}

/** A function of two elements, broadcast against each other. */
export function binary(
  operation: string,
  allowed: readonly DType[],
  gradient: Rule<None>["gradient"],
): Rule<None> {
  return {
    arity: 2,
    result: ([a, b]) => {
      const dtype = requireSameDType(operation, [a, b]);
      requireDType(operation, dtype, allowed);
      return { shape: broadcast(operation, [a.shape, b.shape]), dtype };
    },
    gradient,
  };
}

/** Gradients of something with steps: none. */
export function noGradient({ inputs }: { inputs: readonly Tensor[] }): readonly null[] {
  return inputs.map(() => null);
}
