/**
 * The tensor methods as functions, for those who write `exp(x)` rather than `x.exp()`, and functions
 * of several tensors that have no one tensor to be a method of.
 *
 * @module
 */
import { DTypeError, ShapeError } from "../errors.ts";
import { full } from "./creation.ts";
import { convert, type DType, promote } from "./dtype.ts";
import { describe } from "./guard.ts";
import type { Variadic } from "./movement.ts";
import { type Operand, requireOperand, requireTensor } from "./node.ts";
import type { Dims } from "./reduction.ts";
import { dimension, format, sameShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** The first operand as a tensor: a number takes the dtype it would have beside the second. */
function lift(operation: string, first: Operand, second: Operand): Tensor {
  const [a, b] = [first, second].map((operand) => requireOperand(operation, operand));
  if (a instanceof Tensor) return a;
  const dtype = promote([Number(a), b instanceof Tensor ? b : Number(b)]);
  return Tensor.fromValues(convert(operation, [Number(a)], dtype), { shape: [], dtype });
}

/** Sum, element by element. */
export function add(a: Operand, b: Operand): Tensor {
  return lift("add", a, b).add(b);
}

/** Difference, element by element. */
export function sub(a: Operand, b: Operand): Tensor {
  return lift("sub", a, b).sub(b);
}

/** Product, element by element. */
export function mul(a: Operand, b: Operand): Tensor {
  return lift("mul", a, b).mul(b);
}

/** Quotient, element by element; integers are divided as float32. */
export function div(a: Operand, b: Operand): Tensor {
  return lift("div", a, b).div(b);
}

/** Power, element by element. */
export function pow(a: Operand, b: Operand): Tensor {
  return lift("pow", a, b).pow(b);
}

/** The larger of two elements. */
export function maximum(a: Operand, b: Operand): Tensor {
  return lift("maximum", a, b).maximum(b);
}

/** The smaller of two elements. */
export function minimum(a: Operand, b: Operand): Tensor {
  return lift("minimum", a, b).minimum(b);
}

/** Whether elements are equal, as bool. */
export function eq(a: Operand, b: Operand): Tensor {
  return lift("eq", a, b).eq(b);
}

/** Whether elements differ, as bool. */
export function ne(a: Operand, b: Operand): Tensor {
  return lift("ne", a, b).ne(b);
}

/** Whether elements of `a` are smaller, as bool. */
export function lt(a: Operand, b: Operand): Tensor {
  return lift("lt", a, b).lt(b);
}

/** Whether elements of `a` are at most those of `b`, as bool. */
export function le(a: Operand, b: Operand): Tensor {
  return lift("le", a, b).le(b);
}

/** Whether elements of `a` are larger, as bool. */
export function gt(a: Operand, b: Operand): Tensor {
  return lift("gt", a, b).gt(b);
}

/** Whether elements of `a` are at least those of `b`, as bool. */
export function ge(a: Operand, b: Operand): Tensor {
  return lift("ge", a, b).ge(b);
}

/** Minus x. */
export function neg(x: Tensor): Tensor {
  return requireTensor("neg", x).neg();
}

/** e to the x. */
export function exp(x: Tensor): Tensor {
  return requireTensor("exp", x).exp();
}

/** Natural logarithm. */
export function log(x: Tensor): Tensor {
  return requireTensor("log", x).log();
}

/** log(1 + x), exact for small x. */
export function log1p(x: Tensor): Tensor {
  return requireTensor("log1p", x).log1p();
}

/** exp(x) - 1, exact for small x. */
export function expm1(x: Tensor): Tensor {
  return requireTensor("expm1", x).expm1();
}

/** Square root. */
export function sqrt(x: Tensor): Tensor {
  return requireTensor("sqrt", x).sqrt();
}

/** x squared. */
export function square(x: Tensor): Tensor {
  return requireTensor("square", x).square();
}

/** Absolute value; slope 0 at 0. */
export function abs(x: Tensor): Tensor {
  return requireTensor("abs", x).abs();
}

/** Sine of an angle in radians. */
export function sin(x: Tensor): Tensor {
  return requireTensor("sin", x).sin();
}

/** Cosine of an angle in radians. */
export function cos(x: Tensor): Tensor {
  return requireTensor("cos", x).cos();
}

/** Hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return requireTensor("tanh", x).tanh();
}

/** 1 / (1 + exp(-x)). */
export function sigmoid(x: Tensor): Tensor {
  return requireTensor("sigmoid", x).sigmoid();
}

/** max(x, 0); slope 0 at 0. */
export function relu(x: Tensor): Tensor {
  return requireTensor("relu", x).relu();
}

/** x sigmoid(x), also called swish. */
export function silu(x: Tensor): Tensor {
  return requireTensor("silu", x).silu();
}

/** log(1 + exp x), without overflow. */
export function softplus(x: Tensor): Tensor {
  return requireTensor("softplus", x).softplus();
}

/** The error function. */
export function erf(x: Tensor): Tensor {
  return requireTensor("erf", x).erf();
}

/** The opposite truth value. */
export function logicalNot(x: Tensor): Tensor {
  return requireTensor("logicalNot", x).logicalNot();
}

/** The same values, through which no gradient flows. */
export function detach(x: Tensor): Tensor {
  return requireTensor("detach", x).detach();
}

/** Elements limited to `[lo, hi]`; either bound may be left out. */
export function clamp(x: Tensor, lo?: number, hi?: number): Tensor {
  return requireTensor("clamp", x).clamp(lo, hi);
}

/** The same values in another dtype. */
export function to(x: Tensor, dtype: DType): Tensor {
  return requireTensor("to", x).to(dtype);
}

/** The same elements in another shape; one size may be -1. */
export function reshape(x: Tensor, ...sizes: Variadic): Tensor {
  return requireTensor("reshape", x).reshape(...sizes);
}

/** The same as `reshape`. */
export function view(x: Tensor, ...sizes: Variadic): Tensor {
  return requireTensor("view", x).view(...sizes);
}

/** Dimensions of size 1 repeated to the given sizes. */
export function expand(x: Tensor, ...sizes: Variadic): Tensor {
  return requireTensor("expand", x).expand(...sizes);
}

/** Dimensions in another order. */
export function permute(x: Tensor, ...order: Variadic): Tensor {
  return requireTensor("permute", x).permute(...order);
}

/** Two dimensions swapped. */
export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  return requireTensor("transpose", x).transpose(dim0, dim1);
}

/** Without dimension `dim` if its size is 1, or without all such dimensions. */
export function squeeze(x: Tensor, dim?: number): Tensor {
  return requireTensor("squeeze", x).squeeze(dim);
}

/** With a new dimension of size 1 at `dim`. */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  return requireTensor("unsqueeze", x).unsqueeze(dim);
}

/** Dimensions `start` to `end` as one. */
export function flatten(x: Tensor, start = 0, end = -1): Tensor {
  return requireTensor("flatten", x).flatten(start, end);
}

/** `length` elements of a dimension, from `start` on. */
export function narrow(x: Tensor, dim: number, start: number, length: number): Tensor {
  return requireTensor("narrow", x).narrow(dim, start, length);
}

/** Elements picked along a dimension by an int32 index of the result's shape. */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  return requireTensor("gather", x).gather(dim, index);
}

/** Whole slices picked along a dimension by a one-dimensional int32 index. */
export function indexSelect(x: Tensor, dim: number, index: Tensor): Tensor {
  return requireTensor("indexSelect", x).indexSelect(dim, index);
}

/** Sum over dimensions. */
export function sum(x: Tensor, dim?: Dims, keepdim = false): Tensor {
  return requireTensor("sum", x).sum(dim, keepdim);
}

/** Mean over dimensions. */
export function mean(x: Tensor, dim?: Dims, keepdim = false): Tensor {
  return requireTensor("mean", x).mean(dim, keepdim);
}

/** Largest element over dimensions. */
export function amax(x: Tensor, dim?: Dims, keepdim = false): Tensor {
  return requireTensor("amax", x).amax(dim, keepdim);
}

/** Smallest element over dimensions. */
export function amin(x: Tensor, dim?: Dims, keepdim = false): Tensor {
  return requireTensor("amin", x).amin(dim, keepdim);
}

/** Variance over dimensions, unbiased by default. */
function variance(x: Tensor, dim?: Dims, unbiased = true, keepdim = false): Tensor {
  return requireTensor("var", x).var(dim, unbiased, keepdim);
}

/** Running sum along a dimension. */
export function cumsum(x: Tensor, dim: number): Tensor {
  return requireTensor("cumsum", x).cumsum(dim);
}

/** Running product along a dimension. */
export function cumprod(x: Tensor, dim: number): Tensor {
  return requireTensor("cumprod", x).cumprod(dim);
}

/** Index of the largest element, as int32. */
export function argmax(x: Tensor, dim?: number, keepdim = false): Tensor {
  return requireTensor("argmax", x).argmax(dim, keepdim);
}

/** log(sum(exp x)) over dimensions, without overflow. */
export function logsumexp(x: Tensor, dim?: Dims, keepdim = false): Tensor {
  return requireTensor("logsumexp", x).logsumexp(dim, keepdim);
}

/** exp(x) divided by its sum along a dimension. */
export function softmax(x: Tensor, dim: number): Tensor {
  return requireTensor("softmax", x).softmax(dim);
}

/** Logarithm of the softmax along a dimension. */
export function logSoftmax(x: Tensor, dim: number): Tensor {
  return requireTensor("logSoftmax", x).logSoftmax(dim);
}

/** Matrix product; leading dimensions are broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  return requireTensor("matmul", a).matmul(b);
}

// "var" is a word of the language, so it can only be exported under that name.
export { variance as var };

/** Elements of `a` where the condition holds, of `b` elsewhere. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  const { dtype } = requireTensor("where", condition, "condition");
  if (dtype !== "bool") {
    throw new DTypeError(
      `where: the condition is ${dtype}, and takes bool; compare first, as in x.gt(0)`,
    );
  }
  // Two truth values are not counted, as they are in arithmetic: they make a mask.
  const first = typeof a === "boolean" ? full([], a) : lift("where", a, b);
  return first.where(condition, b);
}

function requireTensors(operation: string, tensors: readonly Tensor[]): void {
  if (!Array.isArray(tensors) || tensors.length === 0) {
    const given = Array.isArray(tensors) ? "an empty one" : describe(tensors);
    throw new ShapeError(`${operation}: takes an array of at least one tensor, not ${given}`);
  }
  tensors.forEach((tensor) => requireTensor(operation, tensor));
}

/** Tensors joined along a dimension they have; all other sizes are equal. */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  requireTensors("cat", tensors);
  const dtype = promote(tensors);
  const [first, ...rest] = tensors.map((tensor) => tensor.to(dtype));
  return first.apply("cat", rest, { dim: dimension("cat", dim, first.ndim) });
}

/** Tensors of one shape joined along a new dimension. */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  requireTensors("stack", tensors);
  const [first] = tensors;
  for (const { shape } of tensors) {
    if (!sameShape(shape, first.shape)) {
      throw new ShapeError(
        `stack: takes tensors of one shape, not ${format(first.shape)} and ${format(shape)}; ` +
          "reshape one, or join along a dimension they have with cat",
      );
    }
  }
  dimension("stack", dim, first.ndim + 1);
  return cat(tensors.map((tensor) => tensor.unsqueeze(dim)), dim);
}
