import { assert, assertEquals } from "@std/assert";
import { conv2d, type Conv2dOptions, grad, type Shape, Tensor, type TypedArray } from "genlab";
import { inputName, lower } from "../../../lib/onnx/model.ts";
import { BLOCKED_DOMAIN } from "../../../lib/onnx/lowering/blocked.ts";
import { arrange } from "../../../lib/onnx/program.ts";
import { channelBlock } from "../../../lib/runtime/blocks.ts";
import { createSession, loadOrt } from "../../../lib/runtime/ort.ts";

const block = await channelBlock("cpu");
if (block === undefined) console.log("Blocked convolutions are not tested: ORT has none here");

/** Whole numbers from -3 to 3: sums of products of a few thousand of them are exact in float32. */
function wholeNumbers(size: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % 7 - 3;
  });
}

/** A convolution with bias, and its gradients for input and weight. */
function convolutionOf(x: Shape, w: Shape, options: Conv2dOptions): {
  inputs: Tensor[];
  outputs: Tensor[];
} {
  const symbol = (shape: Shape) => Tensor.symbol({ shape, dtype: "float32" });
  const [input, weight, bias] = [symbol(x), symbol(w), symbol([w[0]])];
  const y = conv2d(input, weight, bias, options);
  const g = symbol(y.shape);
  return {
    inputs: [input, weight, bias, g],
    outputs: [y, ...grad(y.mul(g).sum(), [input, weight])],
  };
}

/** How often a text stands in bytes. */
function occurrences(bytes: Uint8Array, text: string): number {
  return new TextDecoder("latin1").decode(bytes).split(text).length - 1;
}

async function compute(
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  channelBlock?: number,
): Promise<{ values: TypedArray[]; blocked: number }> {
  const program = arrange({ outputs, embedUpTo: 1 });
  const model = lower(program, channelBlock);
  const session = await createSession(model, "cpu", 2);
  const { Tensor: OrtTensor } = await loadOrt();
  const feeds = program.feeds.map((feed, i) => {
    const values = wholeNumbers(feed.size, inputs.indexOf(feed));
    return [inputName(i), new OrtTensor("float32", values, feed.shape)] as const;
  });
  const results = await session.run(Object.fromEntries(feeds));
  const values = session.outputNames.map((name) => results[name].data as TypedArray);
  await session.release();
  return { values, blocked: occurrences(model, BLOCKED_DOMAIN) };
}

/** Name, input, kernel, options, and which of result, input gradient and weight gradient are blocked. */
const CASES: readonly [string, Shape, Shape, Conv2dOptions, readonly boolean[]][] = [
  ["3 x 3, odd sizes", [16, 32, 9, 11], [16, 32, 3, 3], { padding: 1 }, [true, true, true]],
  ["channels left over", [20, 20, 13, 15], [36, 20, 3, 3], {}, [true, true, true]],
  [
    "stride 2, odd sizes",
    [20, 20, 13, 15],
    [36, 20, 3, 3],
    { stride: 2, padding: 1 },
    [true, false, true],
  ],
  [
    "sides of their own",
    [16, 16, 14, 17],
    [16, 16, 3, 2],
    { stride: [1, 2], padding: [2, 0] },
    [true, false, true],
  ],
  [
    "a kernel wider than its stride, pixels left over",
    [16, 16, 18, 16],
    [16, 16, 5, 5],
    { stride: 3, padding: 2 },
    [true, false, true],
  ],
  [
    "a gradient beyond the cache, in parts that differ",
    [16, 16, 39, 40],
    [32, 16, 3, 3],
    { padding: 1 },
    [true, true, true],
  ],
  ["one channel in", [16, 1, 28, 28], [16, 1, 3, 3], { padding: 1 }, [false, false, true]],
  ["one channel out", [16, 32, 28, 28], [1, 32, 3, 3], { padding: 1 }, [false, false, false]],
  ["a batch that is no multiple of 4", [18, 16, 8, 8], [16, 16, 3, 3], {}, [true, true, false]],
  ["1 x 1", [16, 32, 16, 16], [32, 32, 1, 1], {}, [false, false, false]],
  ["little work", [16, 16, 2, 2], [16, 16, 2, 2], {}, [false, false, false]],
];

for (const [name, x, w, options, expected] of CASES) {
  Deno.test({
    name: `blocked convolutions give what the others give: ${name}`,
    ignore: block === undefined,
    fn: async () => {
      const { inputs, outputs } = convolutionOf(x, w, options);
      const plain = await compute(inputs, outputs);
      assertEquals(plain.blocked, 0);
      const blocked = await compute(inputs, outputs, block);
      assertEquals(blocked.values, plain.values);
      assert(plain.values.every((values) => new Set(values).size > 10), "few values");
      // That the domain is imported is one occurrence.
      const used = outputs.map(async (output) =>
        (await compute(inputs, [output], block)).blocked > 1
      );
      assertEquals(await Promise.all(used), expected);
    },
  });
}

Deno.test("the blocks are those of the CPU, and other devices have none", async () => {
  assert(block === undefined || block === 8 || block === 16, `${block}`);
  assertEquals(await channelBlock("webgpu"), undefined);
  assertEquals(await channelBlock("cuda"), undefined);
});
