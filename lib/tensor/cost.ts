/**
 * What operations cost, known from shapes alone.
 *
 * @module
 */
import type { PrimitiveName } from "./primitives/mod.ts";
import type { Signature } from "./primitives/rule.ts";
import { sizeOf } from "./shape.ts";

/**
 * The multiply-adds of a matrix product or a convolution: numbers of the result, or of what is spread
 * out, times those that each of them is multiplied with. Products with the zeros of a padding count;
 * 0 of whatever works element by element.
 *
 * @example `[2, 3]` times `[3, 4]`
 * ```ts
 * import { multiplyAddsOf } from "./cost.ts";
 * import { zeros } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const { primitive, inputs, ...result } = zeros([2, 3]).matmul(zeros([3, 4]));
 * assertEquals(multiplyAddsOf(primitive, inputs, result), 2 * 4 * 3);
 * ```
 */
export function multiplyAddsOf(
  primitive: PrimitiveName | "leaf",
  inputs: readonly Signature[],
  result: Signature,
): number {
  const size = sizeOf(result.shape);
  const [a, b] = inputs;
  switch (primitive) {
    case "matmul":
      return size * a.shape[a.shape.length - 1];
    case "conv2d":
      return size * sizeOf(b.shape.slice(1));
    case "convTranspose2d":
      return sizeOf(a.shape) * sizeOf(b.shape.slice(1));
    case "conv2dWeight":
      return sizeOf(b.shape) * sizeOf(result.shape.slice(1));
    default:
      return 0;
  }
}
