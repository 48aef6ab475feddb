import { assertEquals } from "@std/assert";
import { fromBinary } from "@bufbuild/protobuf";
import { type GraphProto, ModelProtoSchema } from "onnx-buf";
import { conv2d, grad, groupNorm, Tensor, tensor, zeros } from "../../../mod.ts";
import { inputName, lower, TRIP_COUNT } from "../../../lib/onnx/model.ts";
import { arrange, type Request } from "../../../lib/onnx/program.ts";
import { createSession } from "../../../lib/runtime/ort.ts";

function graphOf(request: Request): GraphProto {
  return fromBinary(ModelProtoSchema, lower(arrange(request))).graph!;
}

/** The operators of a graph, without the Identity that names each output. */
function operators({ node }: GraphProto): string[] {
  return node.map(({ opType }) => opType).filter((type) => type !== "Identity").toSorted();
}

const symbol = (...shape: number[]) => Tensor.symbol({ shape, dtype: "float32" });
const [matrix, row, column] = [symbol(2, 3), symbol(3), symbol(2, 1)];

Deno.test("an expansion that the operator makes by itself is left out", () => {
  assertEquals(operators(graphOf({ outputs: [matrix.add(row.expand(2, 3))] })), ["Add"]);
  assertEquals(operators(graphOf({ outputs: [row.expand(2, 3).mul(matrix)] })), ["Mul"]);
  assertEquals(
    operators(graphOf({ outputs: [column.expand(2, 3).sub(row.expand(2, 3))] })),
    ["Sub"],
  );
  const twice = symbol().expand(3).expand(2, 3).add(matrix);
  assertEquals(operators(graphOf({ outputs: [twice] })), ["Add"]);
});

Deno.test("an expansion that decides the result's shape stays", () => {
  assertEquals(operators(graphOf({ outputs: [row.expand(2, 3)] })), ["Expand"]);
  assertEquals(operators(graphOf({ outputs: [row.expand(2, 3).add(row)] })), ["Add", "Expand"]);
  assertEquals(operators(graphOf({ outputs: [row.expand(2, 3).exp()] })), ["Exp", "Expand"]);
  const one = symbol(1);
  assertEquals(operators(graphOf({ outputs: [one.expand(1, 1).add(one)] })), ["Add", "Expand"]);
});

Deno.test("the gradient of a mean of squares expands nothing", () => {
  const [slope] = grad(matrix.square().mean(), [matrix]);
  assertEquals(operators(graphOf({ outputs: [slope] })).includes("Expand"), false);
});

Deno.test("what no output needs is not in the model, and shared work is there once", () => {
  const shared = matrix.exp();
  assertEquals(operators(graphOf({ outputs: [shared.add(shared)] })), ["Add", "Exp"]);
  assertEquals(operators(graphOf({ outputs: [matrix.erf().detach(), shared] })), ["Erf", "Exp"]);
  const slope = grad(matrix.relu().sum(), [matrix])[0];
  assertEquals(operators(graphOf({ outputs: [slope] })).includes("Relu"), false);
});

Deno.test("a bias is the convolution's own, unless something else needs the sum without it", () => {
  const [x, weight, bias] = [symbol(2, 3, 5, 5), symbol(4, 3, 2, 2), symbol(4)];
  const count = (outputs: Tensor[]) =>
    operators(graphOf({ outputs })).filter((type) => type === "Add");
  const plain = conv2d(x, weight);
  assertEquals(count([conv2d(x, weight, bias)]), []);
  assertEquals(count([plain.add(bias.reshape(4, 1, 1)), plain]), ["Add"]);
  assertEquals(count([plain.add(bias.reshape(4, 1, 1)).mul(plain)]), ["Add"]);
  assertEquals(count([plain.add(symbol(4, 4))]), ["Add"]);
});

Deno.test("on the CPU a normalisation is scaled and shifted by one kernel, and nothing else is", () => {
  const types = (output: Tensor, block?: number) => {
    const model = fromBinary(ModelProtoSchema, lower(arrange({ outputs: [output] }), block));
    return operators(model.graph!).filter((type) => /^(Add|Mul|BatchNorm)/.test(type));
  };
  const [x, scale, shift] = [symbol(2, 4, 3), symbol(2, 4, 1), symbol(2, 4, 1)];
  const normal = x.apply("standardize", [], { eps: 0.1 });
  assertEquals(types(normal.mul(scale).add(shift), 16), ["BatchNormalization"]);
  assertEquals(types(normal.mul(scale).add(shift)), ["Add", "Mul"]);
  assertEquals(types(x.mul(scale).add(shift), 16), ["Add", "Mul"]);
  assertEquals(types(normal.mul(scale).add(symbol(2, 1, 1)), 16), ["Add", "Mul"]);
  assertEquals(types(groupNorm(x, 2), 16), ["BatchNormalization"]);
});

Deno.test("equal nodes of different tensors are there once", () => {
  assertEquals(operators(graphOf({ outputs: [matrix.exp().add(1), matrix.exp().mul(2)] })), [
    "Add",
    "Exp",
    "Mul",
  ]);
  const x = symbol(2, 4, 3);
  const gradients = grad(groupNorm(x, 2).square().sum(), [x]);
  const types = operators(graphOf({ outputs: gradients }));
  assertEquals(types.filter((type) => type === "LayerNormalization"), ["LayerNormalization"]);
});

Deno.test("inputs and outputs are named in order, with their types", () => {
  const { input, output } = graphOf({ outputs: [row.add(column), matrix] });
  assertEquals(input.map(({ name }) => name), [inputName(0), inputName(1), inputName(2)]);
  const sizes = output.map(({ type }) => {
    const tensor = type?.value.case === "tensorType" ? type.value.value : undefined;
    return tensor?.shape?.dim.map(({ value }) => Number(value.value));
  });
  assertEquals(sizes, [[2, 3], [2, 3]]);
  assertEquals(new Set(output.map(({ name }) => name)).size, 2);
});

Deno.test("equal constants are stored once; values that are fed are not stored", () => {
  const doubled = matrix.mul(2).add(2);
  assertEquals(graphOf({ outputs: [doubled], embedUpTo: 64 }).initializer.length, 1);
  assertEquals(graphOf({ outputs: [doubled] }).initializer.length, 0);
  const zerosApart = matrix.mul(0).add(-0);
  assertEquals(graphOf({ outputs: [zerosApart], embedUpTo: 64 }).initializer.length, 2);
});

Deno.test("a repeated program is one Loop, with what does not change outside it", () => {
  const state = symbol(2, 3);
  const invariant = matrix.exp();
  const graph = graphOf({
    outputs: [state.sum()],
    loop: { carried: [{ before: state, after: state.add(invariant) }], draws: [] },
  });
  assertEquals(operators(graph), ["Exp", "Loop"]);
  const loop = graph.node.find(({ opType }) => opType === "Loop")!;
  const body = loop.attribute.find(({ name }) => name === "body")!.g!;
  assertEquals(operators(body), ["Add", "ReduceSum"]);
  assertEquals(graph.input[0].name, TRIP_COUNT);
});

Deno.test("models load and compute, also where an output is an input or comes again", async () => {
  const doubled = row.mul(2);
  const model = lower(arrange({ outputs: [doubled, row, doubled, row, doubled], embedUpTo: 64 }));
  const session = await createSession(model, "cpu", 1);
  const { Tensor: OrtTensor } = await import("onnxruntime-node");
  const feed = new OrtTensor("float32", Float32Array.of(1, 2, 3), [3]);
  const results = await session.run({ [inputName(0)]: feed });
  const values = session.outputNames.map((name) => [...results[name].data as Float32Array]);
  assertEquals(values, [[2, 4, 6], [1, 2, 3], [2, 4, 6], [1, 2, 3], [2, 4, 6]]);
  await session.release();
});

Deno.test("a graph without inputs computes", async () => {
  const constant = tensor([1, 2]);
  const model = lower(arrange({ outputs: [constant.add(zeros([2]))], embedUpTo: 64 }));
  const session = await createSession(model, "cpu", 1);
  const results = await session.run({});
  assertEquals([...results[session.outputNames[0]].data as Float32Array], [1, 2]);
  await session.release();
});
