/**
 * Mistakes in `alphaBars` and `posteriorVariance`.
 *
 * @module
 */
import { arange, cat, full, ones, sub, type Tensor, where, zeros } from "genlab";
import type { Mistake } from "../corpus.ts";

type OverTime = (list: Tensor) => unknown;

const bars = (betas: Tensor) => sub(1, betas).cumprod(0);
/** The values of the step before each, with another for the first. */
const before = (list: Tensor, first = 1) =>
  cat([full([1], first), list.narrow(0, 0, list.size - 1)]);

/** Each names the check that has to catch it. */
export const barsMistakes: readonly Mistake<OverTime>[] = [
  {
    name: "the product of all steps",
    check: "bars-shape",
    says: /of shape \[1\], received alphaBars of shape \[\]/,
    code: (betas) => sub(1, betas).log().sum().exp(),
  },
  {
    name: "time 0 in front",
    check: "bars-shape",
    says: /of shape \[1\], received alphaBars of shape \[2\]/,
    code: (betas) => cat([ones([1]), bars(betas)]),
  },
  {
    name: "the first step left out",
    check: "bars-shape",
    says: /received alphaBars of shape \[0\]/,
    code: (betas) => bars(betas).narrow(0, 1, betas.size - 1),
  },
  {
    name: "one step late",
    check: "bars-first",
    says: /alphaBars\[0\] = 0.9, received 1,/,
    code: (betas) => before(bars(betas)),
  },
  {
    name: "the product of the betas",
    check: "bars-first",
    says: /received 0.1,/,
    code: (betas) => betas.cumprod(0),
  },
  {
    name: "the sum of the betas",
    check: "bars-first",
    says: /received 0.1,/,
    code: (betas) => betas.cumsum(0),
  },
  {
    name: "standard deviations",
    check: "bars-first",
    says: /alphaBars\[0\] = 0.9, received 0.9486833/,
    code: (betas) => bars(betas).sqrt(),
  },
  {
    name: "squares",
    check: "bars-first",
    says: /received 0.8(1|09)/,
    code: (betas) => bars(betas).square(),
  },
  {
    name: "what is lost",
    check: "bars-first",
    says: /received 0.1/,
    code: (betas) => sub(1, bars(betas)),
  },
  {
    name: "logarithms, not undone",
    check: "bars-first",
    says: /received -0.1053605/,
    code: (betas) => sub(1, betas).log().cumsum(0),
  },
  {
    name: "from the last step back",
    check: "bars-first",
    says: /received 0.504/,
    code: (betas) => {
      const back = arange(betas.size).mul(-1).add(betas.size - 1);
      return bars(betas.indexSelect(0, back)).indexSelect(0, back);
    },
  },
  {
    name: "alphas alone",
    check: "bars-steps",
    says: /every further step leaves its share.*alphaBars\[2\] = 0.504, received 0.8/,
    code: (betas) => sub(1, betas),
  },
  {
    name: "the sum of the alphas",
    check: "bars-steps",
    says: /its share of what was left/,
    code: (betas) => sub(1, betas).cumsum(0),
  },
  {
    name: "1 less the sum of the betas",
    check: "bars-steps",
    says: /its share of what was left.*received 0.4/,
    code: (betas) => sub(1, betas.cumsum(0)),
  },
  {
    name: "exp of minus the sum of the betas",
    check: "bars-first",
    says: /received 0.9048374/,
    code: (betas) => betas.cumsum(0).neg().exp(),
  },
  {
    name: "the mean of the alphas",
    check: "bars-steps",
    says: /its share of what was left/,
    code: (betas) => sub(1, betas).cumsum(0).div(arange(1, betas.size + 1)),
  },
  {
    name: "powers of the first alpha",
    check: "bars-steps",
    says: /its share of what was left/,
    code: (betas) => {
      const first = sub(1, betas.narrow(0, 0, 1));
      return first.pow(arange(1, betas.size + 1).to("float32"));
    },
  },
  {
    name: "two neighbours only",
    check: "bars-steps",
    says: /its share of what was left/,
    code: (betas) => sub(1, betas).mul(before(sub(1, betas))),
  },
  {
    name: "kept above 0.00001",
    check: "bars-long",
    says: /next to nothing is left/,
    code: (betas) => bars(betas).clamp(1e-5),
  },
  {
    name: "a small number added",
    check: "bars-steps",
    says: /its share of what was left/,
    code: (betas) => bars(betas.sub(1e-6)),
  },
  {
    name: "right for fifty steps",
    check: "bars-long",
    says: /next to nothing is left/,
    code: (betas) =>
      betas.size <= 50 ? bars(betas) : cat([
        bars(betas.narrow(0, 0, 50)),
        bars(betas.narrow(0, 50, betas.size - 50)),
      ]),
  },
];

/** Each names the check that has to catch it. */
export const posteriorMistakes: readonly Mistake<OverTime>[] = [
  {
    name: "from step 2 on",
    check: "posterior-shape",
    says: /of shape \[2\], received the variances of shape \[1\]/,
    code: (betas) => {
      const [T, left] = [betas.size, bars(betas)];
      const [prev, now] = [left.narrow(0, 0, T - 1), left.narrow(0, 1, T - 1)];
      return betas.narrow(0, 1, T - 1).mul(sub(1, prev)).div(sub(1, now));
    },
  },
  {
    name: "upside down, as on the answer sheet",
    check: "posterior-bound",
    says: /no less certain.*variance\[\d+\] from 0 to betas/,
    code: (betas) => {
      const left = bars(betas);
      return betas.mul(sub(1, left)).div(sub(1, before(left)));
    },
  },
  {
    name: "upside down, with the first step mended",
    check: "posterior-bound",
    says: /no less certain/,
    code: (betas) => {
      const left = bars(betas);
      const variances = betas.mul(sub(1, left)).div(sub(1, before(left)));
      return where(arange(betas.size).eq(0), 0, variances);
    },
  },
  {
    name: "minus the variance",
    check: "posterior-bound",
    says: /received -/,
    code: (betas) => {
      const left = bars(betas);
      return betas.mul(before(left).sub(1)).div(sub(1, left));
    },
  },
  {
    name: "standard deviations",
    check: "posterior-bound",
    says: /no less certain/,
    code: (betas) => {
      const left = bars(betas);
      return betas.mul(sub(1, before(left))).div(sub(1, left)).sqrt();
    },
  },
  {
    name: "NaN from step 2 on",
    check: "posterior-bound",
    says: /received NaN/,
    code: (betas) => betas.sub(betas).div(betas.sub(betas)),
  },
  {
    name: "the next step for the one before",
    check: "posterior-bound",
    says: /no less certain/,
    code: (betas) => {
      const left = bars(betas);
      const next = cat([left.narrow(0, 1, betas.size - 1), zeros([1])]);
      return betas.mul(sub(1, next)).div(sub(1, left));
    },
  },
  {
    name: "beta",
    check: "posterior-first",
    says: /nothing to be uncertain of.*variance\[0\] = 0, received/,
    code: (betas) => betas.add(0),
  },
  {
    name: "the first variance that of the second step, for a logarithm",
    check: "posterior-first",
    says: /nothing to be uncertain of/,
    code: (betas) => {
      const [T, left] = [betas.size, bars(betas)];
      const variances = betas.mul(sub(1, before(left))).div(sub(1, left));
      return cat([variances.narrow(0, 1, 1), variances.narrow(0, 1, T - 1)]);
    },
  },
  {
    name: "nothing left at time 0",
    check: "posterior-first",
    says: /nothing to be uncertain of/,
    code: (betas) => {
      const left = bars(betas);
      return betas.mul(sub(1, before(left, 0))).div(sub(1, left));
    },
  },
  {
    name: "around from the last step to the first",
    check: "posterior-first",
    says: /nothing to be uncertain of/,
    code: (betas) => {
      const [T, left] = [betas.size, bars(betas)];
      const rolled = cat([left.narrow(0, T - 1, 1), left.narrow(0, 0, T - 1)]);
      return betas.mul(sub(1, rolled)).div(sub(1, left)).minimum(betas);
    },
  },
  {
    name: "0 over 0 in the first step",
    check: "posterior-first",
    says: /received NaN/,
    code: (betas) => {
      const left = bars(betas);
      const prev = before(left);
      const factor = sub(1, prev).square().div(sub(1, left)).div(sub(1, prev));
      return betas.mul(factor);
    },
  },
  {
    name: "without beta",
    check: "posterior-bound",
    says: /no less certain/,
    code: (betas) => {
      const left = bars(betas);
      return sub(1, before(left)).div(sub(1, left));
    },
  },
  {
    name: "alphaBars for what is lost",
    check: "posterior-bound",
    says: /no less certain/,
    code: (betas) => {
      const left = bars(betas);
      return betas.mul(before(left)).div(left);
    },
  },
  {
    name: "the beta of the step before",
    check: "posterior-values",
    says: /Bayes' rule/,
    code: (betas) => {
      const left = bars(betas);
      return before(betas, 0).mul(sub(1, before(left))).div(sub(1, left)).minimum(betas);
    },
  },
  {
    name: "the variance of the mean of both",
    check: "posterior-values",
    says: /Bayes' rule/,
    code: (betas) => {
      const left = bars(betas);
      return betas.mul(sub(1, before(left)).div(sub(1, left)).square());
    },
  },
  {
    name: "the ratio of the standard deviations",
    check: "posterior-values",
    says: /Bayes' rule/,
    code: (betas) => {
      const left = bars(betas);
      return betas.mul(sub(1, before(left)).div(sub(1, left)).sqrt());
    },
  },
  {
    name: "with a small number in the denominator",
    check: "posterior-values",
    says: /Bayes' rule/,
    code: (betas) => {
      const left = bars(betas);
      return betas.mul(sub(1, before(left))).div(sub(1, left).add(1e-5));
    },
  },
  {
    name: "no variance below 0.0001",
    check: "posterior-long",
    says: /thousand steps/,
    code: (betas) => {
      const left = bars(betas);
      const variances = betas.mul(sub(1, before(left))).div(sub(1, left));
      return where(arange(betas.size).eq(0), 0, variances.clamp(1e-4));
    },
  },
];
