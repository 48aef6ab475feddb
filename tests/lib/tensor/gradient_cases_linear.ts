/**
 * Matrix products, convolutions, norms and losses, for the gradient checks.
 *
 * @module
 */
import {
  avgPool2d,
  binaryCrossEntropyWithLogits,
  conv2d,
  type Conv2dOptions,
  convTranspose2d,
  type ConvTranspose2dOptions,
  crossEntropy,
  groupNorm,
  mseLoss,
  tensor,
} from "../../../mod.ts";
import { BILINEAR, given, type GradientCase, mixed, positive, whole } from "./gradients.ts";

const products: GradientCase[] = ([
  ["matrices", [2, 3], [3, 2]],
  ["a vector and a matrix", [3], [3, 2]],
  ["a matrix and a vector", [2, 3], [3]],
  ["vectors", [3], [3]],
  ["a batch and a matrix", [2, 2, 3], [3, 2]],
  ["a matrix and a batch", [2, 3], [2, 3, 1]],
  ["batches that broadcast", [2, 1, 1, 2], [2, 2, 1]],
] as [string, number[], number[]][]).map(([name, a, b]) => ({
  name: `matmul of ${name}`,
  fn: (x, y) => x.matmul(y),
  inputs: [mixed(...a), positive(...b)],
}));

const square = tensor([[1, -2], [3, 1]], { dtype: "float64" });

const graphs: GradientCase[] = [
  ...products,
  {
    name: "a matrix times its transpose",
    fn: (x) => x.matmul(x.transpose(0, 1)),
    inputs: [mixed(2, 3)],
  },
  {
    name: "two layers",
    fn: (x, w) => x.matmul(w).tanh().matmul(square),
    inputs: [mixed(3, 2), mixed(2, 2)],
  },
];

const convolutions: GradientCase[] = ([
  ["", [2, 2, 3, 4], [2, 2, 2, 2], {}],
  ["with padding", [1, 2, 3, 3], [2, 2, 3, 3], { padding: 1 }],
  ["to fewer channels, with padding", [2, 3, 3, 4], [2, 3, 3, 2], { padding: [1, 0] }],
  ["with stride 2 and an odd size", [1, 1, 5, 5], [2, 1, 3, 3], { stride: 2, padding: 1 }],
  ["with stride 2 and pixels left over", [1, 1, 6, 5], [1, 1, 3, 2], { stride: 2 }],
  ["with stride 3 and pixels left over", [1, 2, 5, 6], [1, 2, 1, 1], { stride: 3 }],
  ["with sides of their own", [1, 1, 4, 5], [1, 1, 2, 3], { stride: [1, 2], padding: [0, 1] }],
] as [string, number[], number[], Conv2dOptions][]).map(([name, x, w, options]) => ({
  name: `conv2d ${name}`,
  fn: (x, w, b) => conv2d(x, w, b, options),
  inputs: [whole(...x), whole(...w), whole(w[0])],
  differences: BILINEAR,
}));

const transposed: GradientCase[] = ([
  ["", [2, 2, 2, 3], [2, 1, 2, 2], {}],
  ["with padding", [1, 2, 3, 3], [2, 2, 3, 3], { padding: 1 }],
  ["with more padding than the kernel reaches", [1, 1, 4, 4], [1, 1, 2, 2], { padding: 2 }],
  ["with stride 2 and an odd size", [1, 2, 3, 3], [2, 1, 3, 3], { stride: 2, padding: 1 }],
  ["with output padding", [1, 1, 3, 2], [1, 2, 3, 3], { stride: 2, padding: 1, outputPadding: 1 }],
  ["with gaps", [1, 1, 2, 3], [1, 1, 1, 2], { stride: 3, outputPadding: [2, 0] }],
] as [string, number[], number[], ConvTranspose2dOptions][]).map(([name, x, w, options]) => ({
  name: `convTranspose2d ${name}`,
  fn: (x, w, b) => convTranspose2d(x, w, b, options),
  inputs: [whole(...x), whole(...w), whole(w[1])],
  differences: BILINEAR,
}));

const images: GradientCase[] = [
  {
    name: "conv2dWeight with stride 2",
    fn: (x, g) => x.apply("conv2dWeight", [g], { stride: [2, 2], padding: [1, 1], kernel: [3, 2] }),
    inputs: [whole(2, 1, 5, 4), whole(2, 2, 3, 3)],
    differences: BILINEAR,
  },
  {
    name: "conv2d of one tensor as input and kernel",
    fn: (x) => conv2d(x, x, undefined, { padding: 1 }),
    inputs: [whole(1, 1, 3, 3)],
    differences: BILINEAR,
  },
  {
    name: "avgPool2d",
    fn: (x) => avgPool2d(x, 2),
    inputs: [whole(1, 2, 4, 5)],
    differences: BILINEAR,
  },
  {
    name: "avgPool2d, overlapping and padded",
    fn: (x) => avgPool2d(x, [2, 4], { stride: 1, padding: 1 }),
    inputs: [whole(1, 1, 3, 4)],
    differences: BILINEAR,
  },
  {
    name: "standardize",
    fn: (x) => x.apply("standardize", [], { eps: 1e-2 }),
    inputs: [mixed(2, 3)],
  },
  {
    name: "inverseDeviation",
    fn: (x) => x.apply("inverseDeviation", [], { eps: 1e-2 }),
    inputs: [mixed(2, 3)],
  },
  {
    name: "groupNorm with weights and biases of each example",
    fn: (x, w, b) => groupNorm(x, 2, w, b),
    inputs: [mixed(2, 4, 3), positive(2, 4), mixed(2, 4)],
  },
  { name: "groupNorm", fn: (x) => groupNorm(x, 2), inputs: [mixed(2, 4, 2, 1)] },
  {
    name: "groupNorm with weight and bias",
    fn: (x, w, b) => groupNorm(x, 1, w, b),
    inputs: [mixed(1, 2, 2, 2), positive(2), mixed(2)],
  },
];

const labels = tensor([2, 0, 2], { dtype: "int32" });
const pixels = tensor([[[0, 2], [1, 1]]], { dtype: "int32" });

const losses: GradientCase[] = [
  { name: "mseLoss", fn: (x, y) => mseLoss(x, y), inputs: [mixed(2, 3), positive(2, 3)] },
  {
    name: "mseLoss, summed",
    fn: (x, y) => mseLoss(x, y, { reduction: "sum" }),
    inputs: [mixed(3), positive(3)],
  },
  {
    name: "binaryCrossEntropyWithLogits",
    fn: (x, y) => binaryCrossEntropyWithLogits(x, y),
    inputs: [given([5], [-30, -0.5, 0, 2, 30]), positive(5)],
  },
  {
    name: "binaryCrossEntropyWithLogits of each",
    fn: (x, y) => binaryCrossEntropyWithLogits(x, y, { reduction: "none" }),
    inputs: [mixed(2, 2), positive(2, 2)],
  },
  { name: "crossEntropy", fn: (x) => crossEntropy(x, labels), inputs: [mixed(3, 3)] },
  {
    name: "crossEntropy of each pixel",
    fn: (x) => crossEntropy(x, pixels, { reduction: "none" }),
    inputs: [mixed(1, 3, 2, 2)],
  },
  {
    name: "crossEntropy of one example, summed",
    fn: (x) => crossEntropy(x, tensor(1).to("int32"), { reduction: "sum" }),
    inputs: [mixed(3)],
  },
];

/** The cases of products, convolutions, norms and losses. */
export const LINEAR_CASES: readonly GradientCase[] = [
  ...graphs,
  ...convolutions,
  ...transposed,
  ...images,
  ...losses,
];
