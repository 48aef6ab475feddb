/**
 * A node of the lazy graph: shape, dtype, the primitive that makes it and that primitive's inputs.
 * `Tensor` is this with methods.
 *
 * @module
 */
import { DTypeError } from "../errors.ts";
import { convert, type DType, isFloat, promote, type TypedArray } from "./dtype.ts";
import { describe } from "./guard.ts";
import {
  type AnyAttributes,
  type PrimitiveAttributes,
  type PrimitiveName,
  ruleOf,
} from "./primitives/mod.ts";
import type { Signature } from "./primitives/rule.ts";
import { type Shape, sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** How a node comes about: by a primitive from other tensors, or as a leaf. */
export interface Origin {
  /** The primitive, or "leaf". */
  readonly primitive: PrimitiveName | "leaf";
  /** What it works on. */
  readonly inputs: readonly Tensor[];
  /** What else it needs to know. */
  readonly attributes: AnyAttributes;
}

/** The origin of tensors whose values come from outside the graph. */
export const LEAF: Origin = { primitive: "leaf", inputs: [], attributes: {} };

/** What stands beside a tensor in an operation: another tensor, a number, or a truth value. */
export type Operand = Tensor | number | boolean;

/** The part of a tensor that its methods build on. */
export abstract class Node implements Signature {
  /** Sizes of the dimensions, outermost first; `[]` for a scalar. */
  readonly shape: Shape;
  /** Type of the elements. */
  readonly dtype: DType;
  /** The primitive that makes this tensor, or "leaf". */
  readonly primitive: PrimitiveName | "leaf";
  /** The tensors it is made from. */
  readonly inputs: readonly Tensor[];
  /** The primitive's attributes. */
  readonly attributes: AnyAttributes;
  /** The values, once they are known; they never change after that. */
  values: TypedArray | undefined;

  /** Tensors are made by the creation functions and by methods, not by hand. */
  constructor(signature: Signature, origin: Origin, values?: TypedArray) {
    this.shape = signature.shape;
    this.dtype = signature.dtype;
    this.primitive = origin.primitive;
    this.inputs = origin.inputs;
    this.attributes = origin.attributes;
    this.values = values;
  }

  /** This node as the tensor it is. */
  protected abstract get self(): Tensor;

  /** A new tensor. */
  protected abstract make(signature: Signature, origin: Origin, values?: TypedArray): Tensor;

  /**
   * Takes the values, now that they are computed. What no gradient flows through becomes a leaf: the
   * graph behind it would otherwise keep alive every step of a loop.
   */
  resolve(values: TypedArray): void {
    this.values = values;
    if (this.primitive === "detach" || !isFloat(this.dtype)) Object.assign(this, LEAF);
  }

  /** How many dimensions there are. */
  get ndim(): number {
    return this.shape.length;
  }

  /** How many elements there are. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * The result of a primitive on this tensor and others. Everything else is built on this; gradient
   * rules use it for primitives that have no method.
   *
   * @throws {ShapeError} where the shapes do not fit the primitive
   * @throws {DTypeError} where the dtypes do not
   */
  apply<P extends PrimitiveName>(
    primitive: P,
    others: readonly Tensor[],
    attributes: PrimitiveAttributes[P],
  ): Tensor {
    const inputs = [this.self, ...others.map((other) => requireTensor(primitive, other))];
    const signature = ruleOf(primitive).result(inputs, attributes);
    return this.make(signature, { primitive, inputs, attributes: attributes as AnyAttributes });
  }

  /** An operand as a tensor of the given dtype. */
  protected coerce(operation: string, operand: Operand, dtype: DType): Tensor {
    const given = requireOperand(operation, operand);
    if (given instanceof Node) return given.to(dtype);
    return this.make({ shape: [], dtype }, LEAF, convert(operation, [Number(given)], dtype));
  }

  /** A primitive of two operands, both brought to the dtype promotion gives. */
  protected combine(
    primitive: "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum" | "eq" | "lt" | "le",
    other: Operand,
    atLeast: DType = "bool",
  ): Tensor {
    const given = requireOperand(primitive, other);
    const common = promote([this.self, typeof given === "boolean" ? Number(given) : given]);
    const dtype = promote([{ dtype: common, shape: [1] }, { dtype: atLeast, shape: [] }]);
    return this.self.to(dtype).apply(primitive, [this.coerce(primitive, given, dtype)], {});
  }
}

/**
 * The value, if it is a tensor.
 *
 * @throws {DTypeError} if it is anything else
 */
export function requireTensor(operation: string, value: unknown, what = "operand"): Tensor {
  if (value instanceof Node) return value as Tensor;
  const article = /^[aeiou]/.test(what) ? "an" : "a";
  throw new DTypeError(
    `${operation}: takes a tensor as ${article} ${what}, not ${describe(value)}; ` +
      "make numbers and arrays tensors with tensor(...)",
  );
}

/**
 * The value, if it can be an operand: a tensor, a number, or a truth value.
 *
 * @throws {DTypeError} if it is anything else
 */
export function requireOperand(operation: string, value: unknown): Operand {
  if (value instanceof Node) return value as Tensor;
  if (typeof value === "number" || typeof value === "boolean") return value;
  throw new DTypeError(
    `${operation}: takes a tensor or a number, not ${describe(value)}; ` +
      "make arrays tensors with tensor([...])",
  );
}
