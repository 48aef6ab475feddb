/**
 * Random graphs as messages: structured like those that a trace makes, of all primitives there are, with
 * values and sizes at the edges of what is allowed.
 *
 * @module
 */
import { readAttributes } from "../../../../lib/course/graph/attributes.ts";
import type { PlainGraph } from "../../../../lib/course/graph/plain.ts";
import { StudentError } from "../../../../lib/course/student_error.ts";
import { GenlabError } from "../../../../lib/errors.ts";
import type { Generator } from "../../../../lib/random/mod.ts";
import { type DType, DTYPES } from "../../../../lib/tensor/dtype.ts";
import { type PrimitiveName, PRIMITIVES, ruleOf } from "../../../../lib/tensor/primitives/mod.ts";
import type { Signature } from "../../../../lib/tensor/primitives/rule.ts";

/** The arguments that the graphs are for. */
export const ASKED: readonly Signature[] = [
  { shape: [2, 3], dtype: "float32" },
  { shape: [3], dtype: "int32" },
  { shape: [2, 1], dtype: "float64" },
  { shape: [1, 2, 5, 5], dtype: "float32" },
  { shape: [2, 2, 3, 2], dtype: "float32" },
  { shape: [2, 3], dtype: "bool" },
];

const NAMES = Object.keys(PRIMITIVES) as PrimitiveName[];
const NODES = 12;
/** How often inputs are drawn for a primitive, before another is taken. */
const TRIES = 40;

/** Values that constants have, beside ordinary ones. */
const EDGES = [0, 1, -1, 2, -0, 0.5, 1e-38, 3e38, -3e38, 2 ** 31 - 1, -(2 ** 31), 7];

/** A random graph for the arguments. */
export function randomGraph(generator: Generator): PlainGraph {
  const pick = (n: number) => Math.floor(generator.double() * n);
  const known: Signature[] = [...ASKED];
  const constants = Array.from({ length: pick(4) }, () => {
    const dtype = DTYPES[pick(DTYPES.length)];
    const shape = Array.from({ length: pick(3) }, () => pick(4));
    const size = shape.reduce((product, length) => product * length, 1);
    const value = () => fitting(EDGES[pick(EDGES.length)], dtype);
    const values = size > 0 && pick(2) === 0 ? [value()] : Array.from({ length: size }, value);
    known.push({ shape, dtype });
    return { dtype, shape, values };
  });
  const nodes: PlainGraph["nodes"][number][] = [];
  while (nodes.length < NODES) {
    const primitive = NAMES[pick(NAMES.length)];
    const { arity } = ruleOf(primitive);
    for (let tries = 0; tries < TRIES; tries++) {
      const count = arity === Infinity ? 1 + pick(3) : arity;
      const inputs = Array.from({ length: count }, () => pick(known.length));
      const signatures = inputs.map((input) => known[input]);
      const attributes = randomAttributes(primitive, signatures, pick);
      if (attributes === undefined) continue;
      try {
        known.push(ruleOf(primitive).result(signatures, attributes));
        nodes.push({ primitive, inputs, attributes });
        break;
      } catch (error) {
        if (!(error instanceof GenlabError)) throw error;
      }
    }
  }
  const output = nodes.map((_, i) => ASKED.length + constants.length + i);
  return { version: 1, inputs: ASKED, streams: [], draws: [], constants, nodes, output };
}

function fitting(value: number, dtype: DType): number {
  if (dtype === "bool") return Number(value > 0);
  return dtype === "int32" ? Math.trunc(value) | 0 : Math.fround(value);
}

/** Attributes with the fields the reader asks for, if random ones please it. */
function randomAttributes(
  primitive: PrimitiveName,
  inputs: readonly Signature[],
  pick: (n: number) => number,
): PlainGraph["nodes"][number]["attributes"] | undefined {
  const fields: Record<string, unknown> = {};
  for (let tries = 0; tries < 8; tries++) {
    try {
      return readAttributes(primitive, inputs)(fields, "attributes");
    } catch (error) {
      if (!(error instanceof StudentError)) throw error;
      const missing = /has no field (\w+)$/.exec(error.message)?.[1];
      if (missing === undefined) return undefined;
      fields[missing] = randomField(missing, inputs[0], pick);
    }
  }
}

function randomField(
  name: string,
  { shape }: Signature,
  pick: (n: number) => number,
): unknown {
  const shuffled = shape.map((_, i) => i).sort(() => pick(2) - 0.5);
  const size = shape.reduce((product, length) => product * length, 1);
  switch (name) {
    case "keepdim":
      return pick(2) === 0;
    case "dtype":
      return DTYPES[pick(DTYPES.length)];
    case "dims":
      return shuffled.slice(pick(shape.length)).sort();
    case "order":
      return shuffled;
    case "shape":
      return [[size], [1, size], shape.toReversed(), [3, ...shape], [2, 3], [0], []][pick(7)];
    case "stride":
      return [1 + pick(3), 1 + pick(3)];
    case "kernel":
      return [1 + pick(4), 1 + pick(4)];
    case "padding":
    case "outputPadding":
      return [pick(3), pick(3)];
    case "eps":
      return [1e-5, 0, 1][pick(3)];
    default:
      return pick(4);
  }
}
