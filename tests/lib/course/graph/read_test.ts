import { assertEquals, assertThrows } from "@std/assert";
import { LIMITS, type Limits } from "../../../../lib/course/graph/limits.ts";
import { readGraph } from "../../../../lib/course/graph/read.ts";
import { StudentError } from "../../../../lib/course/student_error.ts";

const ASKED = [{ shape: [2, 3], dtype: "float32" } as const, 7];
const LARGE = [{ shape: [1000, 1000], dtype: "float32" } as const];

/** What a graph is made of, with one input, number 0, of shape [2, 3]. */
interface Parts {
  version?: unknown;
  inputs?: unknown;
  streams?: unknown;
  draws?: unknown;
  constants?: unknown;
  nodes?: unknown;
  output?: unknown;
}

function graph(parts: Parts = {}): Record<string, unknown> {
  const inputs = [{ shape: [2, 3], dtype: "float32" }];
  const empty = { version: 1, inputs, streams: [], draws: [], constants: [], nodes: [], output: 0 };
  return { ...empty, ...parts };
}

const node = (primitive: string, inputs: unknown, attributes: unknown = {}) => ({
  nodes: [{ primitive, inputs, attributes }],
});
const draw = (kind: unknown, shape: unknown, dtype: unknown, stream: unknown = "caller") => ({
  draws: [{ distribution: { kind }, shape, dtype, stream }],
});
const constant = (dtype: string, shape: unknown, values: unknown) => ({
  constants: [{ dtype, shape, values }],
});
const integers = (low: unknown, high: unknown) => ({
  draws: [{
    distribution: { kind: "integers", low, high },
    shape: [1],
    dtype: "int32",
    stream: "caller",
  }],
});

/** Why a graph is rejected. */
function reasonOf(data: unknown, limits?: Limits): string {
  const error = assertThrows(() => readGraph(data, ASKED, limits), StudentError);
  assertEquals(error.kind, "rejected");
  assertEquals(error.message.includes("\n"), false);
  return error.message.replace("this is no valid graph: ", "");
}

Deno.test("a valid graph is given back as it is", () => {
  const data = graph({
    streams: ["18446744073709551615"],
    draws: [
      { distribution: { kind: "normal" }, shape: [3], dtype: "float32", stream: 0 },
      integers(-1, 2).draws[0],
    ],
    constants: [{ dtype: "int32", shape: [2, 2], values: [-1] }],
    nodes: [
      { primitive: "add", inputs: [0, 1], attributes: {} },
      { primitive: "sum", inputs: [4], attributes: { dims: [0, 1], keepdim: false } },
      { primitive: "clamp", inputs: [4, 5, null], attributes: {} },
    ],
    output: { a: 4, b: [3, { c: 5 }] },
  });
  assertEquals<unknown>(readGraph(data, ASKED), data);
});

const REJECTIONS: [string, unknown, string][] = [
  ["no object", null, "the graph is null, and has to be an object"],
  ["an array", [], "the graph is [], and has to be an object"],
  ["a missing part", { version: 1 }, "the graph has no field inputs"],
  [
    "an extra part",
    { ...graph(), passed: true },
    'the graph has a field "passed", which means nothing',
  ],
  ["another version", graph({ version: 2 }), "version is 2, and has to be 1"],
  ["no inputs", graph({ inputs: [] }), "inputs has 0 elements, and takes 1 to 1"],
  [
    "another shape",
    graph({ inputs: [{ shape: [3, 2], dtype: "float32" }] }),
    "inputs[0] is not the float32 [2, 3] that was asked for",
  ],
  [
    "another dtype",
    graph({ inputs: [{ shape: [2, 3], dtype: "float64" }] }),
    "inputs[0] is not the float32 [2, 3] that was asked for",
  ],
  ["a seed that is none", graph({ streams: ["x"] }), 'streams[0] is "x", and has to be a seed in'],
  ["a large seed", graph({ streams: ["18446744073709551616"] }), "streams[0] is "],
  [
    "an unknown distribution",
    graph(draw("cauchy", [1], "float32")),
    'draws[0].distribution.kind is "cauchy", and has to be uniform or normal or',
  ],
  [
    "a draw of a dtype it does not have",
    graph(draw("normal", [1], "int32")),
    'draws[0].dtype is "int32", and has to be float32 or float64 for normal',
  ],
  [
    "a permutation of two dimensions",
    graph(draw("permutation", [1, 1], "int32")),
    "draws[0].shape is [1,1], and has to be of one dimension",
  ],
  ["an unknown stream", graph(draw("normal", [1], "float32", 0)), "draws[0].stream is 0, and has"],
  ["no integers", graph(integers(3, 3)), "draws[0].distribution: there are no integers from 3 to"],
  ["half a bound", graph(integers(0.5, 3)), "draws[0].distribution.low is 0.5, and has to be"],
  [
    "a negative size",
    graph(draw("normal", [-1], "float32")),
    "draws[0].shape[0] is -1, and has to be a whole number from 0",
  ],
  [
    "too many dimensions",
    graph(draw("normal", [1, 1, 1, 1, 1, 1, 1, 1, 1], "float32")),
    "draws[0].shape has 9 elements, and takes 0 to 8",
  ],
  [
    "a draw that is too large",
    graph(draw("normal", [2 ** 24, 4], "float32")),
    "draws[0].shape is [16777216,4], and has to be a shape of at most",
  ],
  [
    "too few values",
    graph(constant("float32", [3], [1, 2])),
    "constants[0] has 2 values for the 3 elements of [3]",
  ],
  [
    "values for nothing",
    graph(constant("float32", [0], [1])),
    "constants[0] has 1 values for the 0 elements of [0]",
  ],
  [
    "a value that is no number",
    graph(constant("float32", [1], ["1"])),
    'constants[0].values[0] is "1", and has to be float32',
  ],
  [
    "an infinite value",
    graph(constant("float64", [1], [Infinity])),
    "constants[0].values[0] is null, and",
  ],
  [
    "a value that is not a number",
    graph(constant("float64", [1], [NaN])),
    "constants[0].values[0] is null, and",
  ],
  ["too precise a value", graph(constant("float32", [1], [0.1])), "constants[0].values[0] is 0.1"],
  ["half an integer", graph(constant("int32", [1], [0.5])), "constants[0].values[0] is 0.5, and"],
  ["a large integer", graph(constant("int32", [1], [2 ** 31])), "constants[0].values[0] is 2147"],
  ["half a truth", graph(constant("bool", [1], [2])), "constants[0].values[0] is 2, and has to be"],
  [
    "an unknown dtype",
    graph(constant("int64", [1], [2])),
    'constants[0].dtype is "int64", and has',
  ],
  [
    "an unknown primitive",
    graph(node("eval", [0])),
    'nodes[0].primitive is "eval", and has to be neg or abs or',
  ],
  ["an inherited primitive", graph(node("toString", [0])), 'nodes[0].primitive is "toString", and'],
  ["a leaf as a node", graph(node("leaf", [0])), 'nodes[0].primitive is "leaf", and has to be'],
  ["too few inputs", graph(node("add", [0])), "nodes[0]: add takes 2 inputs, and has 1"],
  [
    "a node of nothing",
    graph(node("cat", [], { dim: 0 })),
    "nodes[0].inputs has 0 elements, and takes 1",
  ],
  ["itself as input", graph(node("neg", [1])), "nodes[0].inputs[0] is 1, and has to be a whole"],
  ["a negative input", graph(node("neg", [-1])), "nodes[0].inputs[0] is -1, and has to be a whole"],
  ["half an input", graph(node("neg", [0.5])), "nodes[0].inputs[0] is 0.5, and has to be a whole"],
  ["an input by name", graph(node("neg", ["0"])), 'nodes[0].inputs[0] is "0", and has to be a wh'],
  ["nothing as input", graph(node("neg", [null])), "nodes[0].inputs[0] is null, and only bounds"],
  ["nothing to clamp", graph(node("clamp", [null, 0, 0])), "nodes[0].inputs[0] is null, and only"],
  [
    "shapes that do not fit",
    graph(node("matmul", [0, 0])),
    "nodes[0]: matmul: cannot multiply [2, 3] and [2, 3]",
  ],
  ["a dtype that does not fit", graph(node("logicalNot", [0])), "nodes[0]: logicalNot: takes bool"],
  [
    "an extra attribute",
    graph(node("neg", [0], { shape: [1] })),
    'nodes[0].attributes has a field "shape", which means nothing',
  ],
  [
    "a missing attribute",
    graph(node("sum", [0], { dims: [0] })),
    "nodes[0].attributes has no fiel",
  ],
  [
    "a dimension that is not there",
    graph(node("argmax", [0], { dim: 2, keepdim: true })),
    "nodes[0].attributes.dim is 2, and has to be a whole number from 0 to 1",
  ],
  [
    "dimensions in falling order",
    graph(node("sum", [0], { dims: [1, 0], keepdim: true })),
    "nodes[0].attributes.dims has to name each dimension once, in rising order",
  ],
  [
    "a sum over no dimension",
    graph(node("sum", [0], { dims: [], keepdim: true })),
    "nodes[0].attributes.dims has 0 elements, and takes 1 to 2",
  ],
  [
    "a product of nothing",
    graph({
      ...constant("float32", [3, 0], []),
      ...node("matmul", [0, 1]),
    }),
    "nodes[0]: matmul takes tensors that have elements",
  ],
  [
    "a flag that is none",
    graph(node("sum", [0], { dims: [1], keepdim: 1 })),
    "nodes[0].attributes.keepdim is 1, and has to be true or false",
  ],
  [
    "an order that is none",
    graph(node("permute", [0], { order: [0, 0] })),
    "nodes[0]: permute: [0, 0] is no order",
  ],
  [
    "another number of elements",
    graph(node("reshape", [0], { shape: [5] })),
    "nodes[0]: reshape: [2, 3] holds 6 elements",
  ],
  [
    "a range that is outside",
    graph(node("narrow", [0], { dim: 1, start: 2, length: 2 })),
    "nodes[0]: narrow: elements 2 to 4 do not lie in dimension 1",
  ],
  [
    "a result that is too large",
    graph(node("pad", [0], { dim: 1, before: 2 ** 30, after: 2 ** 30 })),
    "its tensors have more than 33554432 elements together",
  ],
  ["no output", graph({ output: null }), "output is null, and has to be an object"],
  [
    "an output that is not there",
    graph({ output: 1 }),
    "output is 1, and has to be a whole number",
  ],
  ["an output by name", graph({ output: { a: "0" } }), 'output.a is "0", and has to be an object'],
  [
    "an output of many parts",
    graph({ output: Array.from({ length: 64 }, () => 0) }),
    "it returns more than 64 things",
  ],
  [
    "an output of many levels",
    graph({ output: [[[[[[[[[0]]]]]]]]] }),
    "what it returns is nested more than 8 deep",
  ],
  [
    "a prototype in the output",
    graph({ output: JSON.parse('{"__proto__": 0}') }),
    'output has a field "__proto__", which is no name',
  ],
  [
    "markup in the output",
    graph({ output: { "<b>": 0 } }),
    'output has a field "<b>", which is no',
  ],
];

for (const [name, data, reason] of REJECTIONS) {
  Deno.test(`a graph is rejected for ${name}`, () => {
    assertEquals(reasonOf(data).slice(0, reason.length), reason);
  });
}

Deno.test("a graph is rejected for what it would take", () => {
  const two = graph({
    nodes: [1, 2].map(() => ({ primitive: "neg", inputs: [0], attributes: {} })),
  });
  assertEquals(reasonOf(two, { ...LIMITS, nodes: 1 }), "nodes has 2 elements, and takes 0 to 1");
  assertEquals(
    reasonOf(two, { ...LIMITS, elements: 17 }),
    "its tensors have more than 17 elements together",
  );
  const values = graph(constant("float32", [3], [1, 2, 3]));
  assertEquals(
    reasonOf(values, { ...LIMITS, constants: 2 }),
    "its constants have more than 2 values; compute them with operations",
  );
});

Deno.test("a graph is rejected for the elements of its draws, used or not", () => {
  const half = { ...draw("normal", [2 ** 24], "float32").draws[0] };
  assertEquals(
    reasonOf(graph({ draws: [half, half] })),
    "its tensors have more than 33554432 elements together",
  );
});

Deno.test("a graph is rejected for products that take long", () => {
  const data = {
    ...graph({
      nodes: Array.from({ length: 10 }, () => ({
        primitive: "matmul",
        inputs: [0, 0],
        attributes: {},
      })),
    }),
    inputs: LARGE,
  };
  readGraph(data, LARGE);
  const error = assertThrows(
    () => readGraph(data, LARGE, { ...LIMITS, products: 99e8 }),
    StudentError,
  );
  assertEquals(error.message.endsWith("its matrix products and convolutions take too long"), true);
});

Deno.test("a graph is rejected for its inputs, also where they have no elements", () => {
  const nothing = constant("float32", [0], []);
  const inputs = Array.from({ length: 9000 }, () => 1);
  const cats = Array.from({ length: 200 }, () => node("cat", inputs, { dim: 0 }).nodes[0]);
  assertEquals(
    reasonOf(graph({ ...nothing, nodes: cats })),
    "what it computes has more than 1048576 inputs together",
  );
  readGraph(graph({ ...nothing, nodes: cats.slice(0, 100) }), ASKED);
});

Deno.test("a graph is rejected for the kernels of its convolutions, together", () => {
  const images = constant("float32", [1, 1, 32, 16], [1]);
  const conv = node("conv2d", [1, 1], { stride: [1, 1], padding: [0, 0] }).nodes[0];
  readGraph(graph({ ...images, nodes: [conv, conv] }), ASKED);
  assertEquals(
    reasonOf(graph({ ...images, nodes: [conv, conv, conv] })),
    "its convolutions have kernels of more than 1024 places together",
  );
});
