/**
 * A traced function as plain data: what it takes, what it draws, what it computes, and what it gives.
 * It can be written as JSON, and says nothing that would have to be believed: shapes and dtypes of
 * everything computed are worked out anew by whoever reads it.
 *
 * Tensors have numbers: first the tensors among the arguments, then draws, constants and nodes.
 *
 * @module
 */
import type { DType } from "../../tensor/dtype.ts";
import type { AnyAttributes, PrimitiveName } from "../../tensor/primitives/mod.ts";
import type { Signature } from "../../tensor/primitives/rule.ts";
import type { Distribution } from "../../tensor/random.ts";
import type { Shape } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** The version of this form. */
export const VERSION = 1;

/** What a student's function takes: tensors are traced as symbols, numbers are handed over as they are. */
export type Argument = Tensor | number;

/** An argument, as far as tracing needs to know it. */
export type PlainArgument = Signature | number;

/** What a trace is told of an argument. */
export function signatureOf(argument: Argument): PlainArgument {
  return argument instanceof Tensor ? { shape: argument.shape, dtype: argument.dtype } : argument;
}

/** Random values to be drawn. */
export interface PlainDraw {
  readonly distribution: Distribution;
  readonly shape: Shape;
  readonly dtype: DType;
  /** Where they come from: the caller's generator, or a stream that the function seeds itself. */
  readonly stream: "caller" | number;
}

/** A tensor of known values. */
export interface PlainConstant {
  readonly dtype: DType;
  readonly shape: Shape;
  /** One value for each element, or one that all have; finite. */
  readonly values: readonly number[];
}

/** A primitive, applied. */
export interface PlainNode {
  readonly primitive: PrimitiveName;
  /** Numbers of earlier tensors; `null` for a bound that clamp is not given. */
  readonly inputs: readonly (number | null)[];
  readonly attributes: AnyAttributes;
}

/** Numbers of tensors in the arrays and objects a function returned. */
export type PlainTree =
  | number
  | readonly PlainTree[]
  | { readonly [name: string]: PlainTree };

/** A traced function. */
export interface PlainGraph {
  readonly version: typeof VERSION;
  /** The tensors among the arguments. */
  readonly inputs: readonly Signature[];
  /** The seeds of streams that do not depend on the caller, as decimal numbers. */
  readonly streams: readonly string[];
  readonly draws: readonly PlainDraw[];
  readonly constants: readonly PlainConstant[];
  readonly nodes: readonly PlainNode[];
  readonly output: PlainTree;
}
