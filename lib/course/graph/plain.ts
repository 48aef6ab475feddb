/**
 * A traced function as plain data: what it takes, what it draws, what it computes, and what it gives.
 * It can be written as JSON, and says nothing that would have to be believed: shapes and dtypes of
 * everything computed are worked out anew by whoever reads it.
 *
 * Tensors have numbers: first the tensors of the arguments, then draws, constants and nodes.
 *
 * @module
 */
import type { DType } from "../../tensor/dtype.ts";
import type { AnyAttributes, PrimitiveName } from "../../tensor/primitives/mod.ts";
import type { Signature } from "../../tensor/primitives/rule.ts";
import type { Distribution } from "../../tensor/random.ts";
import type { Shape } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { CallableName } from "./callables.ts";

/** The version of this form. */
export const VERSION = 1;

/** A function of ours, as an argument: whoever is handed it can call it, and no more. */
export interface CallableArgument {
  /** Which function. */
  readonly callable: CallableName;
  /** The tensors it computes with; their values are not for the student's process. */
  readonly parameters: readonly Tensor[];
}

/**
 * What a student's function takes: tensors are traced as symbols, numbers are handed over as they
 * are, and of functions the tensors they compute with are symbols.
 */
export type Argument = Tensor | number | CallableArgument;

/** A function of ours, as far as tracing needs to know it. */
export interface PlainCallable {
  readonly callable: CallableName;
  readonly parameters: readonly Signature[];
}

/** An argument, as far as tracing needs to know it. */
export type PlainArgument = Signature | number | PlainCallable;

/** What a trace is told of an argument. */
export function signatureOf(argument: Argument): PlainArgument {
  if (typeof argument === "number") return argument;
  if (argument instanceof Tensor) return plainSignature(argument);
  const { callable, parameters } = argument;
  return { callable, parameters: parameters.map(plainSignature) };
}

function plainSignature({ shape, dtype }: Signature): Signature {
  return { shape, dtype };
}

/** The tensors of arguments, in the order of their numbers. */
export function tensorsOf(args: readonly Argument[]): Tensor[] {
  return args.flatMap((argument) => {
    if (typeof argument === "number") return [];
    return argument instanceof Tensor ? [argument] : argument.parameters;
  });
}

/** What a trace takes for arguments: the shapes and dtypes of their tensors, in the same order. */
export function inputsOf(args: readonly PlainArgument[]): Signature[] {
  return args.flatMap((argument) => {
    if (typeof argument === "number") return [];
    return "callable" in argument ? argument.parameters : [argument];
  });
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
  /** The tensors of the arguments, those that functions among them compute with included. */
  readonly inputs: readonly Signature[];
  /** The seeds of streams that do not depend on the caller, as decimal numbers. */
  readonly streams: readonly string[];
  readonly draws: readonly PlainDraw[];
  readonly constants: readonly PlainConstant[];
  readonly nodes: readonly PlainNode[];
  readonly output: PlainTree;
}
