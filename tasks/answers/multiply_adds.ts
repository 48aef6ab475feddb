/**
 * What a graph costs, counted without running it.
 *
 * @module
 */
import { multiplyAddsOf } from "../../lib/tensor/cost.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";

/**
 * The multiply-adds of the matrix products and convolutions that lead to some tensors, each counted
 * once. Products with the zeros of a padding count; what is done element by element does not.
 *
 * @example A linear layer from 3 to 4 numbers for 2 examples
 * ```ts
 * import { multiplyAdds } from "./multiply_adds.ts";
 * import { zeros } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(multiplyAdds(zeros([2, 3]).matmul(zeros([3, 4])).relu()), 2 * 3 * 4);
 * ```
 */
export function multiplyAdds(...tensors: readonly Tensor[]): number {
  const seen = new Set<Tensor>();
  const waiting = [...tensors];
  let count = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    count += multiplyAddsOf(node.primitive, node.inputs, node);
    waiting.push(...node.inputs);
  }
  return count;
}
