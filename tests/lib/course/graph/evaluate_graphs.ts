/**
 * A program that evaluates graphs, and gradients through them, as checks do: ONNX Runtime may take it
 * along. It reads a message on each line of stdin, and prints the line's number before it begins, and
 * what went wrong.
 *
 * @module
 */
import { bind } from "../../../../lib/course/graph/bind.ts";
import { readGraph } from "../../../../lib/course/graph/read.ts";
import { GenlabError } from "../../../../lib/errors.ts";
import { Generator } from "../../../../lib/random/mod.ts";
import { leavesOf } from "../../../../lib/runtime/tree.ts";
import { allocate, isFloat } from "../../../../lib/tensor/dtype.ts";
import { grad, Tensor } from "../../../../lib/tensor/mod.ts";
import { sizeOf } from "../../../../lib/tensor/shape.ts";
import { setDevice } from "../../../../lib/runtime/mod.ts";
import { ASKED } from "./random_graphs.ts";

if (import.meta.main) {
  await setDevice("cpu");
  const text = await new Response(Deno.stdin.readable).text();
  for (const [i, line] of text.trim().split("\n").entries()) {
    console.log(i);
    try {
      await evaluate(JSON.parse(line));
    } catch (error) {
      if (!(error instanceof GenlabError)) console.log(`wrong: ${i} ${error}`);
    }
  }
  console.log("done");
}

async function evaluate(message: unknown): Promise<void> {
  const generator = new Generator(1);
  const args = ASKED.map(({ shape, dtype }) => {
    const values = allocate(dtype, sizeOf(shape));
    for (let i = 0; i < values.length; i++) {
      values[i] = dtype === "bool" ? i % 2 : dtype === "int32" ? i - 1 : 4 * generator.double() - 2;
    }
    return Tensor.fromValues(values, { shape, dtype });
  });
  const results = leavesOf(bind(readGraph(message, ASKED), args));
  const sums = results.map((result) => result.to("float64").sum());
  const total = sums.reduce((sum, one) => sum.add(one));
  const floats = args.filter(({ dtype }) => isFloat(dtype));
  if (await isComputed([total, ...grad(total, floats)])) return;
  for (const sum of sums) await isComputed([sum, ...grad(sum, floats)]);
}

/** Whether tensors are computed; what the runtime refuses is an error of ours. */
async function isComputed(tensors: readonly Tensor[]): Promise<boolean> {
  try {
    for (const tensor of tensors) await tensor.data();
    return true;
  } catch (error) {
    if (error instanceof GenlabError) return false;
    throw error;
  }
}
