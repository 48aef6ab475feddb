/**
 * Mistakes in `timeEmbedding`.
 *
 * @module
 */
import { arange, cat, pow, stack, type Tensor, zeros } from "genlab";
import { timeEmbedding } from "../../../exercises/d_ddpm/solution.ts";
import type { Mistake } from "../corpus.ts";

type Embedding = (t: Tensor, dim: number, period?: number) => unknown;

/** The angles `[B, dim / 2]` for frequencies period^(-exponent(k)). */
function angles(t: Tensor, dim: number, exponent: (k: Tensor) => Tensor, period = 10000): Tensor {
  const k = arange(dim / 2, { dtype: "float32" });
  return t.to("float32").unsqueeze(1).mul(pow(period, exponent(k).neg()));
}

/** Sines and cosines in turn. */
function inTurn(angle: Tensor): Tensor {
  return stack([angle.sin(), angle.cos()], 2).flatten(1);
}

/** Each names the check that has to catch it. */
export const embeddingMistakes: readonly Mistake<Embedding>[] = [
  {
    name: "twice as long",
    check: "embedding-shape",
    says: /of shape \[3, 8\], received the embedding of shape \[3, 16\]/,
    code: (t, dim, period) => timeEmbedding(t, 2 * dim, period),
  },
  {
    name: "sines alone",
    check: "embedding-shape",
    says: /received the embedding of shape \[3, 4\]/,
    code: (t, dim, period) => angles(t, dim, (k) => k.mul(2 / dim), period).sin(),
  },
  {
    name: "pairs not put in a row",
    check: "embedding-shape",
    says: /received the embedding of shape \[3, 4, 2\]/,
    code: (t, dim, period) => timeEmbedding(t, dim, period).reshape(t.shape[0], dim / 2, 2),
  },
  {
    name: "times beside frequencies",
    check: "embedding-shape",
    says: /do not broadcast|received the embedding/,
    code: (t, dim) => inTurn(t.mul(pow(10000, arange(dim / 2).mul(-2 / dim))).unsqueeze(1)),
  },
  {
    name: "the embedding turned over",
    check: "embedding-shape",
    says: /received the embedding of shape \[8, 3\]/,
    code: (t, dim, period) => timeEmbedding(t, dim, period).transpose(0, 1),
  },
  {
    name: "halves, sines first",
    check: "embedding-order",
    says: /in turn, sines first.*embedding\(0\)\[1\] = 1, received 0/,
    code: (t, dim, period) => {
      const angle = angles(t, dim, (k) => k.mul(2 / dim), period);
      return cat([angle.sin(), angle.cos()], 1);
    },
  },
  {
    name: "halves, cosines first",
    check: "embedding-order",
    says: /in turn, sines first/,
    code: (t, dim, period) => {
      const angle = angles(t, dim, (k) => k.mul(2 / dim), period);
      return cat([angle.cos(), angle.sin()], 1);
    },
  },
  {
    name: "in turn, cosines first",
    check: "embedding-order",
    says: /embedding\(0\)\[0\] = 0, received 1/,
    code: (t, dim, period) => {
      const angle = angles(t, dim, (k) => k.mul(2 / dim), period);
      return stack([angle.cos(), angle.sin()], 2).flatten(1);
    },
  },
  {
    name: "stacked along the wrong dimension",
    check: "embedding-order",
    says: /in turn, sines first/,
    code: (t, dim, period) => {
      const angle = angles(t, dim, (k) => k.mul(2 / dim), period);
      return stack([angle.sin(), angle.cos()], 1).flatten(1);
    },
  },
  {
    name: "sines of everything",
    check: "embedding-order",
    says: /embedding\(0\)\[1\] = 1, received 0/,
    code: (t, dim, period) => {
      const angle = angles(t, dim, (k) => k.mul(2 / dim), period);
      return stack([angle.sin(), angle.sin()], 2).flatten(1);
    },
  },
  {
    name: "nothing",
    check: "embedding-order",
    says: /received 0/,
    code: (t, dim) => zeros([t.shape[0], dim]),
  },
  {
    name: "time as a share of 1000 steps",
    check: "embedding-first",
    says: /one radian in every step/,
    code: (t, dim, period) => timeEmbedding(t.div(1000), dim, period),
  },
  {
    name: "1000 times time",
    check: "embedding-first",
    says: /one radian in every step/,
    code: (t, dim, period) => timeEmbedding(t.mul(1000), dim, period),
  },
  {
    name: "whole turns",
    check: "embedding-first",
    says: /one radian/,
    code: (t, dim, period) => timeEmbedding(t.mul(2 * Math.PI), dim, period),
  },
  {
    name: "k from 1",
    check: "embedding-first",
    says: /one radian/,
    code: (t, dim, period) => inTurn(angles(t, dim, (k) => k.add(1).mul(2 / dim), period)),
  },
  {
    name: "slowest first",
    check: "embedding-first",
    says: /one radian/,
    code: (t, dim, period) =>
      inTurn(angles(t, dim, (k) => k.neg().add(dim / 2 - 1).mul(2 / dim), period)),
  },
  {
    name: "multiplied by powers of the period",
    check: "embedding-frequencies",
    says: /slower than the one before/,
    code: (t, dim, period) => inTurn(angles(t, dim, (k) => k.mul(-2 / dim), period)),
  },
  {
    name: "the exponent k / dim, as on the answer sheet",
    check: "embedding-frequencies",
    says: /slower than the one before/,
    code: (t, dim, period) => inTurn(angles(t, dim, (k) => k.mul(1 / dim), period)),
  },
  {
    name: "the exponent 4k / dim",
    check: "embedding-frequencies",
    says: /slower than the one before/,
    code: (t, dim, period) => inTurn(angles(t, dim, (k) => k.mul(4 / dim), period)),
  },
  {
    name: "the exponent over dim / 2 - 1, as in other code",
    check: "embedding-frequencies",
    says: /slower than the one before/,
    code: (t, dim, period) =>
      inTurn(angles(t, dim, (k) => k.mul(1 / Math.max(1, dim / 2 - 1)), period)),
  },
  {
    name: "exp of a logarithm to base 10",
    check: "embedding-frequencies",
    says: /slower than the one before/,
    code: (t, dim, period = 10000) => {
      const k = arange(dim / 2, { dtype: "float32" });
      return inTurn(t.unsqueeze(1).mul(k.mul(-2 / dim * Math.log10(period)).exp()));
    },
  },
  {
    name: "one frequency for all",
    check: "embedding-frequencies",
    says: /slower than the one before/,
    code: (t, dim) => inTurn(angles(t, dim, (k) => k.mul(0))),
  },
  {
    name: "frequencies in equal steps",
    check: "embedding-frequencies",
    says: /slower than the one before/,
    code: (t, dim) => {
      const k = arange(dim / 2, { dtype: "float32" });
      return inTurn(t.unsqueeze(1).mul(k.mul(-2 / dim).add(1)));
    },
  },
  {
    name: "the first time for all",
    check: "embedding-first",
    says: /embedding\(2\)/,
    code: (t, dim, period) => timeEmbedding(t.narrow(0, 0, 1), dim, period).expand(t.shape[0], dim),
  },
  {
    name: "powers of whole numbers",
    check: "embedding-shape",
    says: /pow: takes float32/,
    code: (t, dim) => inTurn(t.unsqueeze(1).mul(pow(10000, arange(dim / 2)))),
  },
  {
    name: "made for dim = 8",
    check: "embedding-dim",
    says: /other lengths/,
    code: (t, dim, period) => inTurn(angles(t, dim, (k) => k.mul(0.25), period)),
  },
  {
    name: "a division by dim / 2 - 1 at dim = 2",
    check: "embedding-dim",
    says: /other lengths.*received NaN/,
    code: (t, dim, period) =>
      dim === 2 ? inTurn(angles(t, dim, (k) => k.div(k), period)) : timeEmbedding(t, dim, period),
  },
  {
    name: "a number for the period",
    check: "embedding-period",
    says: /period that is passed in/,
    code: (t, dim) => timeEmbedding(t, dim),
  },
  {
    name: "another period by default",
    check: "embedding-frequencies",
    says: /slower than the one before/,
    code: (t, dim, period = 1000) => timeEmbedding(t, dim, period),
  },
  {
    name: "one over the period",
    check: "embedding-frequencies",
    says: /slower than the one before/,
    code: (t, dim, period = 10000) => timeEmbedding(t, dim, 1 / period),
  },
  {
    name: "times rounded to whole steps",
    check: "embedding-times",
    says: /whole numbers \(int32\) or not/,
    code: (t, dim, period) => timeEmbedding(t.to("int32"), dim, period),
  },
  {
    name: "times up to 500",
    check: "embedding-times",
    says: /up to a thousand/,
    code: (t, dim, period) => timeEmbedding(t.clamp(0, 500), dim, period),
  },
  {
    name: "whole numbers for the angles of whole times",
    check: "embedding-times",
    says: /dtype int32/,
    code: (t, dim, period) =>
      t.dtype === "int32"
        ? inTurn(angles(t, dim, (k) => k.mul(2 / dim), period).to("int32").to("float32"))
        : timeEmbedding(t, dim, period),
  },
];
