/**
 * Mistakes in exercise B that show only in a corner: for one form of t, for one example or one
 * dimension, for values far off, or in what all the noise has in common.
 *
 * @module
 */
import { pow, randLike, randn, randnLike, Tensor, tensor } from "genlab";
import { sigmaVe } from "../../../exercises/b_score/solution.ts";
import type { Mistake } from "../corpus.ts";

type Time = number | Tensor;
type Sigma = (t: Time, lo?: number, hi?: number) => unknown;

const asTensor = (t: Time) => t instanceof Tensor ? t : tensor(t);

/** Each names the check that has to catch it. */
export const cornerSchedules: readonly Mistake<Sigma>[] = [
  {
    name: "limits not used where t is a number",
    check: "sigma-limits",
    says: /t as a number, from sigmaMin = 0\.01 to sigmaMax = 1\b/,
    code: (t, lo = 0.01, hi = 50) =>
      t instanceof Tensor ? sigmaVe(t, lo, hi) : tensor(0.01 * 5000 ** t),
  },
  {
    name: "another limit by default where t is a number",
    check: "sigma-limits",
    says: /t as a number, no limits given/,
    code: (t, lo = 0.01, hi) => sigmaVe(t, lo, hi ?? (t instanceof Tensor ? 50 : 100)),
  },
  {
    name: "the first time for all where t is a column",
    check: "sigma-between",
    says: /t of shape \[8, 1\]/,
    code: (t, lo = 0.01, hi = 50) => {
      const time = asTensor(t);
      return sigmaVe(time.ndim === 2 ? time.narrow(0, 0, 1).expand(time.shape) : time, lo, hi);
    },
  },
  {
    name: "the smallest time 0.001",
    check: "sigma-ends",
    says: /sigma\(0\) = 0\.01, received 0\.01008/,
    code: (t, lo = 0.01, hi = 50) => sigmaVe(asTensor(t).clamp(1e-3, 1), lo, hi),
  },
  {
    name: "variances that start at 0",
    check: "sigma-ends",
    says: /sigma\(0\) = 0\.01, received 0,/,
    code: (t, lo = 0.01, hi = 50) =>
      pow((hi / lo) ** 2, asTensor(t)).mul(lo * lo).sub(lo * lo).clamp(0).sqrt(),
  },
];

type Forward = (x0: Tensor, t: Time, lo?: number, hi?: number) => unknown;
type Parts = Record<"x0" | "xt" | "eps" | "sigmaT", Tensor>;

/** Uniform noise with mean 0 and variance 1. */
const flat = (x: Tensor) => randLike(x).sub(0.5).mul(Math.sqrt(12));

/** The right function, but for its noise, or for what is made of its parts. */
function forward(
  noise: (x0: Tensor, t: Time) => Tensor,
  change: (parts: Parts, t: Time) => object = () => ({}),
): Forward {
  return (x0, t, lo = 0.01, hi = 50) => {
    const time = asTensor(t);
    const column = time.ndim === 0 ? time.expand(x0.shape[0], 1) : time.reshape(-1, 1);
    const sigmaT = sigmaVe(column, lo, hi);
    const eps = noise(x0, t);
    const parts = { x0, xt: x0.add(sigmaT.mul(eps)), eps, sigmaT };
    return { ...parts, ...change(parts, t) };
  };
}

const standard = (x0: Tensor) => randnLike(x0);
const isNumber = (t: Time) => typeof t === "number";
const isScalar = (t: Time) => t instanceof Tensor && t.ndim === 0;

/** Each names the check that has to catch it. */
export const cornerForwards: readonly Mistake<Forward>[] = [
  {
    name: "noise made of Math.random, which no seed decides on",
    check: "forward-random",
    says:
      /expected noise from the stream that manualSeed seeds, received other noise from the same/,
    code: forward(({ shape, size }) => {
      const radius = () => Math.sqrt(-2 * Math.log(1 - Math.random()));
      const normal = () => radius() * Math.cos(2 * Math.PI * Math.random());
      return tensor(Array.from({ length: size }, normal)).reshape(shape);
    }),
  },
  {
    name: "uniform noise where t is a number",
    check: "forward-normal",
    says: /below -.* t = 0\.5/,
    code: forward((x0, t) => isNumber(t) ? flat(x0) : randnLike(x0)),
  },
  {
    name: "uniform noise where t is a scalar",
    check: "forward-normal",
    says: /below -.* t of shape \[\]/,
    code: forward((x0, t) => isScalar(t) ? flat(x0) : randnLike(x0)),
  },
  {
    name: "uniform noise for a single example",
    check: "forward-normal",
    says: /below -.* x0 of shape \[1, 1000\]/,
    code: forward((x0) => x0.shape[0] === 1 ? flat(x0) : randnLike(x0)),
  },
  {
    name: "one number for all examples where there is a single dimension",
    check: "forward-normal",
    says: /x0 of shape \[1000, 1\]/,
    code: forward((x0) => x0.shape[1] === 1 ? randn([1, 1]).expand(x0.shape) : randnLike(x0)),
  },
  {
    name: "other noise returned where t is a number",
    check: "forward-returned-noise",
    says: /t = 0\.75, from xt = x0 \+ sigma\(t\) eps/,
    code: forward(standard, ({ x0, eps }, t) => ({ eps: isNumber(t) ? randnLike(x0) : eps })),
  },
  {
    name: "noise that is not scaled where t is a number",
    check: "forward-scale",
    says: /t = 0\.75 and x0 = 0/,
    code: forward(standard, ({ x0, xt, eps }, t) => ({ xt: isNumber(t) ? x0.add(eps) : xt })),
  },
  {
    name: "noise scaled twice where t is a scalar",
    check: "forward-scale",
    says: /t of shape \[\] and x0 = 0/,
    code: forward(
      standard,
      ({ x0, xt, eps, sigmaT }, t) => ({ xt: isScalar(t) ? x0.add(eps.mul(sigmaT.square())) : xt }),
    ),
  },
  {
    name: "noise scaled by what is added to the data's own",
    check: "forward-scale",
    says: /in proportion to each example's sigma/,
    code: forward(standard, ({ x0, eps, sigmaT }) => {
      return { xt: x0.add(sigmaT.square().sub(1e-4).clamp(0).sqrt().mul(eps)) };
    }),
  },
  {
    name: "data clamped at 30",
    check: "forward-data",
    says: /moving x0 moves xt/,
    code: forward(
      standard,
      ({ x0, eps, sigmaT }) => ({ xt: x0.clamp(-30, 30).add(sigmaT.mul(eps)) }),
    ),
  },
  {
    name: "a scalar t detached",
    check: "forward-gradients",
    says: /gradient by t = .*, received 0,.* t of shape \[\]/,
    code: (x0, t, lo, hi) =>
      forward(standard)(x0, t instanceof Tensor && t.ndim === 0 ? t.detach() : t, lo, hi),
  },
  {
    name: "noise divided by its root mean square",
    check: "forward-independent",
    says: /the mean square of eps is 1/,
    code: forward((x0) => {
      const eps = randnLike(x0);
      return x0.size === 1 ? eps : eps.div(eps.square().mean().sqrt());
    }),
  },
  {
    name: "noise of length sqrt(d) in every example",
    check: "forward-independent",
    says: /the mean square of eps\[0\] is 1/,
    code: forward((x0) => {
      const eps = randnLike(x0);
      return x0.shape[1] === 1 ? eps : eps.div(eps.square().mean(1, true).sqrt());
    }),
  },
];

type Score = (xt: Tensor, x0: Tensor, sigmaT: Tensor) => unknown;

const score = (xt: Tensor, x0: Tensor, sigmaT: Tensor) => x0.sub(xt).div(sigmaT.square());

/** Each names the check that has to catch it. */
export const cornerScores: readonly Mistake<Score>[] = [
  {
    name: "sigma kept above 1e-5",
    check: "score-extreme",
    says: /sigmaT = 0\.000001/,
    code: (xt, x0, sigmaT) => score(xt, x0, sigmaT.clamp(1e-5)),
  },
  {
    name: "sigma kept below 1e5",
    check: "score-extreme",
    says: /sigmaT = 1000000/,
    code: (xt, x0, sigmaT) => score(xt, x0, sigmaT.clamp(0, 1e5)),
  },
  {
    name: "1e-12 added to the variance",
    check: "score-extreme",
    says: /sigmaT = 0\.000001/,
    code: (xt, x0, sigmaT) => x0.sub(xt).div(sigmaT.square().add(1e-12)),
  },
  {
    name: "the distance clamped at 20",
    check: "score-extreme",
    says: /xt far from x0/,
    code: (xt, x0, sigmaT) => x0.sub(xt).clamp(-20, 20).div(sigmaT.square()),
  },
  {
    name: "the score clamped at 1e8",
    check: "score-extreme",
    says: /received -?100000000,/,
    code: (xt, x0, sigmaT) => score(xt, x0, sigmaT).clamp(-1e8, 1e8),
  },
  {
    name: "sigma not squared for a single dimension",
    check: "score-examples",
    says: /shape \[5, 1\]/,
    code: (xt, x0, sigmaT) => xt.shape[1] === 1 ? x0.sub(xt).div(sigmaT) : score(xt, x0, sigmaT),
  },
];
