/**
 * Primitives that multiply and add: matrix products and convolutions. A convolution, its transpose
 * and its weight gradient are the three ways to contract the same pair of patches and weights, so
 * each one's gradients are the other two, and second derivatives need nothing more.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";
import { broadcast, format, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { PrimitiveAttributes } from "./mod.ts";
import {
  FLOATS,
  type None,
  requireDType,
  requireSameDType,
  type Rule,
  type Signature,
} from "./rule.ts";

/** `[..., n, k]` times `[..., k, m]`, leading dimensions broadcast. */
const matmul: Rule<None> = {
  arity: 2,
  result: ([a, b]) => {
    const dtype = requireSameDType("matmul", [a, b]);
    requireDType("matmul", dtype, ["int32", ...FLOATS]);
    const [k, rows] = [a.shape.at(-1), b.shape.at(-2)];
    if (a.shape.length < 2 || b.shape.length < 2 || k !== rows) {
      throw new ShapeError(
        `matmul: cannot multiply ${format(a.shape)} and ${format(b.shape)}: ` +
          `the last dimension of the first (${k}) must equal the second to last of the second ` +
          `(${rows}); transpose one of them`,
      );
    }
    const batch = broadcast("matmul", [a.shape.slice(0, -2), b.shape.slice(0, -2)]);
    return { shape: [...batch, a.shape.at(-2)!, b.shape.at(-1)!], dtype };
  },
  // d(A B) = dA B + A dB
  gradient: ({ g, inputs: [a, b] }) => {
    return [
      isTurned(a) ? turn(b.matmul(turn(g))) : g.matmul(turn(b)),
      isTurned(b) ? turn(turn(g).matmul(a)) : turn(a).matmul(g),
    ];
  },
};

/** The transpose of the last two dimensions. */
function turn(x: Tensor): Tensor {
  return x.transpose(-2, -1);
}

/**
 * Whether a matrix is the transpose of another. Its gradient is then made as a transpose too: the two
 * cancel, and the gradient for the matrix behind it takes one product and no copy.
 */
function isTurned(x: Tensor): boolean {
  return x.primitive === "permute" && x.ndim === 2;
}

/** Step and zero padding of a convolution, `[height, width]`. */
export interface Convolution {
  /** Pixels from one output to the next. */
  readonly stride: readonly [number, number];
  /** Zeros on each side of the input. */
  readonly padding: readonly [number, number];
}

function requireImages(operation: string, inputs: readonly Signature[], what: string[]): void {
  inputs.forEach(({ shape }, i) => {
    if (shape.length !== 4) {
      throw new ShapeError(
        `${operation}: the ${what[i]} has shape ${format(shape)}; it takes 4 dimensions ` +
          `([batch, channels, height, width] for images)`,
      );
    }
    // ONNX Runtime computes something else, or ends the process.
    if (shape.includes(0)) {
      throw new ShapeError(
        `${operation}: the ${what[i]} has shape ${
          format(shape)
        } and no elements; every size is at ` +
          `least 1`,
      );
    }
  });
  requireDType(operation, requireSameDType(operation, inputs), FLOATS);
}

function requireStep(operation: string, { stride, padding }: Convolution): void {
  const whole = [...stride, ...padding].every(Number.isInteger);
  if (!whole || Math.min(...stride) < 1 || Math.min(...padding) < 0) {
    throw new ShapeError(
      `${operation}: stride ${format(stride)} and padding ${format(padding)} must be whole ` +
        `numbers, of at least 1 and at least 0`,
    );
  }
}

function requireChannels(operation: string, x: Shape, weight: Shape, weightDim: number): void {
  if (x[1] !== weight[weightDim]) {
    throw new ShapeError(
      `${operation}: the input ${format(x)} has ${x[1]} channels and the weight ` +
        `${format(weight)} takes ${weight[weightDim]} (dimension ${weightDim}); they must agree`,
    );
  }
}

/** Height and width of a convolution's result: (size + 2 padding - kernel) / stride + 1, rounded down. */
function convolvedSize(x: Shape, kernel: readonly number[], { stride, padding }: Convolution) {
  const size = (i: number) => Math.floor((x[2 + i] + 2 * padding[i] - kernel[i]) / stride[i]) + 1;
  return [size(0), size(1)];
}

/** Height and width of a transposed convolution's result, before any output padding. */
function spreadSize(x: Shape, kernel: readonly number[], { stride, padding }: Convolution) {
  const size = (i: number) => (x[2 + i] - 1) * stride[i] - 2 * padding[i] + kernel[i];
  return [size(0), size(1)];
}

function requirePositive(operation: string, x: Shape, kernel: readonly number[], size: number[]) {
  if (Math.min(...size) < 1) {
    throw new ShapeError(
      `${operation}: a kernel of ${format(kernel)} leaves nothing of ${format(x)}: the result ` +
        `would be ${size[0]} by ${size[1]}; use a smaller kernel or more padding`,
    );
  }
}

/** Input `[B, C, H, W]` and weight `[O, C, h, w]` to `[B, O, H', W']`: a cross-correlation. */
const conv2d: Rule<PrimitiveAttributes["conv2d"]> = {
  arity: 2,
  result: ([x, weight], attributes) => {
    requireImages("conv2d", [x, weight], ["input", "weight"]);
    requireStep("conv2d", attributes);
    requireChannels("conv2d", x.shape, weight.shape, 1);
    const kernel = weight.shape.slice(2);
    const size = convolvedSize(x.shape, kernel, attributes);
    requirePositive("conv2d", x.shape, kernel, size);
    return { shape: [x.shape[0], weight.shape[0], ...size], dtype: x.dtype };
  },
  gradient: ({ g, inputs: [x, weight], attributes }) => {
    const spread = spreadSize(g.shape, weight.shape.slice(2), attributes);
    const outputPadding = [x.shape[2] - spread[0], x.shape[3] - spread[1]] as const;
    return [
      g.apply("convTranspose2d", [weight], { ...attributes, outputPadding }),
      x.apply("conv2dWeight", [g], { ...attributes, kernel: weight.shape.slice(2) }),
    ];
  },
};

/** Input `[B, C, H, W]` and weight `[C, O, h, w]` to `[B, O, H', W']`: conv2d run backwards. */
const convTranspose2d: Rule<PrimitiveAttributes["convTranspose2d"]> = {
  arity: 2,
  result: ([x, weight], attributes) => {
    requireImages("convTranspose2d", [x, weight], ["input", "weight"]);
    requireStep("convTranspose2d", attributes);
    requireChannels("convTranspose2d", x.shape, weight.shape, 0);
    const kernel = weight.shape.slice(2);
    const { outputPadding, stride } = attributes;
    if (outputPadding.some((pad, i) => !Number.isInteger(pad) || pad < 0 || pad >= stride[i])) {
      throw new ShapeError(
        `convTranspose2d: output padding ${format(outputPadding)} must be whole numbers from 0 ` +
          `to below the stride ${format(stride)}`,
      );
    }
    const spread = spreadSize(x.shape, kernel, attributes);
    const size = spread.map((length, i) => length + outputPadding[i]);
    requirePositive("convTranspose2d", x.shape, kernel, size);
    return { shape: [x.shape[0], weight.shape[1], ...size], dtype: x.dtype };
  },
  gradient: ({ g, inputs: [x, weight], attributes: { stride, padding } }) => [
    g.apply("conv2d", [weight], { stride, padding }),
    g.apply("conv2dWeight", [x], { stride, padding, kernel: weight.shape.slice(2) }),
  ],
};

/**
 * Gradient of conv2d for its weight: input `[B, C, H, W]` and gradient `[B, O, H', W']` to
 * `[O, C, h, w]`.
 */
const conv2dWeight: Rule<PrimitiveAttributes["conv2dWeight"]> = {
  arity: 2,
  result: ([x, g], attributes) => {
    requireImages("conv2dWeight", [x, g], ["input", "gradient"]);
    requireStep("conv2dWeight", attributes);
    const { kernel } = attributes;
    const size = convolvedSize(x.shape, kernel, attributes);
    if (x.shape[0] !== g.shape[0] || size[0] !== g.shape[2] || size[1] !== g.shape[3]) {
      throw new ShapeError(
        `conv2dWeight: a gradient of shape ${format(g.shape)} does not belong to an input ` +
          `${format(x.shape)} and a kernel of ${format(kernel)}`,
      );
    }
    return { shape: [g.shape[1], x.shape[1], ...kernel], dtype: x.dtype };
  },
  gradient: ({ g: gw, inputs: [x, g], attributes: { stride, padding, kernel } }) => {
    const spread = spreadSize(g.shape, kernel, { stride, padding });
    const outputPadding = [x.shape[2] - spread[0], x.shape[3] - spread[1]] as const;
    return [
      g.apply("convTranspose2d", [gw], { stride, padding, outputPadding }),
      x.apply("conv2d", [gw], { stride, padding }),
    ];
  },
};

/** The products. */
export const LINEAR = { matmul, conv2d, convTranspose2d, conv2dWeight };
