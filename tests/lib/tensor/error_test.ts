import { assert, assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import {
  arange,
  avgPool2d,
  bernoulli,
  binaryCrossEntropyWithLogits,
  cat,
  compile,
  conv2d,
  convTranspose2d,
  crossEntropy,
  DTypeError,
  full,
  GenlabError,
  grad,
  groupNorm,
  linspace,
  mseLoss,
  multinomial,
  oneHot,
  ones,
  randint,
  randLike,
  randn,
  randperm,
  ShapeError,
  stack,
  type Tensor,
  tensor,
  Variable,
  where,
  zeros,
} from "../../../mod.ts";

const [x, y, scalar] = [zeros([2, 3]), zeros([4, 5]), zeros([])];
const [integers, truths] = [zeros([2, 3], { dtype: "int32" }), zeros([2, 3], { dtype: "bool" })];
const doubles = zeros([2, 3], { dtype: "float64" });
const [noRows, noColumns] = [zeros([0, 3]), zeros([2, 0])];
const [images, kernels] = [zeros([1, 2, 5, 5]), zeros([3, 2, 3, 3])];
const transposedKernels = zeros([2, 3, 3, 3]);

/** A mistake, the kind of error it is, and what the message must say besides the operation. */
type Mistake = [
  operation: string,
  mistake: () => unknown,
  kind: typeof GenlabError,
  facts: string[],
];

/** Calls must throw at once, in one line that names the operation and the facts. */
function assertRefused(mistakes: readonly Mistake[]): void {
  for (const [operation, mistake, kind, facts] of mistakes) {
    const error = assertThrows(mistake, kind, operation);
    assertEquals(error.message.includes("\n"), false, error.message);
    assert(error.message.startsWith(`${operation}: `), `${operation} begins "${error.message}"`);
    for (const fact of facts) {
      assert(error.message.includes(fact), `"${fact}" is not in "${error.message}"`);
    }
    assertInstanceOf(error, GenlabError);
  }
}

type Binary = "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum";
type Comparison = "eq" | "ne" | "lt" | "le" | "gt" | "ge";
const ARITHMETIC: Binary[] = ["add", "sub", "mul", "div", "pow", "maximum", "minimum"];
const COMPARISONS: Comparison[] = ["eq", "ne", "lt", "le", "gt", "ge"];

Deno.test("shapes that do not broadcast are named, with the dimension and a way out", () => {
  assertRefused([...ARITHMETIC, ...COMPARISONS].map((operation) => [
    operation,
    () => x[operation](y),
    ShapeError,
    ["[2, 3]", "[4, 5]", "dimension -2", "unsqueeze"],
  ]));
  assertRefused([
    ["where", () => where(truths, x, y), ShapeError, ["[2, 3]", "[4, 5]"]],
    ["where", () => where(y.gt(0), x, 0), ShapeError, ["[2, 3]", "[4, 5]"]],
    ["add", () => zeros([2, 1, 3]).add(zeros([3, 2])), ShapeError, ["dimension -1", "3", "2"]],
  ]);
});

Deno.test("truth values have no arithmetic and no order", () => {
  const refused = [...ARITHMETIC, ...COMPARISONS]
    .filter((operation) => !["div", "eq", "ne"].includes(operation));
  assertRefused(refused.map((operation) => [
    operation,
    () => truths[operation](truths),
    DTypeError,
    ["bool", 'to("float32")'],
  ]));
  assertRefused((["neg", "abs", "relu", "square"] as const).map((operation) => [
    operation,
    () => truths[operation](),
    DTypeError,
    ["bool", 'to("float32")'],
  ]));
});

Deno.test("dtypes an operation does not take are named, with the conversion", () => {
  assertRefused([
    ["logicalNot", () => x.logicalNot(), DTypeError, ["float32", 'to("bool")']],
    ["pow", () => integers.pow(integers), DTypeError, ["int32", 'to("float32")']],
    ["matmul", () => x.matmul(integers.transpose(0, 1)), DTypeError, ["float32", "int32"]],
    ["matmul", () => x.matmul(doubles.transpose(0, 1)), DTypeError, ["float32", "float64"]],
    ["matmul", () => truths.matmul(truths.transpose(0, 1)), DTypeError, ["bool"]],
    ["where", () => where(x, x, x), DTypeError, ["float32", "bool", "x.gt(0)"]],
    ["gather (index)", () => x.gather(0, x), DTypeError, ["float32", 'to("int32")']],
    ["indexSelect", () => x.indexSelect(0, zeros([1])), DTypeError, ["float32", 'to("int32")']],
    ["scatterAdd", () => integers.scatterAdd(0, integers, [2, 3]), DTypeError, ["int32"]],
    ["scatterAdd (index)", () => x.scatterAdd(0, x, [2, 3]), DTypeError, ['to("int32")']],
    ["conv2d", () => conv2d(images.to("int32"), kernels.to("int32")), DTypeError, ["int32"]],
    ["conv2d", () => conv2d(images, kernels.to("float64")), DTypeError, ["float32", "float64"]],
    ["avgPool2d", () => avgPool2d(images.to("int32"), 2), DTypeError, ["int32"]],
    ["oneHot", () => oneHot(x, 3), DTypeError, ["float32", 'to("int32")']],
    ["crossEntropy", () => crossEntropy(x, zeros([2])), DTypeError, ["float32", 'to("int32")']],
    ["grad", () => grad(integers.sum(), [x]), DTypeError, ["output", "int32"]],
    ["grad", () => grad(x.sum(), [x, integers]), DTypeError, ["input 1", "int32"]],
    ["randn", () => randn([2], { dtype: "int32" }), DTypeError, ["int32", "float32"]],
    ["randLike", () => randLike(integers), DTypeError, ["int32", "float32"]],
    ["bernoulli", () => bernoulli(integers), DTypeError, ["int32"]],
    ["multinomial", () => multinomial(integers, 1), DTypeError, ["int32"]],
  ]);
});

Deno.test("dimensions that are not there are named, with those that are", () => {
  const named = [
    "sum",
    "mean",
    "amax",
    "amin",
    "var",
    "logsumexp",
    "softmax",
    "logSoftmax",
    "cumsum",
    "cumprod",
  ] as const;
  assertRefused([...named, "argmax" as const].flatMap((operation): Mistake[] => [
    [operation, () => x[operation](2), ShapeError, ["dimension 2", "-2 to 1"]],
    [operation, () => x[operation](0.5), ShapeError, ["dimension 0.5"]],
    [operation, () => scalar[operation](0), ShapeError, ["dimension 0", "scalar"]],
  ]));
  assertRefused([
    ["sum", () => x.sum([0, -2]), ShapeError, ["[0, -2]", "twice"]],
    ["permute", () => x.permute(0, 2), ShapeError, ["dimension 2", "-2 to 1"]],
    ["transpose", () => x.transpose(0, -3), ShapeError, ["dimension -3"]],
    ["squeeze", () => x.squeeze(2), ShapeError, ["dimension 2"]],
    ["unsqueeze", () => x.unsqueeze(3), ShapeError, ["dimension 3"]],
    ["flatten", () => x.flatten(2), ShapeError, ["dimension 2"]],
    ["flatten", () => x.flatten(1, 0), ShapeError, ["1", "0", "[2, 3]"]],
    ["flatten", () => scalar.flatten(1), ShapeError, ["dimension 1"]],
    ["narrow", () => x.narrow(2, 0, 1), ShapeError, ["dimension 2"]],
    ["pad", () => x.pad(2, 1, 0), ShapeError, ["dimension 2"]],
    ["gather", () => x.gather(2, integers), ShapeError, ["dimension 2"]],
    ["indexSelect", () => x.indexSelect(2, arange(1)), ShapeError, ["dimension 2"]],
    ["cat", () => cat([x, x], 2), ShapeError, ["dimension 2"]],
    ["cat", () => cat([scalar, scalar]), ShapeError, ["dimension 0", "scalar"]],
    ["stack", () => stack([x, x], 3), ShapeError, ["dimension 3"]],
  ]);
});

Deno.test("nothing cannot be reduced", () => {
  const operations = ["sum", "mean", "amax", "amin", "var", "logsumexp", "argmax"] as const;
  assertRefused(operations.flatMap((operation): Mistake[] => [
    [operation, () => noRows[operation](), ShapeError, ["no elements"]],
    [operation, () => noRows[operation](0), ShapeError, ["[0, 3]", "dimension 0"]],
    [operation, () => noColumns[operation](1), ShapeError, ["[2, 0]", "dimension 1"]],
  ]));
  assertRefused((["softmax", "logSoftmax"] as const).map((operation) => [
    operation,
    () => noRows[operation](0),
    ShapeError,
    ["[0, 3]", "dimension 0"],
  ]));
  assertRefused([["var", () => x.narrow(0, 0, 1).var(0), ShapeError, ["[1, 3]", "unbiased"]]]);
  assertEquals(noColumns.sum(0).shape, [0]);
});

Deno.test("movements that do not fit name the shape and the request", () => {
  assertRefused([
    ["reshape", () => x.reshape(4, 2), ShapeError, ["[2, 3]", "6", "[4, 2]", "8"]],
    ["view", () => x.view(7), ShapeError, ["[2, 3]", "[7]"]],
    ["reshape", () => x.reshape(-1, 4), ShapeError, ["[2, 3]", "[-1, 4]"]],
    ["reshape", () => x.reshape(-1, -1), ShapeError, ["[-1, -1]"]],
    ["reshape", () => noRows.reshape(-1, 0), ShapeError, ["[0, 3]", "[-1, 0]"]],
    ["reshape", () => x.reshape(1.5, 4), ShapeError, ["1.5"]],
    ["reshape", () => x.reshape(-2, -3), ShapeError, ["-2"]],
    ["expand", () => x.expand(4, 3), ShapeError, ["[2, 3]", "[4, 3]"]],
    ["expand", () => x.expand(3), ShapeError, ["[2, 3]", "[3]"]],
    ["expand", () => x.expand(-1, 2, 3), ShapeError, ["[-1, 2, 3]", "in front of [2, 3]"]],
    ["permute", () => x.permute(0), ShapeError, ["[0]", "[2, 3]"]],
    ["permute", () => x.permute(0, 0), ShapeError, ["[0, 0]", "once"]],
    ["narrow", () => x.narrow(1, 2, 2), ShapeError, ["2 to 4", "[2, 3]", "has 3"]],
    ["narrow", () => x.narrow(1, -4, 1), ShapeError, ["[2, 3]"]],
    ["narrow", () => x.narrow(1, 0, -1), ShapeError, ["[2, 3]"]],
    ["pad", () => x.pad(1, -1, 0), ShapeError, ["-1"]],
    ["gather", () => x.gather(0, y.to("int32")), ShapeError, ["[4, 5]", "[2, 3]"]],
    ["gather", () => x.gather(0, arange(3)), ShapeError, ["[3]", "[2, 3]"]],
    ["scatterAdd", () => x.scatterAdd(0, integers, [1, 2]), ShapeError, ["[2, 3]", "[1, 2]"]],
    ["scatterAdd", () => x.scatterAdd(0, arange(4).reshape(2, 2), [3, 3]), ShapeError, ["[2, 2]"]],
    ["indexSelect", () => x.indexSelect(0, integers), ShapeError, ["[2, 3]", "flatten"]],
    ["cat", () => cat([x, y]), ShapeError, ["[2, 3]", "[4, 5]", "dimension 0"]],
    ["cat", () => cat([x, zeros([3])]), ShapeError, ["[2, 3]", "[3]"]],
    ["cat", () => cat([]), ShapeError, ["at least one tensor"]],
    ["stack", () => stack([]), ShapeError, ["at least one tensor"]],
    ["stack", () => stack([x, y]), ShapeError, ["[2, 3]", "[4, 5]"]],
    ["clamp", () => x.clamp(), ShapeError, ["bound"]],
    ["clamp", () => x.clamp(0, NaN), GenlabError, ["0 and NaN"]],
  ]);
});

Deno.test("products and images that do not fit name both shapes", () => {
  assertRefused([
    ["matmul", () => x.matmul(y), ShapeError, ["[2, 3]", "[4, 5]", "(3)", "(4)", "transpose"]],
    ["matmul", () => x.matmul(scalar), ShapeError, ["[2, 3]", "[]", "mul"]],
    ["matmul", () => zeros([2, 3, 4]).matmul(zeros([3, 4, 5])), ShapeError, ["[2]", "[3]"]],
    ["conv2d", () => conv2d(x, kernels), ShapeError, ["input", "[2, 3]", "4 dimensions"]],
    ["conv2d", () => conv2d(images, x), ShapeError, ["weight", "[2, 3]"]],
    ["conv2d", () => conv2d(zeros([0, 2, 5, 5]), kernels), ShapeError, ["input", "[0, 2, 5, 5]"]],
    ["conv2d", () => conv2d(images, transposedKernels), ShapeError, [
      "[1, 2, 5, 5]",
      "[2, 3, 3, 3]",
    ]],
    ["conv2d", () => conv2d(images, zeros([3, 2, 6, 6])), ShapeError, ["[6, 6]", "[1, 2, 5, 5]"]],
    ["conv2d", () => conv2d(images, kernels, undefined, { stride: 0 }), ShapeError, ["[0, 0]"]],
    ["conv2d", () => conv2d(images, kernels, undefined, { padding: -1 }), ShapeError, ["-1"]],
    ["conv2d", () => conv2d(images, kernels, zeros([2])), ShapeError, ["bias", "[2]", "[3]"]],
    ["convTranspose2d", () => convTranspose2d(images, kernels), ShapeError, ["2 channels", "3"]],
    ["convTranspose2d", () => convTranspose2d(x, kernels), ShapeError, ["input", "[2, 3]"]],
    [
      "convTranspose2d",
      () => convTranspose2d(images, transposedKernels, undefined, { outputPadding: 1 }),
      ShapeError,
      ["output padding [1, 1]", "stride [1, 1]"],
    ],
    ["avgPool2d", () => avgPool2d(x, 2), ShapeError, ["[2, 3]"]],
    ["avgPool2d", () => avgPool2d(images, 6), ShapeError, ["[6, 6]"]],
    ["avgPool2d", () => avgPool2d(images, 1.5), ShapeError, ["1.5"]],
    ["groupNorm", () => groupNorm(images, 3), ShapeError, ["[1, 2, 5, 5]", "3 groups", "divisor"]],
    ["groupNorm", () => groupNorm(images, 0), ShapeError, ["0 groups"]],
    ["groupNorm", () => groupNorm(images, 2, zeros([3])), ShapeError, ["weight", "[3]", "[2]"]],
    ["groupNorm", () => groupNorm(images, 2, zeros([2]), x), ShapeError, ["bias", "[2, 3]"]],
    ["groupNorm", () => groupNorm(images, 2, zeros([2]), zeros([2]), NaN), GenlabError, [
      "NaN",
      "1e-5",
    ]],
  ]);
});

Deno.test("losses do not broadcast", () => {
  const broadcast = zeros([2, 1]);
  const bce = binaryCrossEntropyWithLogits;
  assertRefused([
    ["mseLoss", () => mseLoss(x, broadcast), ShapeError, ["[2, 3]", "[2, 1]", "reshape"]],
    ["binaryCrossEntropyWithLogits", () => bce(x, broadcast), ShapeError, ["[2, 3]", "[2, 1]"]],
    ["crossEntropy", () => crossEntropy(x, arange(3)), ShapeError, ["[2, 3]", "[3]", "[B, K"]],
    ["crossEntropy", () => crossEntropy(x, x), ShapeError, ["[2, 3]"]],
    ["crossEntropy", () => crossEntropy(scalar, scalar), ShapeError, ["[]"]],
    ["oneHot", () => oneHot(integers, 0), ShapeError, ["0"]],
    ["oneHot", () => oneHot(arange(4), 3), ShapeError, ["no class 3", "0 to 2"]],
    ["crossEntropy", () => crossEntropy(x, arange(2, 4)), ShapeError, ["no class 3", "0 to 2"]],
    ["mseLoss", () => mseLoss(noRows, noRows), ShapeError, ["[0, 3]", "no elements"]],
    ["crossEntropy", () => crossEntropy(noRows, arange(0)), ShapeError, ["[0]", "no elements"]],
  ]);
});

Deno.test("gradients are of one number, for tensors", () => {
  assertRefused([
    ["grad", () => grad(x, [x]), ShapeError, ["[2, 3]", "sum()", "mean()"]],
    ["grad", () => grad(noRows, [x]), ShapeError, ["[0, 3]"]],
  ]);
});

Deno.test("data and requests that make no tensor are refused", () => {
  assertRefused([
    ["tensor", () => tensor([[1], [1, 2]]), ShapeError, ["data[1]", "2 elements"]],
    ["tensor", () => tensor([1, [2]]), ShapeError, ["data[1]"]],
    ["tensor", () => tensor([[1], 2]), ShapeError, ["data[1]"]],
    ["tensor", () => tensor([1, 2], { shape: [3] }), ShapeError, ["2 values", "[3]"]],
    ["zeros", () => zeros([-1]), ShapeError, ["[-1]", "whole numbers"]],
    ["ones", () => ones([2, 1.5]), ShapeError, ["1.5"]],
    ["full", () => full([NaN], 1), ShapeError, ["NaN"]],
    ["arange", () => arange(5, 0), ShapeError, ["5", "0"]],
    ["arange", () => arange(0, 5, 0), ShapeError, ["steps of 0"]],
    ["arange", () => arange(Infinity), ShapeError, ["Infinity"]],
    ["arange", () => arange(2 ** 31 - 2, 2 ** 31 + 2), DTypeError, ["2147483649", "float64"]],
    ["linspace", () => linspace(0, 1e10, 3, { dtype: "int32" }), DTypeError, ["10000000000"]],
    ["linspace", () => linspace(0, 1, -1), ShapeError, ["-1"]],
    ["randn", () => randn([-1]), ShapeError, ["[-1]"]],
    ["randint", () => randint(3, 3, [2]), GenlabError, ["low = 3", "high = 3"]],
    ["randint", () => randint(0, 2 ** 31 + 1, [2]), GenlabError, ["int32", "float64"]],
    ["randint", () => randint(0, 2 ** 25, [2], { dtype: "float32" }), GenlabError, ["2^24"]],
    ["randperm", () => randperm(2.5), ShapeError, ["2.5"]],
    ["bernoulli", () => bernoulli(tensor([0.5, 2])), GenlabError, ["2", "[0, 1]", "sigmoid"]],
    ["multinomial", () => multinomial(images, 1), ShapeError, ["[1, 2, 5, 5]", "[B, K]"]],
    ["multinomial", () => multinomial(tensor([1, 1]), 3), GenlabError, ["3", "replacement"]],
    ["multinomial", () => multinomial(tensor([1, -1]), 1), GenlabError, ["-1", "softmax"]],
    ["multinomial", () => multinomial(x.mul(1), 4), GenlabError, ["4 of 3", "replacement: true"]],
    ["multinomial", () => multinomial(x.mul(1), 0), GenlabError, ["1 or more", "0"]],
    ["multinomial", () => multinomial(zeros([0]), 1), GenlabError, ["no categories"]],
    [
      "multinomial",
      () => multinomial(zeros([2, 0]).mul(1), 1, { replacement: true }),
      GenlabError,
      ["no categories"],
    ],
    ["Variable", () => new Variable(x).value = y, ShapeError, ["[2, 3]", "[4, 5]"]],
    ["Variable", () => new Variable(x).value = integers, DTypeError, ["float32", "int32"]],
  ]);
});

Deno.test("a tensor of many elements, or none, is no item", () => {
  assertRefused([
    ["item", () => x.item(), ShapeError, ["[2, 3]", "6 elements", "tolist"]],
    ["item", () => noRows.item(), ShapeError, ["[0, 3]", "0 elements"]],
  ]);
});

Deno.test("JavaScript's operators refuse tensors", () => {
  const number = x as unknown as number;
  for (const mistake of [() => number + 1, () => number * 2, () => -number, () => number < 1]) {
    const error = assertThrows(mistake, GenlabError, "x.add(y)");
    assertEquals(error.message.includes("\n"), false);
  }
});

Deno.test("values cannot be read inside a compiled function", async () => {
  const reading = (read: (x: Tensor) => unknown) =>
    compile((x: Tensor) => {
      read(x);
      return x;
    })(x);
  for (const read of [(x: Tensor) => x.data(), (x: Tensor) => x.sum().item()]) {
    const error = await assertRejects(() => reading(read), GenlabError, "compiled function");
    assertEquals(error.message.includes("\n"), false);
  }
});
