/**
 * Mistakes in `snr`.
 *
 * @module
 */
import { sub, type Tensor } from "genlab";
import type { Mistake } from "../corpus.ts";

/** What a product of shares would leave. */
const bars = (betas: Tensor) => sub(1, betas).cumprod(0);

/** Each names the check that has to catch it. */
export const snrMistakes: readonly Mistake<(alphaBars: Tensor) => unknown>[] = [
  {
    name: "the mean of the ratios",
    check: "snr-shape",
    says: /received the ratios of shape \[\]/,
    code: (left) => left.div(sub(1, left)).mean(),
  },
  {
    name: "logarithms",
    check: "snr-balance",
    says: /= 1, received 0,/,
    code: (left) => left.div(sub(1, left)).log(),
  },
  {
    name: "decibels",
    check: "snr-balance",
    says: /equal variances, the ratio is 1/,
    code: (left) => left.div(sub(1, left)).log().mul(10 / Math.LN10),
  },
  {
    name: "the signal alone",
    check: "snr-balance",
    says: /received 0.5/,
    code: (left) => left.add(0),
  },
  {
    name: "one over the noise",
    check: "snr-balance",
    says: /received 2/,
    code: (left) => sub(1, left).pow(-1),
  },
  {
    name: "the signal over the noise's standard deviation",
    check: "snr-balance",
    says: /received 0.7071/,
    code: (left) => left.div(sub(1, left).sqrt()),
  },
  {
    name: "of another product",
    check: "snr-values",
    says: /that of the two variances/,
    code: (left) => bars(left).div(sub(1, bars(left))),
  },
  {
    name: "noise over signal",
    check: "snr-falls",
    says: /ratios that fall, received 0.11/,
    code: (left) => sub(1, left).div(left),
  },
  {
    name: "always 1",
    check: "snr-falls",
    says: /ratios that fall, received 1, 1, 1/,
    code: (left) => left.div(left),
  },
  {
    name: "standard deviations",
    check: "snr-values",
    says: /that of the two variances/,
    code: (left) => left.div(sub(1, left)).sqrt(),
  },
  {
    name: "squares",
    check: "snr-values",
    says: /that of the two variances/,
    code: (left) => left.div(sub(1, left)).square(),
  },
  {
    name: "a small number in the denominator",
    check: "snr-balance",
    says: /= 1, received 0.99998/,
    code: (left) => left.div(sub(1, left).add(1e-5)),
  },
  {
    name: "at most 5, as for weights of the loss",
    check: "snr-values",
    says: /received 5/,
    code: (left) => left.div(sub(1, left)).clamp(undefined, 5),
  },
  {
    name: "kept above 0.001",
    check: "snr-values",
    says: /snr of alphaBar /,
    code: (left) => left.div(sub(1, left)).clamp(0.001),
  },
  {
    name: "no ratio above 10,000",
    check: "snr-values",
    says: /alphaBar 0.99999 = /,
    code: (left) => left.div(sub(1, left)).clamp(undefined, 1e4),
  },
];
