/**
 * Writes what a trace recorded as plain data.
 *
 * @module
 */
import { defaultGenerator, type Generator } from "../../random/mod.ts";
import { describe } from "../../tensor/guard.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Trace } from "../../tensor/trace.ts";
import { StudentError } from "../student_error.ts";
import { LIMITS } from "./limits.ts";
import {
  type PlainConstant,
  type PlainDraw,
  type PlainGraph,
  type PlainNode,
  type PlainTree,
  VERSION,
} from "./plain.ts";

/** What a trace of a function leaves. */
export interface Traced {
  /** The function's name, for messages. */
  readonly name: string;
  /** The symbols it was given. */
  readonly inputs: readonly Tensor[];
  /** What it did. */
  readonly trace: Trace;
  /** Whether it seeded the default generator, or drew from it by hand. */
  readonly reseeded: boolean;
  /** What it returned. */
  readonly result: unknown;
}

/**
 * A traced function as plain data.
 *
 * @throws {StudentError} if it returned something other than tensors, or used a tensor that has no
 * values or a constant that is not finite
 */
export function writeGraph(traced: Traced): PlainGraph {
  const { name, inputs, trace } = traced;
  const output = outline(name, traced.result, "", { parts: 0 });
  if (trace.writes.size > 0) {
    throw refusal(name, "sets a Variable; a function under check only returns what it computes");
  }
  const { streams, draws } = writeDraws(traced);
  const sources = new Map([...trace.reads].map(([variable, symbol]) => [symbol, variable]));
  // A variable keeps its value for as long as the function runs.
  const resolve = (tensor: Tensor) => sources.get(tensor)?.value ?? tensor;

  const symbols = new Set([...inputs, ...trace.draws.map(({ symbol }) => symbol)]);
  const { leaves, steps } = order(leavesOf(output).map(resolve), resolve, symbols);
  requireModest(name, leaves, steps, draws);
  const numbers = new Map([...symbols, ...leaves, ...steps].map((tensor, i) => [tensor, i]));
  const numberOf = (tensor: Tensor) => numbers.get(resolve(tensor))!;
  return {
    version: VERSION,
    inputs: inputs.map(({ shape, dtype }) => ({ shape, dtype })),
    streams,
    draws,
    constants: leaves.map((leaf) => writeConstant(name, leaf)),
    nodes: steps.map((step) => writeNode(step, numberOf)),
    output: numbered(output, numberOf),
  };
}

function refusal(name: string, what: string): StudentError {
  return new StudentError({ kind: "type", message: `${name} ${what}` });
}

function excess(name: string, what: string): StudentError {
  return new StudentError({ kind: "rejected", message: `${name} ${what}` });
}

/** What a function returned, once it is sure that there are only tensors in it. */
type Outline = Tensor | readonly Outline[] | { readonly [name: string]: Outline };

function outline(
  name: string,
  value: unknown,
  path: string,
  count: { parts: number },
  depth = 0,
): Outline {
  // An array without elements may be long, and looking through it takes as long.
  const isLong = Array.isArray(value) && value.length > LIMITS.outputs;
  if (isLong && typeof value[0] === "number") {
    throw refusal(
      name,
      `returns an array of ${value.length} numbers; make it a tensor, with tensor`,
    );
  }
  if (++count.parts > LIMITS.outputs || isLong) {
    throw refusal(
      name,
      `returns more than ${LIMITS.outputs} tensors, arrays and objects; stack and cat make one ` +
        "tensor of many",
    );
  }
  if (value instanceof Tensor) return value;
  if (depth > LIMITS.depth) throw refusal(name, "returns arrays or objects nested without end");
  if (Array.isArray(value)) {
    return value.map((element, i) => outline(name, element, `${path}[${i}]`, count, depth + 1));
  }
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(
        ([key, field]) => [key, outline(name, field, `${path}.${key}`, count, depth + 1)],
      ),
    );
  }
  if (value === undefined && path === "") {
    throw refusal(name, "returns nothing; end it with return and the tensor it computes");
  }
  const what = typeof value === "number" || typeof value === "boolean"
    ? `${value}; make it a tensor, with tensor(${value})`
    : `${describe(value)}; return tensors`;
  throw refusal(name, `returns${path === "" ? "" : `, at ${path},`} ${what}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}

function leavesOf(node: Outline): Tensor[] {
  if (node instanceof Tensor) return [node];
  return Object.values(node).flatMap(leavesOf);
}

function numbered(node: Outline, numberOf: (tensor: Tensor) => number): PlainTree {
  if (node instanceof Tensor) return numberOf(node);
  if (Array.isArray(node)) return node.map((child) => numbered(child, numberOf));
  return Object.fromEntries(
    Object.entries(node).map(([key, child]) => [key, numbered(child, numberOf)]),
  );
}

/** Draws, with a stream of its own for each generator that is not the caller's. */
function writeDraws({ trace, reseeded }: Traced): { streams: string[]; draws: PlainDraw[] } {
  const own = new Map<Generator, number>();
  const draws = trace.draws.map(({ draw: { distribution, shape, dtype, generator } }) => {
    if (generator === defaultGenerator && !reseeded) {
      return { distribution, shape, dtype, stream: "caller" as const };
    }
    if (!own.has(generator)) own.set(generator, own.size);
    return { distribution, shape, dtype, stream: own.get(generator)! };
  });
  return { streams: [...own.keys()].map((generator) => `${generator.initialSeed()}`), draws };
}

/** Everything the results depend on, inputs before what is made of them. Iterative: graphs are deep. */
function order(
  results: readonly Tensor[],
  resolve: (tensor: Tensor) => Tensor,
  symbols: ReadonlySet<Tensor>,
): { leaves: Tensor[]; steps: Tensor[] } {
  const leaves = new Set<Tensor>();
  const steps = new Set<Tensor>();
  const isPlaced = (tensor: Tensor) =>
    symbols.has(tensor) || leaves.has(tensor) || steps.has(tensor);
  const stack = results.toReversed();
  while (stack.length > 0) {
    const tensor = stack[stack.length - 1];
    if (isPlaced(tensor)) {
      stack.pop();
    } else if (tensor.values !== undefined || tensor.primitive === "leaf") {
      leaves.add(tensor);
    } else {
      const given = tensor.inputs.filter((_, i) => !isMissingBound(tensor, i));
      const open = given.map(resolve).filter((input) => !isPlaced(input));
      if (open.length === 0) steps.add(tensor);
      else stack.push(...open.toReversed());
    }
  }
  return { leaves: [...leaves], steps: [...steps] };
}

/** The reader has these limits too; a student should hear of them in other words. */
function requireModest(
  name: string,
  leaves: readonly Tensor[],
  steps: readonly Tensor[],
  draws: readonly PlainDraw[],
): void {
  if (steps.length > LIMITS.nodes) {
    throw excess(
      name,
      `takes ${steps.length} operations, and ${LIMITS.nodes} are allowed; work on whole tensors ` +
        "instead of one element after the other",
    );
  }
  const sizes = [...draws.map(({ shape }) => sizeOf(shape)), ...steps.map(({ size }) => size)];
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const elements = sizes.reduce((sum, size) => sum + size, 0);
  if (elements > LIMITS.elements) {
    throw excess(
      name,
      `computes ${elements} numbers, ${largest} of them in one tensor, and ${LIMITS.elements} are ` +
        "allowed; look for a shape that is too large",
    );
  }
  const values = leaves.reduce((sum, leaf) => sum + (isFilled(leaf) ? 1 : leaf.size), 0);
  if (values > LIMITS.constants) {
    throw excess(
      name,
      `computes with ${values} constant numbers, and ${LIMITS.constants} are allowed; compute ` +
        "them with operations",
    );
  }
}

/** Whether all elements are the same, of which there is at least one. */
function isFilled({ values = new Float32Array() }: Tensor): boolean {
  return values.length > 0 && values.every((value) => Object.is(value, values[0]));
}

function writeConstant(name: string, leaf: Tensor): PlainConstant {
  const { dtype, shape, values } = leaf;
  if (values === undefined) {
    throw refusal(name, "uses a tensor from another call; compute it anew in each call");
  }
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw refusal(
      name,
      `computes with the number ${wrong}; look for a division by 0, the logarithm or root of a ` +
        "number out of range, or what is undefined, as x[0] of a tensor is",
    );
  }
  return { dtype, shape, values: isFilled(leaf) ? [values[0]] : [...values] };
}

function writeNode(step: Tensor, numberOf: (tensor: Tensor) => number): PlainNode {
  const { primitive, inputs, attributes } = step;
  if (primitive === "leaf") throw new Error("a leaf is no node");
  return {
    primitive,
    inputs: inputs.map((input, i) => isMissingBound(step, i) ? null : numberOf(input)),
    attributes,
  };
}

/** Whether an input is the infinity that stands for a bound clamp was not given. */
function isMissingBound({ primitive, inputs }: Tensor, i: number): boolean {
  if (primitive !== "clamp" || i === 0) return false;
  return inputs[i].values?.[0] === (i === 1 ? -Infinity : Infinity);
}
