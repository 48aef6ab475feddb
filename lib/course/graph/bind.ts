/**
 * Applies a graph to tensors.
 *
 * @module
 */
import { defaultGenerator, Generator } from "../../random/mod.ts";
import type { Tree } from "../../runtime/tree.ts";
import { allocate } from "../../tensor/dtype.ts";
import { sample } from "../../tensor/random.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import {
  type Argument,
  type PlainConstant,
  type PlainGraph,
  type PlainNode,
  type PlainTree,
  tensorsOf,
} from "./plain.ts";

/**
 * What a graph gives for arguments of the shapes and dtypes it was traced for: lazy tensors, through
 * which gradients flow to the arguments, and to what functions among them compute with.
 *
 * @param graph as `readGraph` gives it
 * @param generator where random values come from
 */
export function bind(
  graph: PlainGraph,
  args: readonly Argument[],
  generator: Generator = defaultGenerator,
): Tree {
  const tensors = tensorsOf(args);
  const streams = graph.streams.map((seed) => new Generator(BigInt(seed)));
  for (const { distribution, shape, dtype, stream } of graph.draws) {
    const source = stream === "caller" ? generator : streams[stream];
    const draw = { distribution, shape, dtype, generator: source };
    tensors.push(Tensor.fromValues(sample(draw), { shape, dtype }));
  }
  tensors.push(...graph.constants.map(constant));
  for (const node of graph.nodes) tensors.push(apply(node, tensors));
  const build = (tree: PlainTree): Tree => {
    if (typeof tree === "number") return tensors[tree];
    if (Array.isArray(tree)) return tree.map(build);
    return Object.fromEntries(Object.entries(tree).map(([name, child]) => [name, build(child)]));
  };
  return build(graph.output);
}

function constant({ dtype, shape, values }: PlainConstant): Tensor {
  const array = allocate(dtype, sizeOf(shape));
  if (values.length === 1) array.fill(values[0]);
  else array.set(values);
  return Tensor.fromValues(array, { shape, dtype });
}

function apply({ primitive, inputs, attributes }: PlainNode, tensors: readonly Tensor[]): Tensor {
  const [first, ...others] = inputs.map((input, i) => {
    if (input !== null) return tensors[input];
    const { dtype } = tensors[inputs[0]!];
    const bound = i === 1 ? -Infinity : Infinity;
    return Tensor.fromValues(allocate(dtype, 1).fill(bound), { shape: [], dtype });
  });
  return first.apply(primitive, others, attributes);
}
