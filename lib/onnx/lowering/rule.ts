/**
 * How a primitive is written in ONNX.
 *
 * @module
 */
import type { PrimitiveAttributes, PrimitiveName } from "../../tensor/primitives/mod.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Emitter } from "../emitter.ts";

/** What a lowering rule is given. */
export interface LoweringContext<P extends PrimitiveName> {
  readonly emit: Emitter;
  /** The names of the inputs' values. */
  readonly inputs: readonly string[];
  /** The tensor that is lowered, for its shape and dtype and those of its inputs. */
  readonly tensor: Tensor;
  readonly attributes: PrimitiveAttributes[P];
}

/** Emits a primitive's nodes and gives the name of the result. */
export type Lowering<P extends PrimitiveName> = (context: LoweringContext<P>) => string;

/** A primitive that is one ONNX operator without attributes. */
export function operator(type: string): Lowering<PrimitiveName> {
  return ({ emit, inputs }) => emit.op(type, inputs);
}
