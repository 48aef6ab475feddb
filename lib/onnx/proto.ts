/**
 * ONNX messages made from plain values.
 *
 * @module
 */
import { create, toBinary } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "onnx-buf";
import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";

/** IR version 13 and opset 24: what ONNX Runtime 1.30 takes in full. */
const IR_VERSION = 13n;
const OPSET = 24n;

/** The element types that appear in models: the tensors' own, and int64 for shapes and counts. */
export type ElementType = DType | "int64";

const DATA_TYPES: Record<ElementType, DataType> = {
  bool: DataType.BOOL,
  int32: DataType.INT32,
  int64: DataType.INT64,
  float32: DataType.FLOAT,
  float64: DataType.DOUBLE,
};

/** The number ONNX gives an element type, as Cast wants it. */
export function dataType(type: ElementType): number {
  return DATA_TYPES[type];
}

/** An attribute's value: integers, a number that is none, text or a graph. */
export type AttributeValue =
  | number
  | readonly number[]
  | { readonly float: number }
  | string
  | GraphProto;

function attribute(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === "number") {
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  }
  if (typeof value === "string") {
    const s = new TextEncoder().encode(value);
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s });
  }
  if (isInts(value)) {
    return create(AttributeProtoSchema, {
      name,
      type: AttributeType.INTS,
      ints: value.map(BigInt),
    });
  }
  if ("float" in value) {
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  }
  return create(AttributeProtoSchema, { name, type: AttributeType.GRAPH, g: value });
}

function isInts(value: object): value is readonly number[] {
  return Array.isArray(value);
}

/** A node: an operator, with its domain and a dot before it if not of ONNX, inputs, outputs, attributes. */
export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
): NodeProto {
  const dot = opType.lastIndexOf(".");
  return create(NodeProtoSchema, {
    domain: opType.slice(0, Math.max(0, dot)),
    opType: opType.slice(dot + 1),
    input: [...input],
    output: [...output],
    attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  });
}

/** A constant. */
export function initializer(
  name: string,
  type: ElementType,
  shape: Shape,
  bytes: Uint8Array<ArrayBuffer>,
): TensorProto {
  const dims = shape.map(BigInt);
  return create(TensorProtoSchema, { name, dataType: DATA_TYPES[type], dims, rawData: bytes });
}

/** A graph's input or output. A size that is not known beforehand is given by name. */
export function valueInfo(
  name: string,
  type: ElementType,
  shape: readonly (number | string)[],
): ValueInfoProto {
  const dim = shape.map((size) => ({
    value: typeof size === "string"
      ? { case: "dimParam" as const, value: size }
      : { case: "dimValue" as const, value: BigInt(size) },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: { case: "tensorType", value: { elemType: DATA_TYPES[type], shape: { dim } } },
    },
  });
}

/** A graph of nodes in an order in which they can be computed. */
export function graph(parts: {
  readonly name: string;
  readonly node: NodeProto[];
  readonly initializer: TensorProto[];
  readonly input: ValueInfoProto[];
  readonly output: ValueInfoProto[];
}): GraphProto {
  return create(GraphProtoSchema, parts);
}

/** The bytes of a model file that uses operators of ONNX and of some more domains. */
export function modelBytes(main: GraphProto, domains: readonly string[] = []): Uint8Array {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: "genlab",
      opsetImport: [
        { domain: "", version: OPSET },
        ...domains.map((domain) => ({ domain, version: 1n })),
      ],
      graph: main,
    }),
  );
}
