/**
 * Methods that rearrange elements: shapes, order, parts, and elements by index.
 *
 * @module
 */
import { ShapeError } from "../errors.ts";
import { Elementwise } from "./elementwise.ts";
import { composed } from "./guard.ts";
import { requireTensor } from "./node.ts";
import { checkShape, dimension, format, sameShape, type Shape, sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** Sizes or dimensions given one by one or as one array. */
export type Variadic = readonly number[] | readonly [readonly number[]];

/** A variadic argument as a plain list. */
function list(sizes: Variadic): readonly number[] {
  return Array.isArray(sizes[0]) ? sizes[0] : sizes as readonly number[];
}

/** Reshaping, reordering and indexing. */
export abstract class Movement extends Elementwise {
  /**
   * The same elements in another shape; one size may be -1 and is worked out.
   *
   * @throws {ShapeError} where the number of elements differs
   */
  reshape(...sizes: Variadic): Tensor {
    const shape = this.inferSize(list(sizes));
    return sameShape(shape, this.shape) ? this.self : this.apply("reshape", [], { shape });
  }

  /** The same as `reshape`: tensors here are never views. */
  view(...sizes: Variadic): Tensor {
    return composed("view", () => this.reshape(...sizes));
  }

  /**
   * Dimensions of size 1 repeated to the given sizes; -1 leaves one as it is, and new dimensions come
   * in front.
   */
  expand(...sizes: Variadic): Tensor {
    const wanted = list(sizes);
    const offset = wanted.length - this.ndim;
    if (wanted.slice(0, Math.max(0, offset)).includes(-1)) {
      throw new ShapeError(
        `expand: ${format(wanted)} asks for -1, a size to stay as it is, in front of ` +
          `${format(this.shape)}, where there is none; new dimensions take a size`,
      );
    }
    const shape = wanted.map((size, i) => size === -1 ? this.shape[i - offset] : size);
    return sameShape(shape, this.shape) ? this.self : this.apply("expand", [], { shape });
  }

  /** Dimensions in another order. */
  permute(...order: Variadic): Tensor {
    const resolved = list(order).map((dim) => dimension("permute", dim, this.ndim));
    return this.apply("permute", [], { order: resolved });
  }

  /** Two dimensions swapped. */
  transpose(dim0: number, dim1: number): Tensor {
    const [a, b] = [dim0, dim1].map((dim) => dimension("transpose", dim, this.ndim));
    const order = this.shape.map((_, i) => i === a ? b : i === b ? a : i);
    return this.permute(order);
  }

  /** Without dimension `dim` if its size is 1; without all dimensions of size 1 if none is named. */
  squeeze(dim?: number): Tensor {
    const only = dim === undefined ? undefined : dimension("squeeze", dim, this.ndim);
    const dropped = (i: number) => this.shape[i] === 1 && (only === undefined || only === i);
    return this.reshape(this.shape.filter((_, i) => !dropped(i)));
  }

  /** With a new dimension of size 1 at `dim`. */
  unsqueeze(dim: number): Tensor {
    return this.reshape(this.shape.toSpliced(dimension("unsqueeze", dim, this.ndim + 1), 0, 1));
  }

  /** Dimensions `start` to `end`, both included, as one. */
  flatten(start = 0, end = -1): Tensor {
    // A scalar counts as one dimension of size 1.
    const shape = this.ndim === 0 ? [1] : this.shape;
    const [from, to] = [start, end].map((dim) => dimension("flatten", dim, shape.length));
    if (from > to) {
      throw new ShapeError(
        `flatten: dimension ${start} lies behind ${end} in ${format(this.shape)}`,
      );
    }
    const size = sizeOf(shape.slice(from, to + 1));
    return this.reshape(shape.toSpliced(from, to + 1 - from, size));
  }

  /** `length` elements of a dimension, from `start` on. */
  narrow(dim: number, start: number, length: number): Tensor {
    const resolved = dimension("narrow", dim, this.ndim);
    const from = start < 0 ? start + this.shape[resolved] : start;
    return this.apply("narrow", [], { dim: resolved, start: from, length });
  }

  /** Zeros added before and after a dimension. */
  pad(dim: number, before: number, after: number): Tensor {
    return this.apply("pad", [], { dim: dimension("pad", dim, this.ndim), before, after });
  }

  /**
   * Elements picked along a dimension: `out[i][j] = x[index[i][j]][j]` for dimension 0.
   *
   * @param index int32, from 0 to below the dimension's size, in the shape of the result. One out of
   * range is refused where it is known. Where a graph computes it, a negative one counts from the end,
   * and one that is too large is an error on the CPU and not looked for on a GPU.
   */
  gather(dim: number, index: Tensor): Tensor {
    return this.apply("gather", [requireTensor("gather", index, "index")], {
      dim: dimension("gather", dim, this.ndim),
    });
  }

  /**
   * Zeros of a shape, with each element of this tensor added at its index along a dimension; the
   * opposite of `gather`.
   *
   * @param index int32, from 0 to below the dimension's size, in the shape of this tensor. One out of
   * range is refused where it is known; where a graph computes it, its element may be left out.
   */
  scatterAdd(dim: number, index: Tensor, shape: Shape): Tensor {
    checkShape("scatterAdd", shape);
    return this.apply("scatterAdd", [index], {
      dim: dimension("scatterAdd", dim, shape.length),
      shape,
    });
  }

  /** Whole slices picked along a dimension, in the order of a one-dimensional int32 index. */
  indexSelect(dim: number, index: Tensor): Tensor {
    const resolved = dimension("indexSelect", dim, this.ndim);
    requireTensor("indexSelect", index, "index");
    if (index.ndim !== 1) {
      throw new ShapeError(
        `indexSelect: the index has shape ${format(index.shape)}; it takes one dimension: ` +
          `flatten it, or use gather`,
      );
    }
    const column = this.shape.map((_, i) => i === resolved ? index.size : 1);
    const everywhere = this.shape.with(resolved, index.size);
    return composed(
      "indexSelect",
      () => this.gather(resolved, index.reshape(column).expand(everywhere)),
    );
  }

  /** Sizes with the -1 among them worked out. */
  private inferSize(sizes: readonly number[]): readonly number[] {
    const unknown = sizes.indexOf(-1);
    if (unknown < 0) return sizes;
    const known = sizeOf(sizes.toSpliced(unknown, 1));
    if (known <= 0 || this.size % known !== 0) {
      throw new ShapeError(
        `reshape: ${format(this.shape)} with its ${this.size} elements does not divide into ` +
          `${format(sizes)}; the sizes beside one -1 must divide the number of elements`,
      );
    }
    return sizes.with(unknown, this.size / known);
  }
}
