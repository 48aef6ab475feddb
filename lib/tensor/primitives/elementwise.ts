/**
 * Primitives that work element by element. Over each stands its derivative.
 *
 * Subgradients follow PyTorch: relu at 0 has slope 0, maximum and minimum share a tie, clamp passes
 * the gradient at its bounds, abs at 0 has slope 0.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";
import { type DType, DTYPES } from "../dtype.ts";
import { broadcast } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { PrimitiveAttributes } from "./mod.ts";
import {
  binary,
  FLOATS,
  noGradient,
  type None,
  NUMBERS,
  requireDType,
  requireSameDType,
  type Rule,
  unary,
} from "./rule.ts";

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** Functions of one element. */
export const UNARY = {
  // d(-x) = -dx
  neg: unary("neg", NUMBERS, ({ g }) => [g.neg()]),
  // d|x| = sign(x) dx
  abs: unary(
    "abs",
    NUMBERS,
    ({ g, inputs: [x] }) => [g.mul(x.gt(0).to(x.dtype).sub(x.lt(0).to(x.dtype)))],
  ),
  // d(exp x) = exp(x) dx
  exp: unary("exp", FLOATS, ({ g, output }) => [g.mul(output)]),
  // d(log x) = dx / x
  log: unary("log", FLOATS, ({ g, inputs: [x] }) => [g.div(x)]),
  // d(log(1 + x)) = dx / (1 + x)
  log1p: unary("log1p", FLOATS, ({ g, inputs: [x] }) => [g.div(x.add(1))]),
  // d(exp(x) - 1) = exp(x) dx
  expm1: unary("expm1", FLOATS, ({ g, output }) => [g.mul(output.add(1))]),
  // d(sqrt x) = dx / (2 sqrt x)
  sqrt: unary("sqrt", FLOATS, ({ g, output }) => [g.div(output.mul(2))]),
  // d(sin x) = cos(x) dx
  sin: unary("sin", FLOATS, ({ g, inputs: [x] }) => [g.mul(x.cos())]),
  // d(cos x) = -sin(x) dx
  cos: unary("cos", FLOATS, ({ g, inputs: [x] }) => [g.mul(x.sin().neg())]),
  // d(tanh x) = (1 - tanh^2 x) dx
  tanh: unary("tanh", FLOATS, ({ g, output }) => [g.mul(output.square().neg().add(1))]),
  // d(s(x)) = s(x) (1 - s(x)) dx
  sigmoid: unary("sigmoid", FLOATS, ({ g, output }) => [g.mul(output).mul(output.neg().add(1))]),
  // d(x s(x)) = slope(x) dx
  silu: unary("silu", FLOATS, ({ g, inputs: [x] }) => [g.mul(x.apply("siluSlope", [], {}))]),
  // slope(x) = s (1 + x (1 - s)):  d slope = s (1 - s) (2 + x (1 - 2 s)) dx
  siluSlope: unary("siluSlope", FLOATS, ({ g, inputs: [x] }) => {
    const s = x.sigmoid();
    const curvature = x.mul(s.mul(-2).add(1)).add(2).mul(s.sub(s.square()));
    return [g.mul(curvature)];
  }),
  // log(1 + exp(-|x|)), what softplus is above relu: d = (sigmoid(x) - [x > 0]) dx
  softplusTail: unary("softplusTail", FLOATS, ({ g, inputs: [x] }) => [
    g.mul(x.sigmoid().sub(x.gt(0).to(x.dtype))),
  ]),
  // d(max(x, 0)) = [x > 0] dx, and dx where x is NaN
  relu: unary("relu", NUMBERS, ({ g, inputs: [x] }) => [g.where(x.le(0).logicalNot(), 0)]),
  // d(erf x) = 2 / sqrt(pi) exp(-x^2) dx
  erf: unary("erf", FLOATS, ({ g, inputs: [x] }) => [
    g.mul(x.square().neg().exp().mul(TWO_OVER_SQRT_PI)),
  ]),
  logicalNot: unary("logicalNot", ["bool"], noGradient),
  // A constant as far as gradients go.
  detach: unary("detach", DTYPES, noGradient),
};

/** Functions of two elements. */
export const BINARY = {
  // d(a + b) = da + db
  add: binary("add", NUMBERS, ({ g }) => [g, g]),
  // d(a - b) = da - db
  sub: binary("sub", NUMBERS, ({ g }) => [g, g.neg()]),
  // d(a b) = b da + a db
  mul: binary("mul", NUMBERS, ({ g, inputs: [a, b] }) => [g.mul(b), g.mul(a)]),
  // d(a / b) = da / b - (a / b) db / b
  div: binary("div", FLOATS, ({ g, inputs: [, b], output }) => {
    const ga = g.div(b);
    return [ga, ga.mul(output).neg()];
  }),
  // d(a^b) = b a^(b-1) da + a^b log(a) db, where 0 a^(-1) = 0 and 0^b log 0 = 0 for b >= 0
  pow: binary("pow", FLOATS, ({ g, inputs: [a, b], output }) => [
    g.mul(b.mul(a.pow(b.sub(1)))).where(b.ne(0), 0),
    g.mul(output.mul(a.log())).where(a.eq(0).where(b.ge(0), false).logicalNot(), 0),
  ]),
  // d(max(a, b)) = [a > b] da + [b > a] db, half each on a tie
  maximum: binary("maximum", NUMBERS, ({ g, inputs: [a, b] }) => [
    passOn(g, a.lt(b), a.eq(b)),
    passOn(g, b.lt(a), a.eq(b)),
  ]),
  // d(min(a, b)) = [a < b] da + [b < a] db, half each on a tie
  minimum: binary("minimum", NUMBERS, ({ g, inputs: [a, b] }) => [
    passOn(g, b.lt(a), a.eq(b)),
    passOn(g, a.lt(b), a.eq(b)),
  ]),
  eq: comparison("eq", DTYPES),
  lt: comparison("lt", NUMBERS),
  le: comparison("le", NUMBERS),
};

/** The gradient for one of two operands: none where it loses, half on a tie, and all beside a NaN. */
function passOn(g: Tensor, loses: Tensor, ties: Tensor): Tensor {
  return g.mul(ties.to(g.dtype).mul(0.5).add(loses.to(g.dtype)).neg().add(1));
}

/** A test of two elements, giving bool. */
function comparison(operation: string, allowed: readonly DType[]): Rule<None> {
  const rule = binary(operation, allowed, noGradient);
  return { ...rule, result: (inputs, none) => ({ ...rule.result(inputs, none), dtype: "bool" }) };
}

/** Conversion to another dtype. Gradients come back in the input's. */
const cast: Rule<PrimitiveAttributes["cast"]> = {
  arity: 1,
  result: ([x], { dtype }) => {
    requireDType("to", dtype, DTYPES);
    return { shape: x.shape, dtype };
  },
  gradient: ({ g, inputs: [x] }) => [g.to(x.dtype)],
};

/** Elements of `a` where the condition holds, of `b` elsewhere. */
const where: Rule<None> = {
  arity: 3,
  result: ([condition, a, b]) => {
    requireDType("where (condition)", condition.dtype, ["bool"]);
    const dtype = requireSameDType("where", [a, b]);
    return { shape: broadcast("where", [condition.shape, a.shape, b.shape]), dtype };
  },
  // d(c ? a : b) = c da + (1 - c) db
  gradient: ({ g, inputs: [condition] }) => [
    null,
    g.where(condition, 0),
    g.where(condition.logicalNot(), 0),
  ],
};

/** `min(max(x, lo), hi)` with 0-d bounds. */
const clamp: Rule<None> = {
  arity: 3,
  result: ([x, lo, hi]) => {
    const dtype = requireSameDType("clamp", [x, lo, hi]);
    requireDType("clamp", dtype, NUMBERS);
    if (lo.shape.length + hi.shape.length > 0) {
      throw new ShapeError("clamp: bounds are scalars; use maximum and minimum for tensors");
    }
    return { shape: x.shape, dtype };
  },
  // d(clamp x) = [lo <= x <= hi] dx
  gradient: ({ g, inputs: [x, lo, hi] }) => {
    const above = isInfinite(lo) ? g : g.where(x.ge(lo), 0);
    return [isInfinite(hi) ? above : above.where(x.le(hi), 0), null, null];
  },
};

/** Whether a bound is one that was left out. */
function isInfinite(bound: Tensor): boolean {
  return Math.abs(bound.values?.[0] ?? 0) === Infinity;
}

/** Selection and conversion. */
export const SELECTION = { cast, where, clamp };
