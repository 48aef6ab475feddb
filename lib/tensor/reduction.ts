/**
 * Methods that reduce dimensions, the ones built on them, and running sums and products.
 *
 * @module
 */
import { ShapeError } from "../errors.ts";
import { composed } from "./guard.ts";
import { Movement } from "./movement.ts";
import { dimension, dimensions, format, sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** The largest finite number of each floating dtype. */
const LARGEST = { float32: (2 - 2 ** -23) * 2 ** 127, float64: Number.MAX_VALUE };

/**
 * One dimension, several, or all of them when left out. An empty list is none of them, as in NumPy;
 * PyTorch 1.13 takes it for all.
 */
export type Dims = number | readonly number[];

/** Sums, extremes, statistics and softmax. */
export abstract class Reductions extends Movement {
  /**
   * Sum over dimensions; truth values are counted. int32 stays int32, and wraps around beyond its
   * range, where PyTorch goes over to int64.
   */
  sum(dim?: Dims, keepdim = false): Tensor {
    return this.reduce("sum", dim, keepdim);
  }

  /** Mean over dimensions; integers and truth values as float32. */
  mean(dim?: Dims, keepdim = false): Tensor {
    const count = sizeOf(dimensions("mean", dim, this.ndim).map((i) => this.shape[i]));
    return composed("mean", () => this.floating().sum(dim, keepdim).div(count));
  }

  /**
   * Largest element over dimensions; ties share the gradient. NaN is passed over unless it comes first,
   * where PyTorch's `amax` gives NaN.
   */
  amax(dim?: Dims, keepdim = false): Tensor {
    return this.reduce("amax", dim, keepdim);
  }

  /** Smallest element over dimensions; ties share the gradient. NaN is treated as by `amax`. */
  amin(dim?: Dims, keepdim = false): Tensor {
    return this.reduce("amin", dim, keepdim);
  }

  /**
   * Variance over dimensions, divided by n - 1, or by n where `unbiased` is false.
   *
   * @throws {ShapeError} where the unbiased variance of one element is asked for
   */
  var(dim?: Dims, unbiased = true, keepdim = false): Tensor {
    const dims = dimensions("var", dim, this.ndim);
    const count = sizeOf(dims.map((i) => this.shape[i]));
    if (unbiased && count === 1) {
      throw new ShapeError(
        `var: dimensions ${format(dims)} of ${format(this.shape)} hold one element, which has no ` +
          `unbiased variance; reduce over more, or give unbiased = false`,
      );
    }
    const x = this.floating();
    return composed(
      "var",
      () => x.sub(x.mean(dims, true)).square().sum(dims, keepdim).div(count - Number(unbiased)),
    );
  }

  /**
   * Running sum along a dimension: each element is the sum of all up to it; truth values are counted.
   * int32 wraps around as in `sum`.
   */
  cumsum(dim: number): Tensor {
    return this.scan("cumsum", dim, (before, own) => own.add(before));
  }

  /**
   * Running product along a dimension: each element is the product of all up to it. int32 wraps
   * around as in `sum`.
   *
   * @example A half, of that a half, of that four times as much
   * ```ts
   * import { tensor } from "genlab";
   * import { assertEquals } from "@std/assert";
   *
   * const left = tensor([0.5, 0.5, 4]).cumprod(0);
   * assertEquals(await left.tolist(), [0.5, 0.25, 1]);
   * ```
   */
  cumprod(dim: number): Tensor {
    return this.scan("cumprod", dim, (before, own) => own.mul(before));
  }

  /**
   * Index of the largest element along a dimension, of the first on a tie; int32. Flattens if none is
   * named. NaN may be passed over.
   */
  argmax(dim?: number, keepdim = false): Tensor {
    const x = this.dtype === "bool" ? this.to("int32") : this.self;
    if (dim === undefined) {
      const index = x.flatten().apply("argmax", [], { dim: 0, keepdim: false });
      return keepdim ? index.reshape(this.shape.map(() => 1)) : index;
    }
    return x.apply("argmax", [], { dim: dimension("argmax", dim, this.ndim), keepdim });
  }

  /** log(sum(exp x)) over dimensions, without overflow. */
  logsumexp(dim?: Dims, keepdim = false): Tensor {
    const dims = dimensions("logsumexp", dim, this.ndim);
    const x = this.floating();
    // The peak is a constant for the gradient: it cancels. An infinite one would give inf - inf.
    const largest = LARGEST[x.dtype === "float64" ? "float64" : "float32"];
    const peak = composed("logsumexp", () => x.amax(dims, true)).detach().clamp(-largest, largest);
    const result = x.sub(peak).exp().sum(dims, true).log().add(peak);
    return keepdim ? result : dims.reduceRight((y, i) => y.squeeze(i), result);
  }

  /** exp(x) divided by its sum along a dimension. */
  softmax(dim: number): Tensor {
    const weights = this.belowPeak("softmax", dim).exp();
    return weights.div(weights.sum(dim, true));
  }

  /** Logarithm of the softmax along a dimension, without overflow. */
  logSoftmax(dim: number): Tensor {
    const x = this.belowPeak("logSoftmax", dim);
    return x.sub(x.exp().sum(dim, true).log());
  }

  /** x less its largest element along a dimension, which softmax does not depend on. */
  private belowPeak(operation: string, dim: number): Tensor {
    dimension(operation, dim, this.ndim);
    const x = this.floating();
    return x.sub(composed(operation, () => x.amax(dim, true)).detach());
  }

  /**
   * Combines each element with all before it, by doubling: after the first round each stands for two,
   * after the second for four (Hillis and Steele 1986). float32 is added and multiplied in float64, as
   * PyTorch does on a CPU: a thousand roundings would show, and a part of a product may overflow.
   */
  private scan(
    operation: string,
    dim: number,
    combine: (before: Tensor, own: Tensor) => Tensor,
  ): Tensor {
    const along = dimension(operation, dim, this.ndim);
    const count = this.shape[along];
    const dtype = this.dtype === "bool" ? "int32" : this.dtype;
    let result = this.to(dtype === "float32" ? "float64" : dtype);
    for (let reach = 1; reach < count; reach *= 2) {
      const before = result.narrow(along, 0, count - reach);
      const own = result.narrow(along, reach, count - reach);
      const done = result.narrow(along, 0, reach);
      result = done.apply("cat", [combine(before, own)], { dim: along });
    }
    return result.to(dtype);
  }

  /** A reduction that exists as a primitive; truth values are counted. */
  private reduce(primitive: "sum" | "amax" | "amin", dim?: Dims, keepdim = false): Tensor {
    const x = this.dtype === "bool" ? this.to("int32") : this.self;
    const dims = dimensions(primitive, dim, this.ndim);
    return dims.length === 0 ? x : x.apply(primitive, [], { dims, keepdim });
  }
}
