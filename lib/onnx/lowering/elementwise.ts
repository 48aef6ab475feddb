/**
 * Lowering of what works element by element.
 *
 * @module
 */
import type { Emitter } from "../emitter.ts";
import { dataType } from "../proto.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type Lowering, operator } from "./rule.ts";

/** log(1 + e) + (e - ((1 + e) - 1)) / (1 + e): the second term restores what 1 + e rounded away. */
function log1pParts(emit: Emitter, e: string, dtype: DType): { log: string; rest: string } {
  const one = emit.scalar(dtype, 1);
  const u = emit.op("Add", [e, one]);
  const lost = emit.op("Sub", [e, emit.op("Sub", [u, one])]);
  return { log: emit.op("Log", [u]), rest: emit.op("Div", [lost, u]) };
}

/** At -1 and infinity the second term is no number, and the logarithm alone is right. */
const log1p: Lowering<"log1p"> = ({ emit, inputs: [x], tensor: { dtype } }) => {
  const { log, rest } = log1pParts(emit, x, dtype);
  const finite = emit.op("Where", [emit.op("IsNaN", [rest]), emit.scalar(dtype, 0), rest]);
  return emit.op("Add", [log, finite]);
};

/** exp(x) - 1 = tanh(x / 2) (exp(x) + 1), which does not cancel for small x. */
const expm1: Lowering<"expm1"> = ({ emit, inputs: [x], tensor: { dtype } }) => {
  const half = emit.op("Tanh", [emit.op("Mul", [x, emit.scalar(dtype, 0.5)])]);
  return emit.op("Mul", [half, emit.op("Add", [emit.op("Exp", [x]), emit.scalar(dtype, 1)])]);
};

/** Added to Relu, it takes a third of the time of ORT's Softplus. */
const softplusTail: Lowering<"softplusTail"> = ({ emit, inputs: [x], tensor: { dtype } }) => {
  const e = emit.op("Exp", [emit.op("Neg", [emit.op("Abs", [x])])]);
  const { log, rest } = log1pParts(emit, e, dtype);
  return emit.op("Add", [log, rest]);
};

/** 1 / (1 + exp(-x)): ORT's Sigmoid is off by a sixth at -15 and 0 from -18 on. */
function exactSigmoid(emit: Emitter, x: string, dtype: DType): string {
  const one = emit.scalar(dtype, 1);
  return emit.op("Div", [one, emit.op("Add", [emit.op("Exp", [emit.op("Neg", [x])]), one])]);
}

const sigmoid: Lowering<"sigmoid"> = ({ emit, inputs: [x], tensor: { dtype } }) =>
  exactSigmoid(emit, x, dtype);

/**
 * ORT's Sigmoid is fast, and wrong by less than 1e-7: that matters beside its own small values, but
 * not beside the x it is multiplied by.
 */
function quickSigmoid(emit: Emitter, x: string, dtype: DType): string {
  return dtype === "float32" ? emit.op("Sigmoid", [x]) : exactSigmoid(emit, x, dtype);
}

const silu: Lowering<"silu"> = ({ emit, inputs: [x], tensor: { dtype } }) =>
  emit.op("Mul", [x, quickSigmoid(emit, x, dtype)]);

/** s (1 + x - x s) */
const siluSlope: Lowering<"siluSlope"> = ({ emit, inputs: [x], tensor: { dtype } }) => {
  const s = quickSigmoid(emit, x, dtype);
  const rest = emit.op("Sub", [x, emit.op("Mul", [x, s])]);
  return emit.op("Mul", [s, emit.op("Add", [rest, emit.scalar(dtype, 1)])]);
};

/** ORT's cosine has no float64 kernel on the CPU. cos x = 1 - 2 sin²(x / 2) takes x as it is. */
const cos: Lowering<"cos"> = ({ emit, inputs: [x], tensor: { dtype } }) => {
  if (dtype !== "float64") return emit.op("Cos", [x]);
  const half = emit.op("Sin", [emit.op("Mul", [x, emit.scalar(dtype, 0.5)])]);
  const twice = emit.op("Mul", [emit.op("Mul", [half, half]), emit.scalar(dtype, 2)]);
  return emit.op("Sub", [emit.scalar(dtype, 1), twice]);
};

/** ORT's Where has no kernel for bool. */
const where: Lowering<"where"> = ({ emit, inputs: [condition, a, b], tensor }) => {
  if (tensor.dtype !== "bool") return emit.op("Where", [condition, a, b]);
  const otherwise = emit.op("And", [emit.op("Not", [condition]), b]);
  return emit.op("Or", [emit.op("And", [condition, a]), otherwise]);
};

const cast: Lowering<"cast"> = ({ emit, inputs, attributes: { dtype } }) =>
  emit.op("Cast", inputs, { to: dataType(dtype) });

/** Lowering of the elementwise primitives. */
export const ELEMENTWISE = {
  neg: operator("Neg"),
  abs: operator("Abs"),
  exp: operator("Exp"),
  log: operator("Log"),
  log1p,
  expm1,
  sqrt: operator("Sqrt"),
  sin: operator("Sin"),
  cos,
  tanh: operator("Tanh"),
  sigmoid,
  silu,
  siluSlope,
  softplusTail,
  relu: operator("Relu"),
  erf: operator("Erf"),
  logicalNot: operator("Not"),
  // Gradients are built by now, so nothing is left to do.
  detach: (({ inputs }) => inputs[0]) as Lowering<"detach">,
  add: operator("Add"),
  sub: operator("Sub"),
  mul: operator("Mul"),
  div: operator("Div"),
  pow: operator("Pow"),
  maximum: operator("Max"),
  minimum: operator("Min"),
  eq: operator("Equal"),
  lt: operator("Less"),
  le: operator("LessOrEqual"),
  cast,
  where,
  clamp: operator("Clip"),
};
