/**
 * Reads a graph that is not trusted. Nothing is believed: only known primitives pass, with as many
 * inputs as they take, all made before; shapes and dtypes are worked out by the primitives' own rules;
 * and everything is bounded.
 *
 * @module
 */
import { GenlabError } from "../../errors.ts";
import { multiplyAddsOf } from "../../tensor/cost.ts";
import { type DType, isFloat } from "../../tensor/dtype.ts";
import { type PrimitiveName, PRIMITIVES, ruleOf } from "../../tensor/primitives/mod.ts";
import type { Signature } from "../../tensor/primitives/rule.ts";
import type { Distribution } from "../../tensor/random.ts";
import { format, sameShape, sizeOf } from "../../tensor/shape.ts";
import { readAttributes } from "./attributes.ts";
import { laidOutOf, LIMITS, type Limits, PRODUCTS, tapsOf } from "./limits.ts";
import {
  inputsOf,
  type PlainArgument,
  type PlainConstant,
  type PlainDraw,
  type PlainGraph,
  type PlainNode,
  type PlainTree,
  VERSION,
} from "./plain.ts";
import {
  readDType,
  type Reader,
  readFields,
  readList,
  readRecord,
  readShape,
  readWhole,
  readWord,
  refuse,
  refuseValue,
} from "./reader.ts";

const PRIMITIVE_NAMES = Object.keys(PRIMITIVES) as PrimitiveName[];
/** For what is looked at later, once what stands before it is known. */
const anything: Reader<unknown> = (value) => value;
const readParts = readRecord({
  version: anything,
  inputs: anything,
  streams: anything,
  draws: anything,
  constants: anything,
  nodes: anything,
  output: anything,
});

/**
 * A graph from plain data, as JSON gives it.
 *
 * @param asked the arguments it was traced for
 * @throws {StudentError} of kind `rejected` if it is not a valid graph for them, saying why
 *
 * @example A function, as a graph in JSON, applied to data
 * ```ts
 * import { bind } from "./bind.ts";
 * import { readGraph } from "./read.ts";
 * import { traceFunction } from "./trace.ts";
 * import { Tensor, tensor } from "genlab";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const f = (x: Tensor) => x.square().sum();
 * const asked = [{ shape: [3], dtype: "float32" } as const];
 * const text = JSON.stringify(traceFunction({ f }, "f", asked));
 * const sum = bind(readGraph(JSON.parse(text), asked), [tensor([1, 2, 3])]);
 * assert(sum instanceof Tensor);
 * assertEquals(await sum.item(), 14);
 * ```
 */
export function readGraph(
  data: unknown,
  asked: readonly PlainArgument[],
  limits: Limits = LIMITS,
): PlainGraph {
  const parts = readParts(data, "the graph");
  if (parts.version !== VERSION) refuseValue("version", parts.version, `${VERSION}`);
  const inputs = readInputs(parts.inputs, inputsOf(asked));
  const streams = readList(readSeed, 0, limits.nodes)(parts.streams, "streams");
  const draws = readList(readDraw(streams.length, limits), 0, limits.nodes)(parts.draws, "draws");
  const constants = readConstants(parts.constants, limits);
  const known: Signature[] = [...inputs, ...draws, ...constants];
  const nodes = readNodes(parts.nodes, known, limits);
  const output = readOutput(parts.output, known.length, limits);
  return { version: VERSION, inputs, streams, draws, constants, nodes, output };
}

/** The inputs, which have to be those that were asked for. */
function readInputs(value: unknown, expected: readonly Signature[]): Signature[] {
  const readSignature = readRecord<Signature>({ shape: readShape(Infinity), dtype: readDType });
  const inputs = readList(readSignature, expected.length, expected.length)(value, "inputs");
  return inputs.map((input, i) => {
    const { shape, dtype } = expected[i];
    if (!sameShape(input.shape, shape) || input.dtype !== dtype) {
      refuse(`inputs[${i}] is not the ${dtype} ${format(shape)} that was asked for`);
    }
    return input;
  });
}

/** A seed in [0, 2^64). */
function readSeed(value: unknown, path: string): string {
  const isSeed = typeof value === "string" && /^\d{1,20}$/.test(value) &&
    BigInt(value) < 2n ** 64n;
  return isSeed ? value : refuseValue(path, value, "a seed in decimal digits");
}

const DRAWN: Readonly<Record<Distribution["kind"], readonly DType[]>> = {
  uniform: ["float32", "float64"],
  normal: ["float32", "float64"],
  exponential: ["float32"],
  permutation: ["int32"],
  integers: ["int32", "float32", "float64"],
};

const KINDS = Object.keys(DRAWN) as Distribution["kind"][];

function readDraw(streams: number, { elements }: Limits): Reader<PlainDraw> {
  const read = readRecord<PlainDraw>({
    distribution: readDistribution,
    shape: readShape(elements),
    dtype: readDType,
    stream: (value, path) => value === "caller" ? value : readWhole(0, streams - 1)(value, path),
  });
  return (value, path) => {
    const draw = read(value, path);
    const { distribution: { kind }, shape, dtype } = draw;
    if (!DRAWN[kind].includes(dtype)) {
      refuseValue(`${path}.dtype`, dtype, `${DRAWN[kind].join(" or ")} for ${kind}`);
    }
    if (kind === "permutation" && shape.length !== 1) {
      refuseValue(`${path}.shape`, shape, "of one dimension for a permutation");
    }
    return draw;
  };
}

function readDistribution(value: unknown, path: string): Distribution {
  const kind = readWord(KINDS)(readFields(value, path).kind, `${path}.kind`);
  if (kind !== "integers") {
    readRecord({ kind: anything })(value, path);
    return { kind };
  }
  const bound = readWhole(-(2 ** 31), 2 ** 31);
  const { low, high } = readRecord({ kind: anything, low: bound, high: bound })(value, path);
  if (low >= high) refuse(`${path}: there are no integers from ${low} to below ${high}`);
  return { kind, low, high };
}

function readConstants(value: unknown, limits: Limits): PlainConstant[] {
  let written = 0;
  const readValues: Reader<readonly number[]> = (values, path) => {
    if (!Array.isArray(values)) return refuseValue(path, values, "an array");
    written += values.length;
    if (written > limits.constants) {
      refuse(
        `its constants have more than ${limits.constants} values; compute them with operations`,
      );
    }
    return values;
  };
  const read = readRecord<PlainConstant>({
    dtype: readDType,
    shape: readShape(limits.elements),
    values: readValues,
  });
  const readConstant: Reader<PlainConstant> = (data, path) => {
    const constant = read(data, path);
    const size = sizeOf(constant.shape);
    const { length } = constant.values;
    if (length !== size && (length !== 1 || size === 0)) {
      refuse(`${path} has ${length} values for the ${size} elements of ${format(constant.shape)}`);
    }
    const fits = FITS[constant.dtype];
    const wrong = constant.values.findIndex((value) => !fits(value));
    if (wrong < 0) return constant;
    return refuseValue(`${path}.values[${wrong}]`, constant.values[wrong], constant.dtype);
  };
  return readList(readConstant, 0, limits.nodes)(value, "constants");
}

/** Whether a value is one of a dtype; values are finite. */
const FITS: Readonly<Record<DType, (value: unknown) => boolean>> = {
  bool: (value) => value === 0 || value === 1,
  int32: (value) => Number.isInteger(value) && Int32Array.of(value as number)[0] === value,
  float32: (value) => Number.isFinite(value) && Math.fround(value as number) === value,
  float64: (value) => Number.isFinite(value),
};

/** The nodes; what they make is added to what is known. */
function readNodes(value: unknown, known: Signature[], limits: Limits): PlainNode[] {
  let elements = 0;
  let products = 0;
  let references = 0;
  let taps = 0;
  const spend = (result: Signature, multiplyAdds: number, laidOut: number) => {
    elements += sizeOf(result.shape) + laidOut;
    products += multiplyAdds;
    if (elements > limits.elements) {
      refuse(`its tensors have more than ${limits.elements} elements together`);
    }
    if (products > limits.products) refuse("its matrix products and convolutions take too long");
  };
  for (const signature of known) spend(signature, 0, 0);

  const readNode: Reader<PlainNode> = (data, path) => {
    const { primitive, inputs, attributes } = readRecord({
      primitive: readWord(PRIMITIVE_NAMES),
      inputs: readList(readReference(known), 1, limits.nodes),
      attributes: anything,
    })(data, path);
    references += inputs.length;
    if (references > limits.inputs) {
      refuse(`what it computes has more than ${limits.inputs} inputs together`);
    }
    const { arity } = ruleOf(primitive);
    if (arity !== Infinity && inputs.length !== arity) {
      refuse(`${path}: ${primitive} takes ${arity} inputs, and has ${inputs.length}`);
    }
    const signatures = signaturesOf(primitive, inputs, known, path);
    // ONNX Runtime may crash, or never come back, over the convolution of nothing.
    if (PRODUCTS.includes(primitive) && signatures.some(({ shape }) => sizeOf(shape) === 0)) {
      refuse(`${path}: ${primitive} takes tensors that have elements`);
    }
    const read = readAttributes(primitive, signatures)(attributes, `${path}.attributes`);
    const result = derive(primitive, signatures, read, path);
    const made = [primitive, signatures, result] as const;
    taps += tapsOf(...made);
    if (taps > limits.taps) {
      refuse(`its convolutions have kernels of more than ${limits.taps} places together`);
    }
    spend(result, multiplyAddsOf(...made), laidOutOf(...made, read));
    known.push(result);
    return { primitive, inputs, attributes: read };
  };
  return readList(readNode, 0, limits.nodes)(value, "nodes");
}

/** Shapes and dtypes of a node's inputs; a bound that clamp is not given is a scalar. */
function signaturesOf(
  primitive: PrimitiveName,
  inputs: PlainNode["inputs"],
  known: readonly Signature[],
  path: string,
): Signature[] {
  const first = inputs[0] === null ? undefined : known[inputs[0]];
  return inputs.map((input, i) => {
    if (input !== null) return known[input];
    if (primitive !== "clamp" || first === undefined || !isFloat(first.dtype)) {
      refuse(`${path}.inputs[${i}] is null, and only bounds of clamp may be left out`);
    }
    return { shape: [], dtype: first.dtype };
  });
}

/** The number of an earlier tensor, or null. */
function readReference(known: readonly Signature[]): Reader<number | null> {
  return (value, path) => value === null ? null : readWhole(0, known.length - 1)(value, path);
}

/** Shape and dtype of a node, by the primitive's own rule. */
function derive(
  primitive: PrimitiveName,
  inputs: readonly Signature[],
  attributes: PlainNode["attributes"],
  path: string,
): Signature {
  try {
    return ruleOf(primitive).result(inputs, attributes);
  } catch (error) {
    if (!(error instanceof GenlabError)) throw error;
    return refuse(`${path}: ${error.message}`);
  }
}

function readOutput(data: unknown, count: number, limits: Limits): PlainTree {
  let parts = 0;
  const visit = (value: unknown, path: string, depth: number): PlainTree => {
    if (++parts > limits.outputs) refuse(`it returns more than ${limits.outputs} things`);
    if (typeof value === "number") return readWhole(0, count - 1)(value, path);
    if (depth === limits.depth) refuse(`what it returns is nested more than ${limits.depth} deep`);
    if (Array.isArray(value)) {
      return value.map((child, i) => visit(child, `${path}[${i}]`, depth + 1));
    }
    const fields = Object.entries(readFields(value, path));
    return Object.fromEntries(fields.map(([name, child]) => {
      if (!/^[A-Za-z_$][\w$]{0,63}$/.test(name) || name in Object.prototype) {
        refuse(`${path} has a field ${JSON.stringify(name.slice(0, 40))}, which is no name`);
      }
      return [name, visit(child, `${path}.${name}`, depth + 1)];
    }));
  };
  return visit(data, "output", 0);
}
