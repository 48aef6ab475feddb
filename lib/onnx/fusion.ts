/**
 * Steps that one kernel computes together.
 *
 * @module
 */
import { sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Emitter } from "./emitter.ts";
import { PRODUCTS } from "./lowering/linear.ts";
import { scaleAndShift } from "./lowering/normalization.ts";

/** A sum that takes in the step before it. */
export interface Fusion {
  /** The step before, which is not computed by itself. */
  readonly within: Tensor;
  /** What the two work on. */
  readonly inputs: readonly Tensor[];
  /** Emits both, given the names of the inputs, and gives the name of the sum. */
  lower(emit: Emitter, inputs: readonly string[]): string;
}

/**
 * The sums among steps that are computed together with the step before, which serves nothing else.
 *
 * @param uses every use of a step: the inputs of all that is computed, and what is wanted of it
 */
export function fusionsOf(
  steps: Iterable<Tensor>,
  uses: Iterable<Tensor>,
): ReadonlyMap<Tensor, Fusion> {
  const counts = new Map<Tensor, number>();
  for (const use of uses) counts.set(use, (counts.get(use) ?? 0) + 1);
  const found = new Map<Tensor, Fusion>();
  for (const step of steps) {
    if (step.primitive !== "add" || counts.get(step.inputs[0]) !== 1) continue;
    const fusion = biasedConvolution(step) ?? scaledAndShifted(step);
    if (fusion !== undefined) found.set(step, fusion);
  }
  return found;
}

/** A convolution, and a number `[O, 1, 1]` added to each channel. */
function biasedConvolution({ inputs: [convolution, bias] }: Tensor): Fusion | undefined {
  const { primitive, inputs, attributes, shape } = convolution;
  if (primitive !== "conv2d" || !sameShape(bias.shape, [shape[1], 1, 1])) return undefined;
  return {
    within: convolution,
    inputs: [...inputs, bias],
    lower(emit, [x, weight, bias]) {
      const flat = emit.op("Reshape", [bias, emit.ints([shape[1]])]);
      return PRODUCTS.conv2d({
        emit,
        inputs: [x, weight, flat],
        tensor: convolution,
        attributes: attributes as Parameters<typeof PRODUCTS.conv2d>[0]["attributes"],
      });
    },
  };
}

/**
 * Rows `[A, B, N]` of a normalisation, each multiplied with a number and another one added,
 * `[A, B, 1]`. Of a normalisation only, because the one kernel makes NaN of an infinite scale.
 */
function scaledAndShifted({ inputs: [product, shift], dtype }: Tensor): Fusion | undefined {
  const { primitive, inputs: [x, scale], shape, ndim } = product;
  if (primitive !== "mul" || ndim !== 3 || shape[2] === 1) return undefined;
  const [A, B] = shape;
  const rows = x.primitive === "reshape" ? x.inputs[0] : x;
  const fits = rows.primitive === "standardize" && sameShape(x.shape, shape) &&
    [scale, shift].every((each) => sameShape(each.shape, [A, B, 1]));
  if (!fits) return undefined;
  return {
    within: product,
    inputs: [x, scale, shift],
    lower: (emit, [x, scale, shift]) => scaleAndShift(emit, { x, scale, shift }, { shape, dtype }),
  };
}
