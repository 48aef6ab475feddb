/**
 * Mistakes in `clampToBounds`.
 *
 * @module
 */
import { type Tensor, where, zerosLike } from "genlab";
import type { Mistake } from "../corpus.ts";

type Clamp = (x: Tensor, lo: number, hi: number) => unknown;

/** Each names the check that has to catch it. */
export const clampMistakes: readonly Mistake<Clamp>[] = [
  {
    name: "flattened",
    check: "clamp-shape",
    says: /received the result of shape \[1\]|received the result of shape \[48\]/,
    code: (x, lo, hi) => x.ndim === 2 ? x.clamp(lo, hi) : x.clamp(lo, hi).reshape(-1),
  },
  {
    name: "the farthest value",
    check: "clamp-shape",
    says: /received the result of shape \[\]/,
    code: (x, lo, hi) => x.clamp(lo, hi).amax(),
  },
  {
    name: "whether x is within",
    check: "clamp-shape",
    says: /received the result of dtype bool/,
    code: (x, lo) => x.ge(lo),
  },
  {
    name: "squashed by tanh",
    check: "clamp-inside",
    says: /values within the bounds stay as they are/,
    code: (x, lo, hi) => x.tanh().add(1).mul((hi - lo) / 2).add(lo),
  },
  {
    name: "squashed by a sigmoid",
    check: "clamp-inside",
    says: /values within the bounds stay as they are/,
    code: (x, lo, hi) => x.sigmoid().mul(hi - lo).add(lo),
  },
  {
    name: "bounds the wrong way round",
    check: "clamp-inside",
    says: /values within the bounds stay as they are/,
    code: (x, lo, hi) => x.clamp(hi, lo),
  },
  {
    name: "minimum and maximum mixed up",
    check: "clamp-inside",
    says: /values within the bounds stay as they are/,
    code: (x, lo, hi) => x.minimum(lo).maximum(hi),
  },
  {
    name: "scaled to the bounds",
    check: "clamp-outside",
    says: /values beyond a bound come to that bound/,
    code: (x, lo, hi) => {
      const span = x.amax().sub(x.amin()).add(1e-6);
      return x.sub(x.amin()).div(span).mul(hi - lo).add(lo);
    },
  },
  {
    name: "scaled by the largest value",
    check: "clamp-outside",
    says: /values beyond a bound come to that bound/,
    code: (x, _, hi) => x.div(x.abs().amax().div(hi).maximum(1)),
  },
  {
    name: "rounded to whole numbers",
    check: "clamp-inside",
    says: /values within the bounds stay as they are/,
    code: (x, lo, hi) => x.clamp(lo, hi).to("int32").to("float32"),
  },
  {
    name: "zeros within",
    check: "clamp-inside",
    says: /values within the bounds stay as they are/,
    code: (x, lo, hi) => where(x.lt(lo), lo, where(x.gt(hi), hi, zerosLike(x))),
  },
  {
    name: "as it is",
    check: "clamp-outside",
    says: /values beyond a bound come to that bound/,
    code: (x) => x,
  },
  {
    name: "the upper bound alone",
    check: "clamp-outside",
    says: /expected the result = -1, received -/,
    code: (x, _, hi) => x.clamp(undefined, hi),
  },
  {
    name: "the lower bound alone",
    check: "clamp-outside",
    says: /expected the result = 1, received \d/,
    code: (x, lo) => x.clamp(lo),
  },
  {
    name: "zero beyond the bounds",
    check: "clamp-outside",
    says: /values beyond a bound come to that bound/,
    code: (x, lo, hi) => where(x.lt(lo), 0, where(x.gt(hi), 0, x)),
  },
  {
    name: "the other bound",
    check: "clamp-outside",
    says: /values beyond a bound come to that bound/,
    code: (x, lo, hi) => where(x.lt(lo), hi, where(x.gt(hi), lo, x)),
  },
  {
    name: "reflected at the bounds",
    check: "clamp-outside",
    says: /values beyond a bound come to that bound/,
    code: (x, lo, hi) =>
      where(x.gt(hi), x.neg().add(2 * hi), where(x.lt(lo), x.neg().add(2 * lo), x)),
  },
  {
    name: "moved in by the span, as on a circle",
    check: "clamp-outside",
    says: /values beyond a bound come to that bound/,
    code: (x, lo, hi) => where(x.gt(hi), x.sub(hi - lo), where(x.lt(lo), x.add(hi - lo), x)),
  },
  {
    name: "pictures left alone",
    check: "clamp-outside",
    says: /values beyond a bound come to that bound/,
    code: (x, lo, hi) => x.ndim > 2 ? x : x.clamp(lo, hi),
  },
  {
    name: "far values left alone",
    check: "clamp-outside",
    says: /for x = -?101,/,
    code: (x, lo, hi) => where(x.abs().gt(50), x, x.clamp(lo, hi)),
  },
  {
    name: "always from -1 to 1",
    check: "clamp-bounds",
    says: /the bounds are those that are passed in/,
    code: (x) => x.clamp(-1, 1),
  },
  {
    name: "always from 0 up",
    check: "clamp-inside",
    says: /values within the bounds stay as they are/,
    code: (x, _, hi) => x.clamp(0, hi),
  },
  {
    name: "opposite bounds by the upper",
    check: "clamp-bounds",
    says: /the bounds are those that are passed in/,
    code: (x, _, hi) => x.clamp(-hi, hi),
  },
  {
    name: "opposite bounds by the lower",
    check: "clamp-bounds",
    says: /the bounds are those that are passed in/,
    code: (x, lo) => x.clamp(lo, -lo),
  },
  {
    name: "a lower bound of 0 taken for none",
    check: "clamp-bounds",
    says: /lo = 0 and hi = 1/,
    code: (x, lo, hi) => x.clamp(lo || -1, hi),
  },
  {
    name: "an upper bound of 0 taken for none",
    check: "clamp-bounds",
    says: /lo = -2 and hi = 0/,
    code: (x, lo, hi) => x.clamp(lo, hi || 1),
  },
  {
    name: "clamped to pixels first",
    check: "clamp-bounds",
    says: /the bounds are those that are passed in/,
    code: (x, lo, hi) => x.clamp(-1, 1).clamp(lo, hi),
  },
  {
    name: "detached",
    check: "clamp-gradients",
    says: /slope 1 within the bounds and 0 outside/,
    code: (x, lo, hi) => x.clamp(lo, hi).detach(),
  },
  {
    name: "a gradient through the clamp",
    check: "clamp-gradients",
    says: /gradient by x\[[\d, ]+\] = 0, received/,
    code: (x, lo, hi) => x.add(x.clamp(lo, hi).sub(x).detach()),
  },
  {
    name: "a gradient through the upper bound",
    check: "clamp-gradients",
    says: /gradient by x\[[\d, ]+\] = 0, received/,
    code: (x, lo, hi) => {
      const low = x.maximum(lo);
      return low.add(low.minimum(hi).sub(low).detach());
    },
  },
];
