/**
 * Primitives that rearrange elements without computing anything.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";
import { broadcastsTo, checkShape, format, sameShape, sizeOf } from "../shape.ts";
import type { PrimitiveAttributes } from "./mod.ts";
import { requireSameDType, type Rule } from "./rule.ts";

const reshape: Rule<PrimitiveAttributes["reshape"]> = {
  arity: 1,
  result: ([x], { shape }) => {
    checkShape("reshape", shape);
    if (sizeOf(shape) !== sizeOf(x.shape)) {
      throw new ShapeError(
        `reshape: ${format(x.shape)} holds ${sizeOf(x.shape)} elements and ${format(shape)} ` +
          `${sizeOf(shape)}; the counts must be equal (one size may be -1 to be worked out)`,
      );
    }
    return { shape, dtype: x.dtype };
  },
  gradient: ({ g, inputs: [x] }) => [g.reshape(x.shape)],
};

const expand: Rule<PrimitiveAttributes["expand"]> = {
  arity: 1,
  result: ([x], { shape }) => {
    checkShape("expand", shape);
    if (!broadcastsTo(x.shape, shape)) {
      throw new ShapeError(
        `expand: ${format(x.shape)} does not expand to ${format(shape)}: counted from the last, ` +
          `each size must be 1 or stay as it is; unsqueeze or reshape it first`,
      );
    }
    return { shape, dtype: x.dtype };
  },
  // Every copy passes its gradient on: grad sums them back to the input's shape.
  gradient: ({ g }) => [g],
};

const permute: Rule<PrimitiveAttributes["permute"]> = {
  arity: 1,
  result: ([x], { order }) => {
    const sorted = order.toSorted((a, b) => a - b);
    if (sorted.length !== x.shape.length || sorted.some((dim, i) => dim !== i)) {
      throw new ShapeError(
        `permute: ${format(order)} is no order of the ${x.shape.length} dimensions of ` +
          `${format(x.shape)}; name each dimension once`,
      );
    }
    return { shape: order.map((dim) => x.shape[dim]), dtype: x.dtype };
  },
  gradient: ({ g, attributes: { order } }) => {
    const inverse = order.map((_, dim) => order.indexOf(dim));
    return [g.permute(inverse)];
  },
};

const narrow: Rule<PrimitiveAttributes["narrow"]> = {
  arity: 1,
  result: ([x], { dim, start, length }) => {
    const size = x.shape[dim];
    const whole = Number.isInteger(start) && Number.isInteger(length);
    if (!whole || start < 0 || length < 0 || start + length > size) {
      throw new ShapeError(
        `narrow: elements ${start} to ${start + length} do not lie in dimension ${dim} of ` +
          `${format(x.shape)}, which has ${size}; start and length are whole numbers of at least 0`,
      );
    }
    return { shape: x.shape.with(dim, length), dtype: x.dtype };
  },
  gradient: ({ g, inputs: [x], attributes: { dim, start, length } }) => [
    g.pad(dim, start, x.shape[dim] - start - length),
  ],
};

const pad: Rule<PrimitiveAttributes["pad"]> = {
  arity: 1,
  result: ([x], { dim, before, after }) => {
    checkShape("pad", [before, after]);
    return { shape: x.shape.with(dim, before + x.shape[dim] + after), dtype: x.dtype };
  },
  gradient: ({ g, inputs: [x], attributes: { dim, before } }) => [
    g.narrow(dim, before, x.shape[dim]),
  ],
};

const cat: Rule<PrimitiveAttributes["cat"]> = {
  arity: Infinity,
  result: (inputs, { dim }) => {
    const dtype = requireSameDType("cat", inputs);
    const first = inputs[0].shape;
    for (const { shape } of inputs) {
      const fits = shape.length === first.length && dim < shape.length &&
        sameShape(shape.with(dim, 0), first.with(dim, 0));
      if (!fits) {
        throw new ShapeError(
          `cat: shapes ${format(first)} and ${format(shape)} do not line up along dimension ` +
            `${dim}: all other sizes must be equal; reshape one, or use stack for a new dimension`,
        );
      }
    }
    const size = inputs.reduce((total, { shape }) => total + shape[dim], 0);
    return { shape: first.with(dim, size), dtype };
  },
  gradient: ({ g, inputs, attributes: { dim } }) => {
    let start = 0;
    return inputs.map(({ shape }) => {
      const part = g.narrow(dim, start, shape[dim]);
      start += shape[dim];
      return part;
    });
  },
};

/** The movements. */
export const MOVEMENT = { reshape, expand, permute, narrow, pad, cat };
