/**
 * How large a graph may be that comes from somewhere that is not trusted.
 *
 * @module
 */
import { multiplyAddsOf } from "../../tensor/cost.ts";
import type { AnyAttributes, PrimitiveName } from "../../tensor/primitives/mod.ts";
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
  /** Inputs of all that is computed, together: each takes memory, also of a tensor without elements. */
  readonly inputs: number;
  /** Height times width of the kernels of convolutions, together: their gradients have so many steps. */
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
  inputs: 2 ** 20,
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

/**
 * How many elements ONNX Runtime, or a gradient, lays out for a convolution beside its result: for each
 * place what the kernel sees there, and the images with the zeros around them.
 */
export function laidOutOf(
  primitive: PrimitiveName,
  inputs: readonly Signature[],
  result: Signature,
  attributes: AnyAttributes,
): number {
  return unfoldedOf(primitive, inputs, result) + paddedOf(inputs, result, attributes);
}

/** Zeros around images may be far more than the images, and a stride that skips them costs nothing. */
function paddedOf(
  [images]: readonly Signature[],
  result: Signature,
  attributes: AnyAttributes,
): number {
  if (!("padding" in attributes)) return 0;
  const [vertical, horizontal] = attributes.padding;
  // A transposed convolution takes padding off its result; its gradient puts it there again.
  const [B, C, H, W] = "outputPadding" in attributes ? result.shape : images.shape;
  return B * C * (H + 2 * vertical) * (W + 2 * horizontal);
}

function unfoldedOf(
  primitive: PrimitiveName,
  inputs: readonly Signature[],
  result: Signature,
): number {
  const products = multiplyAddsOf(primitive, inputs, result);
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

/** Height times width of a convolution's kernel; 0 of whatever has none. */
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
      return 0;
  }
}
