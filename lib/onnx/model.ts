/**
 * A program as the bytes of an ONNX model.
 *
 * @module
 */
import type { GraphProto, ValueInfoProto } from "onnx-buf";
import type { PrimitiveName } from "../tensor/primitives/mod.ts";
import { broadcastsTo, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Emitter } from "./emitter.ts";
import { fusionsOf } from "./fusion.ts";
import { BLOCKED_DOMAIN } from "./lowering/blocked.ts";
import { loweringOf } from "./lowering/mod.ts";
import type { Loop, Program } from "./program.ts";
import { graph, modelBytes, node, valueInfo } from "./proto.ts";

/** The input of a repeated program that says how many iterations to run; int64, 0-d. */
export const TRIP_COUNT = "iterations";

/** The name of a model's input number `i`: first the feeds, then the stacked draws, then the state. */
export function inputName(i: number): string {
  return `in${i}`;
}

/** Primitives whose ONNX operators broadcast, so that an expanded input need not be expanded. */
const BROADCASTING: ReadonlySet<PrimitiveName | "leaf"> = new Set<PrimitiveName>([
  ...["add", "sub", "mul", "div", "pow", "maximum", "minimum"] as const,
  ...["eq", "lt", "le", "where"] as const,
]);

/**
 * Lowers a program to the bytes of a model.
 *
 * @param channelBlock where the model is to run by blocked kernels, how many channels they take
 * together: such a model is for machines of that kind only
 */
export function lower(program: Program, channelBlock?: number): Uint8Array {
  const { loop } = program;
  return modelBytes(
    loop === undefined ? once(program, channelBlock) : repeated(program, loop, channelBlock),
    channelBlock === undefined ? [] : [BLOCKED_DOMAIN],
  );
}

/** The names of values that are known so far. */
type Names = Map<Tensor, string>;

function once(program: Program, channelBlock?: number): GraphProto {
  const emit = new Emitter("v", channelBlock);
  const names: Names = new Map();
  const input = nameInputs(program.feeds, names, 0);
  lowerSteps(program, program.outputs, () => emit, names);
  const output = nameOutputs(emit, program.outputs, names);
  return graph({ name: "main", node: emit.nodes, initializer: emit.initializers, input, output });
}

/**
 * A Loop: what depends on the state or on draws is its body; the rest is computed once, before it.
 */
function repeated(program: Program, { carried, draws }: Loop, channelBlock?: number): GraphProto {
  const main = new Emitter("v", channelBlock);
  const body = new Emitter("b", channelBlock);
  const names: Names = new Map();
  const states = carried.map(({ before }) => before);
  const stacks = draws.map((draw, i) => ({ draw, name: inputName(program.feeds.length + i) }));
  const initial = states.map((_, i) => inputName(program.feeds.length + draws.length + i));
  const input = nameInputs(program.feeds, names, 0);

  const varying = new Set<Tensor>([...states, ...draws]);
  states.forEach((state, i) => names.set(state, `state${i}`));
  for (const { draw, name } of stacks) {
    names.set(draw, body.op("Gather", [name, "iteration"], { axis: 0 }));
  }
  const emitterOf = (tensor: Tensor) => {
    if (!tensor.inputs.some((source) => varying.has(source))) return main;
    varying.add(tensor);
    return body;
  };
  const results = [...carried.map(({ after }) => after), ...program.outputs];
  lowerSteps(program, results, emitterOf, names);
  const bodyOutput = nameOutputs(body, results, names);

  const going = body.copy("going");
  const loop = graph({
    name: "step",
    node: body.nodes,
    initializer: body.initializers,
    input: [
      valueInfo("iteration", "int64", []),
      valueInfo("going", "bool", []),
      ...states.map((state, i) => valueInfo(`state${i}`, state.dtype, state.shape)),
    ],
    output: [valueInfo(going, "bool", []), ...bodyOutput],
  });
  const outputs = results.map(() => main.fresh());
  main.nodes.push(
    node("Loop", [TRIP_COUNT, main.scalar("bool", 1), ...initial], outputs, { body: loop }),
  );
  // The trip count is an input, so the number of iterations is no part of the model.
  return graph({
    name: "main",
    node: main.nodes,
    initializer: main.initializers,
    input: [
      valueInfo(TRIP_COUNT, "int64", []),
      ...input,
      ...stacks.map(({ draw, name }) => stackInfo(name, draw)),
      ...states.map((state, i) => valueInfo(initial[i], state.dtype, state.shape)),
    ],
    output: results.map((result, i) =>
      i < carried.length
        ? valueInfo(outputs[i], result.dtype, result.shape)
        : stackInfo(outputs[i], result)
    ),
  });
}

/** A tensor for each iteration, stacked; how many is not known to the model. */
function stackInfo(name: string, tensor: Tensor): ValueInfoProto {
  return valueInfo(name, tensor.dtype, [TRIP_COUNT, ...tensor.shape]);
}

function nameInputs(feeds: readonly Tensor[], names: Names, first: number): ValueInfoProto[] {
  return feeds.map((feed, i) => {
    names.set(feed, inputName(first + i));
    return valueInfo(inputName(first + i), feed.dtype, feed.shape);
  });
}

/**
 * The results as outputs of a graph. ONNX wants each made by a node of that graph, and none twice; a
 * copy stands for those that are not.
 */
function nameOutputs(
  emit: Emitter,
  results: readonly Tensor[],
  names: Names,
): ValueInfoProto[] {
  const own = new Set(emit.nodes.flatMap(({ output }) => output));
  return results.map((result) => {
    const known = names.get(result)!;
    const name = own.delete(known) ? known : emit.copy(known);
    return valueInfo(name, result.dtype, result.shape);
  });
}

/** Emits the constants and the steps the results need, each into the graph `emitterOf` chooses. */
function lowerSteps(
  program: Program,
  results: readonly Tensor[],
  emitterOf: (tensor: Tensor) => Emitter,
  names: Names,
): void {
  for (const tensor of program.constants) {
    names.set(tensor, emitterOf(tensor).constant(tensor.dtype, tensor.shape, tensor.values!));
  }
  const required = requiredSteps(program, results);
  const steps = program.steps.filter((step) => required.has(step));
  const fusions = fusionsOf(steps, [...results, ...steps.flatMap(effectiveInputs)]);
  const fused = new Set([...fusions.values()].map(({ within }) => within));
  for (const tensor of program.steps) {
    const emit = emitterOf(tensor);
    if (!required.has(tensor) || fused.has(tensor) || tensor.primitive === "leaf") continue;
    if (tensor.size === 0) {
      // Nothing is to be computed, and some of ORT's kernels end the process or fail at it.
      names.set(tensor, emit.filled(tensor.dtype, tensor.shape, 0));
      continue;
    }
    const fusion = fusions.get(tensor);
    if (fusion !== undefined) {
      names.set(tensor, fusion.lower(emit, fusion.inputs.map((input) => names.get(input)!)));
      continue;
    }
    const inputs = effectiveInputs(tensor).map((input) => names.get(input)!);
    const context = { emit, inputs, tensor, attributes: tensor.attributes };
    names.set(tensor, lowerOne(tensor.primitive, context));
  }
}

/** A tensor's attributes are those of its primitive; the type of one node cannot say so. */
function lowerOne<P extends PrimitiveName>(primitive: P, context: unknown): string {
  return loweringOf(primitive)(context as Parameters<ReturnType<typeof loweringOf<P>>>[0]);
}

/** The steps that outputs need once expansions are left to broadcasting. */
function requiredSteps(program: Program, outputs: readonly Tensor[]): ReadonlySet<Tensor> {
  const required = new Set(outputs);
  for (const tensor of program.steps.toReversed()) {
    if (required.has(tensor)) effectiveInputs(tensor).forEach((input) => required.add(input));
  }
  return required;
}

/** A tensor's inputs, with expansions skipped where the operator broadcasts to the same shape. */
function effectiveInputs(tensor: Tensor): readonly Tensor[] {
  if (!BROADCASTING.has(tensor.primitive)) return tensor.inputs;
  const inputs = [...tensor.inputs];
  for (let i = 0; i < inputs.length; i++) {
    while (inputs[i].primitive === "expand" && inputs[i].values === undefined) {
      const shapes = inputs.with(i, inputs[i].inputs[0]).map(({ shape }) => shape);
      if (!fills(shapes, tensor.shape)) break;
      inputs[i] = inputs[i].inputs[0];
    }
  }
  return inputs;
}

/** Whether shapes that broadcast to a part of `target` broadcast to all of it. */
function fills(shapes: readonly Shape[], target: Shape): boolean {
  return target.every((size, i) =>
    size === 1 || shapes.some((shape) => shape[shape.length - target.length + i] === size)
  ) && shapes.some((shape) => shape.length === target.length) &&
    shapes.every((shape) => broadcastsTo(shape, target));
}
