import { assertEquals } from "@std/assert";
import { arange, type Tensor, zeros } from "../../../mod.ts";
import { arrange } from "../../../lib/onnx/program.ts";
import * as functions from "../../../lib/tensor/functions.ts";

const [x, y] = [zeros([2, 3]), zeros([2, 3])];
const [truths, index] = [x.gt(0), arange(2)];

/** What each function is called with; the first is the tensor whose method does the same. */
const ARGUMENTS: Record<string, unknown[]> = {
  clamp: [x, -1, 1],
  to: [x, "int32"],
  reshape: [x, 3, -1],
  view: [x, [6]],
  expand: [x, 4, 2, 3],
  permute: [x, [1, 0]],
  transpose: [x, 0, 1],
  squeeze: [zeros([1, 2, 1]), 0],
  unsqueeze: [x, -1],
  flatten: [x, 0, 1],
  narrow: [x, 1, 1, 2],
  gather: [x, 0, zeros([2, 3], { dtype: "int32" })],
  indexSelect: [x, 1, index],
  sum: [x, 1, true],
  mean: [x, [0], true],
  amax: [x, 1, true],
  amin: [x, 0, true],
  var: [x, 1, false, true],
  cumsum: [x, 1],
  cumprod: [x, -1],
  argmax: [x, 1, true],
  logsumexp: [x, 1, true],
  softmax: [x, 1],
  logSoftmax: [x, 0],
  matmul: [x, y.transpose(0, 1)],
  logicalNot: [truths],
};
const BINARY = ["add", "sub", "mul", "div", "pow", "maximum", "minimum"]
  .concat("eq", "ne", "lt", "le", "gt", "ge");
const UNARY = ["neg", "exp", "log", "log1p", "expm1", "sqrt", "square", "abs", "sin", "cos", "tanh"]
  .concat("sigmoid", "relu", "silu", "softplus", "erf", "detach");
for (const name of BINARY) ARGUMENTS[name] = [x, y];
for (const name of UNARY) ARGUMENTS[name] = [x];

const keyOf = (result: unknown) => arrange({ outputs: [result as Tensor] }).key;
type Callable = Record<string, (...args: unknown[]) => unknown>;

Deno.test("each function builds the graph of the method of its name", () => {
  const { where: _where, cat: _cat, stack: _stack, ...sameAsMethod } = functions;
  assertEquals(Object.keys(sameAsMethod).toSorted(), Object.keys(ARGUMENTS).toSorted());
  for (const [name, [first, ...rest]] of Object.entries(ARGUMENTS)) {
    const byFunction = (functions as unknown as Callable)[name](first, ...rest);
    const byMethod = (first as Callable)[name](...rest);
    assertEquals(keyOf(byFunction), keyOf(byMethod), name);
  }
});

Deno.test("a number may come first, and takes the dtype it would have second", async () => {
  const integers = arange(3);
  assertEquals(await functions.sub(1, integers).tolist(), [1, 0, -1]);
  assertEquals(functions.sub(1, integers).dtype, "int32");
  assertEquals(functions.sub(0.5, integers).dtype, "float32");
  assertEquals(functions.mul(2, zeros([2], { dtype: "float64" })).dtype, "float64");
  assertEquals(await functions.gt(1, integers).tolist(), [true, false, false]);
  assertEquals(await functions.maximum(true, integers).tolist(), [1, 1, 2]);
  assertEquals(await functions.where(integers.gt(0), 7, integers).tolist(), [0, 7, 7]);
  assertEquals(await functions.add(1, 2).item(), 3);
});

Deno.test("where takes tensors, numbers and truth values on either side", async () => {
  const condition = arange(2).eq(0);
  assertEquals(await functions.where(condition, 1.5, 2).tolist(), [1.5, 2]);
  assertEquals(await functions.where(condition, condition, false).tolist(), [true, false]);
  assertEquals(await functions.where(condition, true, false).tolist(), [true, false]);
  assertEquals(await functions.where(condition, true, condition).tolist(), [true, false]);
  assertEquals(functions.where(condition, true, 0.5).dtype, "float32");
  assertEquals(functions.where(condition, arange(2), 0).dtype, "int32");
  assertEquals(functions.where(condition, arange(2), 0.5).dtype, "float32");
});
