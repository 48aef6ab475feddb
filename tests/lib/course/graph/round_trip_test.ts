import { assertEquals } from "@std/assert";
import {
  Generator,
  grad,
  rand,
  randint,
  randn,
  randperm,
  Tensor,
  tensor,
} from "../../../../mod.ts";
import { bind } from "../../../../lib/course/graph/bind.ts";
import { signatureOf } from "../../../../lib/course/graph/plain.ts";
import { readGraph } from "../../../../lib/course/graph/read.ts";
import { traceFunction } from "../../../../lib/course/graph/trace.ts";
import { arrange } from "../../../../lib/onnx/program.ts";
import { leavesOf, type Tree } from "../../../../lib/runtime/tree.ts";
import { PRIMITIVES } from "../../../../lib/tensor/primitives/mod.ts";
import { ELEMENTWISE_CASES } from "../../tensor/gradient_cases_elementwise.ts";
import { LINEAR_CASES } from "../../tensor/gradient_cases_linear.ts";
import { STRUCTURE_CASES } from "../../tensor/gradient_cases_structure.ts";
import { type GradientCase, SMOOTH } from "../../tensor/gradients.ts";

const CASES = [...ELEMENTWISE_CASES, ...LINEAR_CASES, ...STRUCTURE_CASES];

/** Says all there is to a graph: structure, shapes, dtypes, attributes and constants. */
function keyOf(results: Tree): string {
  return arrange({ outputs: leavesOf(results), embedUpTo: Infinity }).key;
}

/** A function's value and its gradients: the graph has the primitives of both. */
function withGradients({ fn }: GradientCase): (...inputs: Tensor[]) => Tensor[] {
  return (...inputs) => {
    const output = fn(...inputs);
    return [output, ...grad(output.sum(), inputs)];
  };
}

/** As it goes from one process to another. */
function overTheWire(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data));
}

/** Stand-ins for a case's inputs. */
function symbolsOf({ inputs, differences = SMOOTH }: GradientCase): Tensor[] {
  return inputs.map(({ shape }) => Tensor.symbol({ shape, dtype: differences.dtype }));
}

for (const one of CASES) {
  Deno.test(`a traced function is the same program: ${one.name}`, () => {
    const symbols = symbolsOf(one);
    const asked = symbols.map(signatureOf);
    const data = overTheWire(traceFunction({ f: withGradients(one) }, "f", asked));
    const result = bind(readGraph(data, asked), symbols);
    assertEquals(keyOf(result), keyOf(withGradients(one)(...symbols)));
  });
}

Deno.test("the round trips cover every primitive", () => {
  const used = CASES.flatMap((one) => {
    const graph = traceFunction({ f: withGradients(one) }, "f", symbolsOf(one).map(signatureOf));
    return graph.nodes.map(({ primitive }) => primitive);
  });
  const missing = Object.keys(PRIMITIVES).filter((name) => !used.some((used) => used === name));
  // Nothing differentiable leads to these.
  assertEquals(missing.filter((name) => !["argmax", "detach"].includes(name)), []);
});

Deno.test("primitives without gradients make the round trip", () => {
  const f = (x: Tensor) => [x.argmax(1, true), x.detach(), x.gt(0).logicalNot()];
  const x = Tensor.symbol({ shape: [2, 2], dtype: "float32" });
  const graph = readGraph(overTheWire(traceFunction({ f }, "f", [signatureOf(x)])), [x]);
  assertEquals(keyOf(bind(graph, [x])), keyOf(f(x)));
});

Deno.test("a bound that clamp is not given stays away, in the gradient too", () => {
  const f = (x: Tensor) => [x.clamp(0), x.clamp(undefined, 1), ...grad(x.clamp(0).sum(), [x])];
  const x = Tensor.symbol({ shape: [2], dtype: "float32" });
  const graph = readGraph(overTheWire(traceFunction({ f }, "f", [x])), [x]);
  assertEquals(keyOf(bind(graph, [x])), keyOf(f(x)));
});

Deno.test("gradients flow through a bound graph to the arguments", async () => {
  const x = tensor([1, 2, 3]);
  const graph = traceFunction({ f: (x: Tensor) => x.square().sum() }, "f", [signatureOf(x)]);
  const result = bind(graph, [x]) as Tensor;
  const [slope] = grad(result, [x]);
  assertEquals(await slope.tolist(), [2, 4, 6]);
});

Deno.test("draws of a bound graph come from the generator in the order of the calls", async () => {
  const f = () => [randn([3]), rand([2]), randint(0, 9, [4]), randperm(5)];
  const graph = readGraph(overTheWire(traceFunction({ f }, "f", [])), []);
  const results = leavesOf(bind(graph, [], new Generator(7)));
  assertEquals(results.length, 4);
  const generator = new Generator(7);
  const expected = [
    randn([3], { generator }),
    rand([2], { generator }),
    randint(0, 9, [4], { generator }),
    randperm(5, { generator }),
  ];
  for (const [i, result] of results.entries()) {
    assertEquals(await result.tolist(), await expected[i].tolist());
  }
});
