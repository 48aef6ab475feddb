import { assertEquals } from "@std/assert";
import { conv2d, convTranspose2d, grad, type Tensor, zeros } from "genlab";
import { multiplyAddsOf } from "../../../lib/tensor/cost.ts";

const cost = (node: Tensor) => multiplyAddsOf(node.primitive, node.inputs, node);

Deno.test("a product of matrices multiplies each number of its result k times, in every batch", () => {
  assertEquals(cost(zeros([2, 3]).matmul(zeros([3, 4]))), 2 * 4 * 3);
  assertEquals(cost(zeros([5, 2, 3]).matmul(zeros([3, 4]))), 5 * 2 * 4 * 3);
});

Deno.test("a convolution multiplies for each pixel it makes, its transpose for each it is given", () => {
  const [images, kernels] = [zeros([2, 3, 9, 7]), zeros([4, 3, 3, 2])];
  const made = conv2d(images, kernels, undefined, { stride: 2 });
  assertEquals(made.shape, [2, 4, 4, 3]);
  assertEquals(cost(made), 2 * 4 * 4 * 3 * (3 * 3 * 2));
  assertEquals(cost(convTranspose2d(made, kernels, undefined, { stride: 2 })), cost(made));
});

Deno.test("the gradients of a product cost what it costs", () => {
  const [images, kernels] = [zeros([2, 3, 9, 7]), zeros([4, 3, 3, 2])];
  const made = conv2d(images, kernels, undefined, { stride: 2 });
  for (const slope of grad(made.square().sum(), [images, kernels])) {
    assertEquals(cost(slope), cost(made), slope.primitive);
  }
});

Deno.test("what works element by element, and what is given, multiplies nothing", () => {
  assertEquals(cost(zeros([100]).exp()), 0);
  assertEquals(cost(zeros([100])), 0);
});
