/**
 * What TypeScript would refuse and JavaScript lets through: every function must say what it was given.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import * as genlab from "../../../mod.ts";
import {
  arange,
  DTypeError,
  GenlabError,
  ShapeError,
  tensor,
  Variable,
  zeros,
} from "../../../mod.ts";

type Untyped = Record<string, (...args: unknown[]) => unknown>;
const functions = genlab as unknown as Untyped;
const x = zeros([2, 3]) as unknown as Untyped;
const images = zeros([1, 2, 5, 5]);

/** Values that are no tensors, and what a message calls them. */
const WRONG: [value: unknown, name: string][] = [
  [undefined, "undefined"],
  [null, "null"],
  ["1", 'the string "1"'],
  [[1, 2], "an array"],
  [{}, "class Object"],
  [1n, "a bigint"],
  [Math.sin, "a function"],
  [new Variable(tensor([1])), "a Variable (take its value)"],
];

function assertRefused(
  mistake: () => unknown,
  operation: string,
  facts: string[],
  kind = GenlabError,
): void {
  const { message } = assertThrows(mistake, kind, operation);
  assertEquals(message.includes("\n"), false, message);
  assert(message.startsWith(`${operation}: `), `${operation} begins "${message}"`);
  for (const fact of facts) assert(message.includes(fact), `"${fact}" is not in "${message}"`);
}

const BINARY = "add sub mul div pow maximum minimum eq ne lt le gt ge".split(" ");
const UNARY =
  "neg exp log log1p expm1 sqrt square abs sin cos tanh sigmoid relu silu softplus erf logicalNot detach"
    .split(" ");
const OF_ONE =
  "sum mean amax amin var argmax logsumexp softmax logSoftmax cumsum cumprod reshape view expand"
    .concat(" permute transpose squeeze unsqueeze flatten narrow gather indexSelect to clamp")
    .split(" ");

for (const [value, name] of WRONG) {
  Deno.test(`${name} is no operand, on either side`, () => {
    for (const operation of BINARY) {
      assertRefused(() => x[operation](value), operation, [name, "tensor"], DTypeError);
      assertRefused(() => functions[operation](x, value), operation, [name, "tensor"], DTypeError);
      assertRefused(() => functions[operation](value, x), operation, [name, "tensor"], DTypeError);
    }
    for (const operation of [...UNARY, ...OF_ONE]) {
      assertRefused(() => functions[operation](value), operation, [name, "tensor("], DTypeError);
    }
    const takesTensors =
      "zerosLike onesLike randLike randnLike matmul conv2d convTranspose2d avgPool2d groupNorm mseLoss oneHot crossEntropy"
        .concat(" binaryCrossEntropyWithLogits bernoulli multinomial grad where").split(" ");
    for (const operation of takesTensors) {
      assertRefused(() => functions[operation](value, x), operation, [name], DTypeError);
    }
    for (const operation of ["matmul", "mseLoss", "crossEntropy"]) {
      assertRefused(() => functions[operation](x, value), operation, [name], DTypeError);
    }
    for (const operation of ["cat", "stack"]) {
      assertRefused(() => functions[operation]([x, value]), operation, [name], DTypeError);
    }
    assertRefused(() => x.gather(0, value), "gather", [name], DTypeError);
    assertRefused(() => x.indexSelect(0, value), "indexSelect", [name], DTypeError);
    assertRefused(() => functions.conv2d(images, value), "conv2d", [name], DTypeError);
    assertRefused(() => functions.grad(zeros([]), [value]), "grad", [name], DTypeError);
    assertRefused(() => new Variable(value as typeof images), "Variable", [name], DTypeError);
    const condition = zeros([2, 3], { dtype: "bool" });
    assertRefused(() => functions.where(condition, x, value), "where", [name], DTypeError);
    assertRefused(() => functions.where(condition, value, x), "where", [name], DTypeError);
  });
}

Deno.test("a number is no tensor where a tensor is needed", () => {
  assertRefused(() => functions.exp(3), "exp", ["a number", "tensor("]);
  assertRefused(() => x.matmul(2), "matmul", ["a number"]);
  assertRefused(() => functions.bernoulli(0.5), "bernoulli", ["a number"]);
  assertRefused(() => functions.mseLoss(x, 0), "mseLoss", ["target", "a number"]);
});

Deno.test("a shape is an array of numbers", () => {
  for (const operation of ["zeros", "ones", "rand", "randn"]) {
    assertRefused(() => functions[operation](3), operation, ["[2, 3]", "a number"], ShapeError);
    assertRefused(() => functions[operation](), operation, ["undefined"], ShapeError);
    assertRefused(() => functions[operation](["3"]), operation, ['the string "3"'], ShapeError);
  }
  assertRefused(() => x.reshape("6"), "reshape", ['the string "6"'], ShapeError);
  assertRefused(() => x.reshape(zeros([2])), "reshape", ["class Tensor"], ShapeError);
  assertRefused(() => x.reshape(undefined), "reshape", ["undefined"], ShapeError);
});

Deno.test("a dimension is a number", () => {
  for (const operation of ["sum", "mean", "amax", "var", "softmax", "cumsum", "argmax"]) {
    assertRefused(() => x[operation](null), operation, ["null"], ShapeError);
    assertRefused(() => x[operation]("0"), operation, ['the string "0"'], ShapeError);
    assertRefused(() => x[operation](arange(1)), operation, ["class Tensor"], ShapeError);
  }
  assertRefused(() => x.softmax(), "softmax", ["undefined"], ShapeError);
  assertRefused(() => x.transpose(0), "transpose", ["undefined"], ShapeError);
});

Deno.test("options of the wrong kind are refused", () => {
  const { conv2d, mseLoss, full, grad, tensor } = functions;
  const kernels = zeros([3, 2, 3, 3]);
  assertRefused(() => conv2d(images, kernels, { stride: 2 }), "conv2d", ["bias", "class Object"]);
  assertRefused(() => conv2d(images, kernels, undefined, { stride: [2] }), "conv2d", ["stride"]);
  assertRefused(() => conv2d(images, kernels, undefined, { stride: "2" }), "conv2d", ["stride"]);
  assertRefused(() => functions.avgPool2d(images), "avgPool2d", ["kernel"]);
  assertRefused(() => mseLoss(x, x, { reduction: "average" }), "mseLoss", ["average", "mean"]);
  assertRefused(() => full([2]), "full", ["undefined"]);
  assertRefused(() => grad(zeros([]), x), "grad", ["array of tensors"]);
  assertRefused(() => x.to("float16"), "to", ["float16", "float32"]);
  assertRefused(() => tensor([1], { dtype: "int64" }), "tensor", ["int64", "int32"]);
});

Deno.test("a number that int32 does not hold is refused, where it would be cut off silently", () => {
  const integers = tensor([1], { dtype: "int32" });
  const rule = "whole numbers from -2^31 to 2^31 - 1";
  for (const [number, name] of [[2 ** 31, "2147483648"], [-3e9, "-3000000000"]] as const) {
    assertRefused(() => integers.add(number), "add", [name, rule, "float64"], DTypeError);
    assertRefused(() => functions.lt(number, integers), "lt", [name, rule], DTypeError);
    assertRefused(() => tensor([0, number], { dtype: "int32" }), "tensor", [name], DTypeError);
  }
  assertRefused(() => functions.full([2], NaN, { dtype: "int32" }), "full", ["NaN"], DTypeError);
});

Deno.test("truth values are neither counted up nor drawn as integers", () => {
  const dtype = { dtype: "bool" };
  assertRefused(() => functions.arange(3, dtype), "arange", ["bool", "int32"], DTypeError);
  assertRefused(() => functions.linspace(0, 1, 3, dtype), "linspace", ["bool"], DTypeError);
  assertRefused(() => functions.randint(0, 2, [3], dtype), "randint", ["bool"], DTypeError);
});

Deno.test("data of the wrong kind is refused where it stands", () => {
  const { tensor } = functions;
  assertRefused(() => tensor([[1, "2"]]), "tensor", ["data[0][1]", 'the string "2"'], DTypeError);
  assertRefused(() => tensor([null]), "tensor", ["data[0]", "null"], DTypeError);
  assertRefused(() => tensor(undefined), "tensor", ["undefined"], DTypeError);
  assertRefused(() => tensor([x]), "tensor", ["data[0]", "class Tensor", "stack"], DTypeError);
  assertRefused(() => tensor(new BigInt64Array(2)), "tensor", ["BigInt64Array"], DTypeError);
  assertRefused(() => tensor(new Uint32Array(2)), "tensor", ["Uint32Array", "Float64Array"]);
});
