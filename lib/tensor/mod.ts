/**
 * Lazy tensors with automatic differentiation. Nothing in this folder computes: it builds graphs,
 * and whatever runtime is loaded evaluates them.
 *
 * @module
 */
export * from "./autodiff.ts";
export * from "./creation.ts";
export type { DType, TypedArray } from "./dtype.ts";
export * from "./functions.ts";
export * from "./images.ts";
export * from "./losses.ts";
export type { Elementwise } from "./elementwise.ts";
export type { Movement, Variadic } from "./movement.ts";
export type { Node, Operand, Origin } from "./node.ts";
export type { Pair } from "./pair.ts";
export type { Convolution } from "./primitives/linear.ts";
export type {
  AnyAttributes,
  PlainPrimitive,
  PrimitiveAttributes,
  PrimitiveName,
  PRIMITIVES,
} from "./primitives/mod.ts";
export type { GroupNormalization, Normalization } from "./primitives/normalization.ts";
export type { Reduction } from "./primitives/reduction.ts";
export type { GradientContext, None, Rule, Signature } from "./primitives/rule.ts";
export {
  bernoulli,
  type DrawOptions,
  multinomial,
  type MultinomialOptions,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  type RandomOptions,
  randperm,
} from "./random.ts";
export type { Dims, Reductions } from "./reduction.ts";
export type { Shape } from "./shape.ts";
export { type Nested, Tensor } from "./tensor.ts";
export { Variable } from "./variable.ts";
