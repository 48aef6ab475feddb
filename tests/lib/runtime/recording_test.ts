import { assertEquals } from "@std/assert";
import { fromBinary } from "@bufbuild/protobuf";
import { type GraphProto, ModelProtoSchema } from "onnx-buf";
import { grad, rand, randn, type Tensor, Variable, zeros } from "genlab";
import { lower } from "../../../lib/onnx/model.ts";
import { record } from "../../../lib/runtime/recording.ts";

/** The operators of a repeated function's model: before its Loop, and in it. */
function operators(
  fn: (...args: Tensor[]) => Tensor | void,
  ...args: Tensor[]
): { before: string[]; inLoop: string[] } {
  const { graph } = fromBinary(ModelProtoSchema, lower(record(fn, args, true).program));
  const names = ({ node }: GraphProto) => node.map(({ opType }) => opType);
  const loop = graph!.node.find(({ opType }) => opType === "Loop")!;
  return {
    before: names(graph!),
    inLoop: names(loop.attribute.find(({ name }) => name === "body")!.g!),
  };
}

Deno.test("what depends on no variable that is set and on no draw is computed once, before the loop", () => {
  const x = new Variable(zeros([2, 2]));
  const fixed = new Variable(zeros([2, 2]));
  const { before, inLoop } = operators(
    (a, b) => {
      const invariant = a.matmul(b).exp().add(fixed.value.cos());
      x.value = x.value.add(invariant).sin();
    },
    zeros([2, 2]),
    zeros([2, 2]),
  );
  for (const operator of ["MatMul", "Exp", "Cos"]) {
    assertEquals([before.includes(operator), inLoop.includes(operator)], [true, false], operator);
  }
  assertEquals([before.includes("Sin"), inLoop.includes("Sin")], [false, true]);
});

Deno.test("what depends on a draw is computed in the loop", () => {
  const { before, inLoop } = operators((a) => a.exp().add(randn([2]).tanh()), zeros([2]));
  assertEquals([before.includes("Exp"), before.includes("Tanh")], [true, false]);
  assertEquals([inLoop.includes("Exp"), inLoop.includes("Tanh")], [false, true]);
});

Deno.test("large constants are fed, so that the model stays small; small ones are part of it", () => {
  const [small, large] = [rand([64]), rand([65])];
  const recording = record((x: Tensor) => [x.add(small), x.add(large)], [zeros([1])], false);
  assertEquals(recording.program.constants.includes(small), true);
  assertEquals(recording.program.feeds.includes(large), true);
});

Deno.test("forward pass, gradients and updates are one model", () => {
  const weight = new Variable(zeros([3, 3]));
  const { program, written } = record(
    (x: Tensor) => {
      const loss = x.matmul(weight.value).square().mean();
      weight.value = weight.value.sub(grad(loss, [weight.value])[0]);
      return loss;
    },
    [zeros([2, 3])],
    false,
  );
  assertEquals(written, [weight]);
  assertEquals(program.outputs.length, 2);
  assertEquals(program.steps.filter(({ primitive }) => primitive === "matmul").length, 2);
});
