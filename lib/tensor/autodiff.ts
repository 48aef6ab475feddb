/**
 * Reverse-mode automatic differentiation. Gradients are built from the same primitives as the
 * forward pass, so they are ordinary tensors: they can be read, compiled and differentiated again.
 *
 * @module
 */
import { DTypeError, ShapeError } from "../errors.ts";
import { allocate, isFloat } from "./dtype.ts";
import { requireTensor } from "./node.ts";
import { ruleOf } from "./primitives/mod.ts";
import { format, sameShape, type Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { zerosLike } from "./creation.ts";

/**
 * Gradients of a scalar with respect to tensors it was computed from, each in the tensor's shape.
 * What the output does not depend on, or only through `detach`, has gradient 0.
 *
 * @throws {ShapeError} if the output is no scalar
 * @throws {DTypeError} if the output or an input is not of a floating dtype
 *
 * @example First and second derivative of x^3 at 2
 * ```ts
 * import { grad, tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const x = tensor(2);
 * const [slope] = grad(x.mul(x).mul(x), [x]);
 * const [curvature] = grad(slope, [x]);
 * assertEquals(await slope.item(), 12);
 * assertEquals(await curvature.item(), 12);
 * ```
 */
export function grad(output: Tensor, inputs: readonly Tensor[]): Tensor[] {
  requireTensor("grad", output, "output");
  if (!Array.isArray(inputs)) {
    throw new DTypeError("grad: takes an array of tensors as inputs, as in grad(loss, [x])");
  }
  inputs.forEach((input) => requireTensor("grad", input, "input"));
  if (output.size !== 1) {
    throw new ShapeError(
      `grad: the output has shape ${format(output.shape)}; gradients are of one number: ` +
        `reduce it with sum() or mean() first`,
    );
  }
  for (const [name, { dtype }] of [["the output", output] as const, ...labelled(inputs)]) {
    if (!isFloat(dtype)) {
      throw new DTypeError(
        `grad: ${name} is ${dtype}; gradients flow through floating dtypes only`,
      );
    }
  }
  const order = dependents(output, inputs);
  const gradients = new Map<Tensor, Tensor>();
  const one = allocate(output.dtype, 1).fill(1);
  gradients.set(output, Tensor.fromValues(one, output));
  for (const node of order.toReversed()) {
    const g = gradients.get(node);
    if (g === undefined || node.primitive === "leaf") continue;
    const { primitive, inputs, attributes } = node;
    const parts = ruleOf(primitive).gradient({ g, inputs, output: node, attributes });
    inputs.forEach((input, i) => {
      const part = parts[i];
      if (part === null || !order.has(input)) return;
      const sum = gradients.get(input);
      const own = sumTo(part, input.shape);
      gradients.set(input, sum === undefined ? own : sum.add(own));
    });
  }
  return inputs.map((input) => gradients.get(input) ?? zerosLike(input));
}

function labelled(inputs: readonly Tensor[]): (readonly [string, Tensor])[] {
  return inputs.map((input, i) => [`input ${i}`, input] as const);
}

/** The nodes between inputs and output, inputs first. Iterative: graphs are deep. */
function dependents(
  output: Tensor,
  inputs: readonly Tensor[],
): { has(node: Tensor): boolean; toReversed(): Tensor[] } {
  const targets = new Set(inputs);
  const depends = new Map<Tensor, boolean>();
  const order: Tensor[] = [];
  const stack: Tensor[] = [output];
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    if (depends.has(node)) {
      stack.pop();
      continue;
    }
    const open = node.inputs.filter((input) => !depends.has(input));
    if (open.length > 0) {
      stack.push(...open);
      continue;
    }
    stack.pop();
    const flows = isFloat(node.dtype) && node.inputs.some((input) => depends.get(input));
    depends.set(node, targets.has(node) || flows);
    if (depends.get(node)) order.push(node);
  }
  return { has: (node) => depends.get(node) === true, toReversed: () => order.toReversed() };
}

/** A gradient summed over the dimensions its tensor was broadcast along. */
function sumTo(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const extra = gradient.ndim - shape.length;
  const dims = gradient.shape
    .map((size, i) => i < extra || shape[i - extra] !== size ? i : -1)
    .filter((i) => i >= 0);
  return gradient.sum(dims, true).reshape(shape);
}
