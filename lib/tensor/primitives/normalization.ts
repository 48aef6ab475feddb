/**
 * Primitives that bring numbers to mean 0 and variance 1. The variance is that of the numbers at hand,
 * divided by n, and a small eps is added to it.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../../errors.ts";
import { format, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { FLOATS, requireDType, requireSameDType, type Rule } from "./rule.ts";

/** How rows are normalised. */
export interface Normalization {
  /** Added to the variance; at least 0. */
  readonly eps: number;
}

/** How groups of channels are normalised. */
export interface GroupNormalization extends Normalization {
  /** How many groups the channels of an example are split into. */
  readonly groups: number;
}

/** Checks what is added to the variance. */
function requireEps(operation: string, eps: number): void {
  if (Number.isFinite(eps) && eps >= 0) return;
  throw new GenlabError(
    `${operation}: eps is ${eps}; it is a finite number of at least 0, such as 1e-5`,
  );
}

/** Checks that there are numbers along the last dimension. */
function requireRows(operation: string, shape: readonly number[]): void {
  if ((shape.at(-1) ?? 0) > 0) return;
  throw new ShapeError(
    `${operation}: shape ${
      format(shape)
    } has no elements along a last dimension to take the mean of`,
  );
}

/** Mean over the last dimension. */
function rowMean(x: Tensor): Tensor {
  return x.mean(-1, true);
}

const standardize: Rule<Normalization> = {
  arity: 1,
  result: ([{ shape, dtype }], { eps }) => {
    requireDType("standardize", dtype, FLOATS);
    requireEps("standardize", eps);
    requireRows("standardize", shape);
    return { shape, dtype };
  },
  // y = (x - mean x) r:  dy = r (dx - mean dx - y mean(y dx)), which is its own transpose
  gradient: ({ g, inputs: [x], output: y, attributes }) => {
    const r = x.apply("inverseDeviation", [], attributes);
    return [g.sub(rowMean(g)).sub(y.mul(rowMean(g.mul(y)))).mul(r)];
  },
};

const inverseDeviation: Rule<Normalization> = {
  arity: 1,
  result: ([{ shape, dtype }], { eps }) => {
    requireDType("inverseDeviation", dtype, FLOATS);
    requireEps("inverseDeviation", eps);
    requireRows("inverseDeviation", shape);
    return { shape: shape.with(-1, 1), dtype };
  },
  // d((var x + eps)^(-1/2)) = -r^2 mean(y dx)
  gradient: ({ g, inputs: [x], output: r, attributes }) => {
    const y = x.apply("standardize", [], attributes);
    return [y.mul(g.mul(r.square()).div(-x.shape[x.ndim - 1]))];
  },
};

/**
 * Input `[B, C, ...]`, and scale and shift of each channel, `[C]` or for each example its own,
 * `[B, C]`: standardize(group) scale + shift.
 */
const groupNorm: Rule<GroupNormalization> = {
  arity: 3,
  result: ([x, scale, shift], { groups, eps }) => {
    requireDType("groupNorm", requireSameDType("groupNorm", [x, scale, shift]), FLOATS);
    requireEps("groupNorm", eps);
    const [batch, channels] = x.shape;
    if (x.shape.length < 2 || !Number.isInteger(channels / groups) || groups < 1) {
      throw new ShapeError(
        `groupNorm: the channels of ${format(x.shape)} (dimension 1) do not divide into ` +
          `${groups} groups; choose a divisor`,
      );
    }
    for (const [what, { shape }] of [["weight", scale], ["bias", shift]] as const) {
      if (!sameShape(shape, [channels]) && !sameShape(shape, [batch, channels])) {
        throw new ShapeError(
          `groupNorm: the ${what} has shape ${format(shape)}; it takes one number a channel of ` +
            `${format(x.shape)}, [${channels}], or one for each example and channel, ` +
            `[${batch}, ${channels}]`,
        );
      }
    }
    return { shape: x.shape, dtype: x.dtype };
  },
  // With n = standardize(group) and G = g scale:  dx = r (G - mean G - n mean(n G)), where both means
  // over a group are made of sums over channels, which are the gradients of shift and scale as well.
  gradient: ({ g, inputs: [x, scale], attributes: { groups, eps } }) => {
    const [batch, channels] = x.shape;
    const rows = x.reshape([batch, groups, -1]);
    const r = rows.apply("inverseDeviation", [], { eps });
    const n = rows.apply("standardize", [], { eps }).reshape([batch, channels, -1]);
    const slopes = g.reshape([batch, channels, -1]);
    const shifts = slopes.sum(2);
    const scales = slopes.mul(n).sum(2);
    const ofGroup = (sums: Tensor) =>
      sums.mul(scale).reshape([batch, groups, -1]).sum(2, true).div(rows.shape[2]).mul(r);
    const ofChannel = (values: Tensor) =>
      values.expand([batch, groups, channels / groups]).reshape([batch, channels, 1]);
    const gx = slopes.mul(ofChannel(r).mul(scale.unsqueeze(-1)))
      .sub(n.mul(ofChannel(ofGroup(scales))).add(ofChannel(ofGroup(shifts))));
    return [gx.reshape(x.shape), scales, shifts];
  },
};

/** The normalisations. */
export const NORMALIZATION = { standardize, inverseDeviation, groupNorm };
