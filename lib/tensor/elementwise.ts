/**
 * Methods that work element by element. Operands are broadcast and brought to a common dtype as in
 * PyTorch; a function of a real number takes integers as float32.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../errors.ts";
import { checkDType, type DType, isFloat, promote } from "./dtype.ts";
import { composed } from "./guard.ts";
import { LEAF, Node, type Operand, requireOperand, requireTensor } from "./node.ts";
import type { Tensor } from "./tensor.ts";

/** Arithmetic, functions and comparisons. */
export abstract class Elementwise extends Node {
  /** Sum, element by element. */
  add(other: Operand): Tensor {
    return this.combine("add", other);
  }

  /** Difference, element by element. */
  sub(other: Operand): Tensor {
    return this.combine("sub", other);
  }

  /** Product, element by element. */
  mul(other: Operand): Tensor {
    return this.combine("mul", other);
  }

  /** Quotient, element by element; integers are divided as float32. */
  div(other: Operand): Tensor {
    return this.combine("div", other, "float32");
  }

  /** Power, element by element. Exponents 2 and 0.5 become a square and a square root. */
  pow(exponent: Operand): Tensor {
    if (exponent === 2) return this.square();
    if (exponent === 0.5) return this.sqrt();
    // x^0 is 1 for every x. Its derivative 0 x^(-1) would not be 0 at 0 when it is derived again.
    const base = exponent === 0 ? this.detach() : this.self;
    return base.combine("pow", exponent);
  }

  /** The larger of two elements. On a tie each gets half of the gradient. */
  maximum(other: Operand): Tensor {
    return this.combine("maximum", other);
  }

  /** The smaller of two elements. On a tie each gets half of the gradient. */
  minimum(other: Operand): Tensor {
    return this.combine("minimum", other);
  }

  /** Whether elements are equal, as bool. */
  eq(other: Operand): Tensor {
    return this.combine("eq", other);
  }

  /** Whether elements differ, as bool. */
  ne(other: Operand): Tensor {
    return composed("ne", () => this.eq(other).logicalNot());
  }

  /** Whether elements are smaller than the other's, as bool. */
  lt(other: Operand): Tensor {
    return this.combine("lt", other);
  }

  /** Whether elements are at most the other's, as bool. */
  le(other: Operand): Tensor {
    return this.combine("le", other);
  }

  /** Whether elements are larger than the other's, as bool. */
  gt(other: Operand): Tensor {
    return composed("gt", () => this.swapped("gt", other).lt(this.self));
  }

  /** Whether elements are at least the other's, as bool. */
  ge(other: Operand): Tensor {
    return composed("ge", () => this.swapped("ge", other).le(this.self));
  }

  /** Minus x. */
  neg(): Tensor {
    return this.apply("neg", [], {});
  }

  /** Absolute value; slope 0 at 0. */
  abs(): Tensor {
    return this.apply("abs", [], {});
  }

  /** x squared. */
  square(): Tensor {
    return composed("square", () => this.mul(this.self));
  }

  /** max(x, 0); slope 0 at 0. */
  relu(): Tensor {
    return this.apply("relu", [], {});
  }

  /** e to the x. */
  exp(): Tensor {
    return this.real("exp");
  }

  /** Natural logarithm. */
  log(): Tensor {
    return this.real("log");
  }

  /** log(1 + x), exact for small x. */
  log1p(): Tensor {
    return this.real("log1p");
  }

  /** exp(x) - 1, exact for small x. */
  expm1(): Tensor {
    return this.real("expm1");
  }

  /** Square root. */
  sqrt(): Tensor {
    return this.real("sqrt");
  }

  /** Sine of an angle in radians. */
  sin(): Tensor {
    return this.real("sin");
  }

  /** Cosine of an angle in radians. */
  cos(): Tensor {
    return this.real("cos");
  }

  /** Hyperbolic tangent. */
  tanh(): Tensor {
    return this.real("tanh");
  }

  /** 1 / (1 + exp(-x)). */
  sigmoid(): Tensor {
    return this.real("sigmoid");
  }

  /** x sigmoid(x), also called swish. */
  silu(): Tensor {
    return this.floating().apply("silu", [], {});
  }

  /** log(1 + exp x) = max(x, 0) + log(1 + exp(-|x|)), without overflow. */
  softplus(): Tensor {
    const x = this.floating();
    return x.relu().add(x.apply("softplusTail", [], {}));
  }

  /** The error function. */
  erf(): Tensor {
    return this.real("erf");
  }

  /** The opposite truth value. */
  logicalNot(): Tensor {
    return this.apply("logicalNot", [], {});
  }

  /**
   * Elements limited to `[lo, hi]`; either may be left out (`undefined`). At the bounds the gradient
   * still passes, as in PyTorch. Where `lo` is above `hi` all elements are `hi`.
   *
   * @throws {ShapeError} if neither bound is given
   * @throws {GenlabError} if one is NaN
   */
  clamp(lo?: number, hi?: number): Tensor {
    if (lo === undefined && hi === undefined) {
      throw new ShapeError("clamp: takes a lower bound, an upper bound, or both: clamp(0, 1)");
    }
    const limits = [lo ?? 0, hi ?? 0].map((x) => requireOperand("clamp", x));
    if (Number.isNaN(lo) || Number.isNaN(hi)) {
      throw new GenlabError(
        `clamp: the bounds are ${lo} and ${hi}; NaN bounds nothing: leave a bound out, or look for ` +
          "where it comes from",
      );
    }
    const dtype = promote([this.self, ...limits.map(asNumber)]);
    const [lowest, highest] = dtype === "int32" ? [-(2 ** 31), 2 ** 31 - 1] : [-Infinity, Infinity];
    const bounds = [lo ?? lowest, hi ?? highest].map((x) => this.coerce("clamp", x, dtype));
    return this.to(dtype).apply("clamp", bounds, {});
  }

  /** This tensor's elements where the condition holds, the other's elsewhere. */
  where(condition: Tensor, other: Operand): Tensor {
    const given = requireOperand("where", other);
    const dtype = typeof given === "boolean" && this.dtype === "bool"
      ? "bool"
      : promote([this.self, asNumber(given)]);
    return requireTensor("where", condition, "condition").apply("where", [
      this.to(dtype),
      this.coerce("where", other, dtype),
    ], {});
  }

  /** The same values in another dtype; to int32 they are cut off towards 0. */
  to(dtype: DType): Tensor {
    checkDType("to", dtype);
    return dtype === this.dtype ? this.self : this.apply("cast", [], { dtype });
  }

  /**
   * The same values, through which no gradient flows. What they were made from is let go once they
   * are computed: detach what a long loop hands on from step to step.
   */
  detach(): Tensor {
    return this.values === undefined
      ? this.apply("detach", [], {})
      : this.make(this, LEAF, this.values);
  }

  /** A function of a real number: integers and truth values become float32 first. */
  private real(
    primitive:
      | ("exp" | "log" | "log1p" | "expm1" | "sqrt" | "sin" | "cos")
      | ("tanh" | "sigmoid" | "erf"),
  ): Tensor {
    return this.floating().apply(primitive, [], {});
  }

  /** This tensor if it is of a floating dtype, else as float32. */
  protected floating(): Tensor {
    return isFloat(this.dtype) ? this.self : this.to("float32");
  }

  /** The other operand as a tensor of the common dtype, to compare from its side. */
  private swapped(operation: string, other: Operand): Tensor {
    const given = requireOperand(operation, other);
    return this.coerce(operation, given, promote([this.self, asNumber(given)]));
  }
}

/** A truth value as the number it counts as in promotion. */
function asNumber(operand: Operand): Tensor | number {
  return typeof operand === "boolean" ? Number(operand) : operand;
}
