/**
 * The tensor: a node of an immutable lazy graph, with methods to build more of it and one way to
 * read its values.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../errors.ts";
import type { TypedArray } from "./dtype.ts";
import { evaluate } from "./evaluator.ts";
import { LEAF, type Origin, requireTensor } from "./node.ts";
import { formatTensor } from "./print.ts";
import type { Signature } from "./primitives/rule.ts";
import { Reductions } from "./reduction.ts";
import { format, sizeOf } from "./shape.ts";

/** Nested arrays of numbers or truth values, as deep as the tensor has dimensions. */
export type Nested = number | boolean | Nested[];

/**
 * An n-dimensional array that is not computed until it is read.
 *
 * Operations check shapes and dtypes at once and return new tensors; `data`, `item` and `tolist`
 * compute. Nothing about a tensor changes after it is made.
 *
 * @example
 * ```ts
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const x = tensor([[1, 2], [3, 4]]);
 * const y = x.mul(10).sum(0);
 * assertEquals(y.shape, [2]);
 * assertEquals(await y.tolist(), [40, 60]);
 * ```
 */
export class Tensor extends Reductions {
  /** A leaf with known values; `values` is kept, not copied. */
  static fromValues(values: TypedArray, signature: Signature): Tensor {
    return new Tensor(signature, LEAF, values);
  }

  /** A leaf that stands for values to come. */
  static symbol({ shape, dtype }: Signature): Tensor {
    return new Tensor({ shape, dtype }, LEAF);
  }

  /** This tensor. */
  protected override get self(): Tensor {
    return this;
  }

  /** A new tensor. */
  protected override make(signature: Signature, origin: Origin, values?: TypedArray): Tensor {
    return new Tensor(signature, origin, values);
  }

  /**
   * Matrix product, `[..., n, k]` times `[..., k, m]` to `[..., n, m]`: leading dimensions are
   * broadcast, and a vector `[k]` counts as a row or a column.
   *
   * @throws {ShapeError} if an operand is a scalar, or the shapes do not fit
   * @throws {DTypeError} if the dtypes differ, or are bool
   */
  matmul(other: Tensor): Tensor {
    requireTensor("matmul", other);
    if (this.ndim === 0 || other.ndim === 0) {
      throw new ShapeError(
        `matmul: cannot multiply ${format(this.shape)} and ${format(other.shape)}: ` +
          `a scalar has no rows or columns; use mul`,
      );
    }
    const a = this.ndim === 1 ? this.unsqueeze(0) : this;
    const b = other.ndim === 1 ? other.unsqueeze(1) : other;
    let product = a.apply("matmul", [b], {});
    if (other.ndim === 1) product = product.squeeze(-1);
    return this.ndim === 1 ? product.squeeze(other.ndim === 1 ? -1 : -2) : product;
  }

  /** The values in row-major order, computed if need be; booleans as 0 and 1. A copy. */
  data(): Promise<TypedArray> {
    return this.read().then((values) => values.slice());
  }

  /**
   * The value of a tensor of one element.
   *
   * @throws {ShapeError} if there are more, or none
   */
  item(): Promise<number> {
    if (this.size !== 1) {
      throw new ShapeError(
        `item: the tensor has shape ${format(this.shape)} and ${this.size} elements; item reads ` +
          `one: reduce it first, or read all with data or tolist`,
      );
    }
    return this.read().then((values) => values[0]);
  }

  /** The values as nested arrays; a scalar as a plain number. */
  tolist(): Promise<Nested> {
    return this.read().then((values) => {
      const leaf = (i: number) => this.dtype === "bool" ? values[i] !== 0 : values[i];
      const nest = (dim: number, start: number): Nested => {
        if (dim === this.ndim) return leaf(start);
        const stride = sizeOf(this.shape.slice(dim + 1));
        return Array.from({ length: this.shape[dim] }, (_, i) => nest(dim + 1, start + i * stride));
      };
      return nest(0, 0);
    });
  }

  /** The values as NumPy would print them, or a note that there are none yet. */
  override toString(): string {
    return formatTensor(this);
  }

  /** Shows the tensor in `console.log`. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** Refuses `x + 1` and `x < y`, which JavaScript would compute from something else. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new GenlabError(
      "a tensor is not a number: JavaScript's operators do not work on it; " +
        "use methods such as x.add(y), x.mul(2), x.lt(0)",
    );
  }

  /** The values themselves; evaluates outside a promise so that misuse throws on the caller's line. */
  private read(): Promise<TypedArray> {
    return evaluate([this]).then(() => this.values!);
  }
}
