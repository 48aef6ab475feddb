/**
 * Collects the nodes and constants of one ONNX graph.
 *
 * @module
 */
import type { NodeProto, TensorProto } from "onnx-buf";
import { allocate, type DType, type TypedArray } from "../tensor/dtype.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { type AttributeValue, type ElementType, initializer, node } from "./proto.ts";

/** One graph under construction. Names are unique across graphs of different prefixes. */
export class Emitter {
  readonly nodes: NodeProto[] = [];
  readonly initializers: TensorProto[] = [];
  readonly #constants = new Map<string, string>();
  readonly #outputs = new Map<string, readonly string[]>();
  #count = 0;

  /**
   * @param prefix what all names of this graph begin with
   * @param channelBlock how many channels ONNX Runtime's blocked kernels take together, where it has
   * them
   */
  constructor(readonly prefix: string, readonly channelBlock?: number) {}

  /** A name not used before. */
  fresh(): string {
    return `${this.prefix}${this.#count++}`;
  }

  /** Adds a node of one output and gives its name. Operators beyond ONNX have their domain before a dot. */
  op(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, AttributeValue>>,
  ): string {
    return this.ops(type, inputs, 1, attributes)[0];
  }

  /** The same for several outputs. A node that is there already is not added again. */
  ops(
    type: string,
    inputs: readonly string[],
    count: number,
    attributes?: Readonly<Record<string, AttributeValue>>,
  ): readonly string[] {
    const key = `${type}(${inputs}) ${count} ${JSON.stringify(attributes)}`;
    let outputs = this.#outputs.get(key);
    if (outputs === undefined) {
      outputs = Array.from({ length: count }, () => this.fresh());
      this.#outputs.set(key, outputs);
      this.nodes.push(node(type, inputs, outputs, attributes));
    }
    return outputs;
  }

  /** The same value under a name of its own. */
  copy(name: string): string {
    const output = this.fresh();
    this.nodes.push(node("Identity", [name], [output]));
    return output;
  }

  /** A list of whole numbers: a shape, axes, starts. */
  ints(values: readonly number[]): string {
    return this.constant("int64", [values.length], BigInt64Array.from(values, BigInt));
  }

  /** One number, 0-d. */
  scalar(dtype: DType, value: number): string {
    return this.constant(dtype, [], allocate(dtype, 1).fill(value));
  }

  /** One number everywhere, without storing it more than once. */
  filled(dtype: DType, shape: Shape, value: number): string {
    const one = this.scalar(dtype, value);
    return sizeOf(shape) === 1 && shape.length === 0
      ? one
      : this.op("Expand", [one, this.ints(shape)]);
  }

  /** A constant tensor; equal small ones are stored once. */
  constant(type: ElementType, shape: Shape, values: TypedArray | BigInt64Array): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    const key = `${type}[${shape}]${values.length <= 64 ? bytes.join() : this.#count}`;
    let name = this.#constants.get(key);
    if (name === undefined) {
      name = this.fresh();
      this.#constants.set(key, name);
      this.initializers.push(initializer(name, type, shape, bytes));
    }
    return name;
  }
}
