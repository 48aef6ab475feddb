/**
 * How large a graph may be that comes from somewhere that is not trusted.
 *
 * @module
 */
import type { PrimitiveName } from "../../tensor/primitives/mod.ts";
import type { Signature } from "../../tensor/primitives/rule.ts";
import { sizeOf } from "../../tensor/shape.ts";

/** Limits of a graph. */
export interface Limits {
  /** Draws, constants and nodes, each. */
  readonly nodes: number;
  /** Values that are written out in constants, together. */
  readonly constants: number;
  /** Elements of all tensors that are drawn or computed, together: they bound the memory. */
  readonly elements: number;
  /** Multiply-adds of matrix products and convolutions, together: they bound the time. */
  readonly products: number;
  /** Height times width of a convolution's kernel: its gradient has so many steps. */
  readonly taps: number;
  /** Tensors, arrays and objects in what is returned. */
  readonly outputs: number;
  /** How deep arrays and objects are nested in what is returned. */
  readonly depth: number;
}

/** Enough for any exercise: 128 MB in float32, and a second or so of products. */
export const LIMITS: Limits = {
  nodes: 10_000,
  constants: 2 ** 18,
  elements: 2 ** 25,
  products: 2 ** 34,
  taps: 1024,
  outputs: 64,
  depth: 8,
};

/** The primitives that multiply and add. */
export const PRODUCTS: readonly PrimitiveName[] = [
  "matmul",
  "conv2d",
  "convTranspose2d",
  "conv2dWeight",
];

/** How many multiply-adds a primitive takes, beside work on each element. */
export function productsOf(
  primitive: PrimitiveName,
  inputs: readonly Signature[],
  result: Signature,
): number {
  switch (primitive) {
    case "matmul":
      return sizeOf(result.shape) * inputs[0].shape.at(-1)!;
    case "conv2d":
      return sizeOf(result.shape) * sizeOf(inputs[1].shape.slice(1));
    case "convTranspose2d":
      return sizeOf(inputs[0].shape) * sizeOf(inputs[1].shape.slice(1));
    case "conv2dWeight":
      return sizeOf(inputs[1].shape) * sizeOf(result.shape.slice(1));
    default:
      return 0;
  }
}

/**
 * How many elements ONNX Runtime, or a gradient, lays out for a convolution beside its result: for each
 * place what the kernel sees there.
 */
export function unfoldedOf(
  primitive: PrimitiveName,
  inputs: readonly Signature[],
  result: Signature,
): number {
  const products = productsOf(primitive, inputs, result);
  switch (primitive) {
    case "conv2d":
      return products / inputs[1].shape[0];
    case "convTranspose2d":
    case "conv2dWeight":
      return products / inputs[primitive === "conv2dWeight" ? 1 : 0].shape[1];
    default:
      return 0;
  }
}

/** Height times width of a convolution's kernel; 1 of whatever has none. */
export function tapsOf(
  primitive: PrimitiveName,
  inputs: readonly Signature[],
  result: Signature,
): number {
  switch (primitive) {
    case "conv2d":
    case "convTranspose2d":
      return sizeOf(inputs[1].shape.slice(2));
    case "conv2dWeight":
      return sizeOf(result.shape.slice(2));
    default:
      return 1;
  }
}
