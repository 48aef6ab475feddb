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
export type { Operand } from "./node.ts";
export {
  bernoulli,
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
export type { Dims } from "./reduction.ts";
export type { Shape } from "./shape.ts";
export { type Nested, Tensor } from "./tensor.ts";
export { Variable } from "./variable.ts";
