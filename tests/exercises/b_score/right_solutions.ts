/**
 * Right ways to write exercise B's functions, other than the official one.
 *
 * @module
 */
import {
  add,
  cat,
  full,
  grad,
  log,
  mul,
  pow,
  randn,
  randnLike,
  stack,
  sub,
  Tensor,
  tensor,
  where,
} from "genlab";
import { sigmaVe } from "../../../exercises/b_score/solution.ts";

type Sigma = (t: number | Tensor, sigmaMin?: number, sigmaMax?: number) => Tensor;
type Forward = (
  x0: Tensor,
  t: number | Tensor,
  sigmaMin?: number,
  sigmaMax?: number,
) => { xt: Tensor; eps: Tensor; sigmaT: Tensor };
type Score = (xt: Tensor, x0: Tensor, sigmaT: Tensor) => Tensor;

const asTensor = (t: number | Tensor) => t instanceof Tensor ? t : tensor(t);

/** By what is special about each. */
export const rightSchedules: Readonly<Record<string, Sigma>> = {
  "exp of an interpolated logarithm": (t, lo = 0.01, hi = 50) =>
    asTensor(t).mul(Math.log(hi)).add(asTensor(t).neg().add(1).mul(Math.log(lo))).exp(),
  "exp of the logarithm of the quotient": (t, lo = 0.01, hi = 50) =>
    asTensor(t).mul(Math.log(hi / lo)).exp().mul(lo),
  "logarithms as tensors": (t, lo = 0.01, hi = 50) => {
    const [a, b] = [log(tensor(lo)), log(tensor(hi))];
    return asTensor(t).mul(b.sub(a)).add(a).exp();
  },
  "down from sigmaMax": (t, lo = 0.01, hi = 50) => pow(lo / hi, sub(1, asTensor(t))).mul(hi),
  "two powers": (t, lo = 0.01, hi = 50) => pow(lo, sub(1, asTensor(t))).mul(pow(hi, asTensor(t))),
  "base 10": (t, lo = 0.01, hi = 50) =>
    pow(10, asTensor(t).mul(Math.log10(hi / lo)).add(Math.log10(lo))),
  "in JavaScript's numbers where t is one": (t, lo = 0.01, hi = 50) =>
    typeof t === "number" ? tensor(lo * (hi / lo) ** t) : t.mul(Math.log(hi / lo)).exp().mul(lo),
  "in double precision": (t, lo = 0.01, hi = 50) =>
    asTensor(t).to("float64").mul(Math.log(hi / lo)).add(Math.log(lo)).exp().to("float32"),
  "the root of the variance": (t, lo = 0.01, hi = 50) =>
    pow(hi / lo, asTensor(t).mul(2)).mul(lo ** 2).sqrt(),
};

/** By what is special about each. */
export const rightForwards: Readonly<Record<string, Forward>> = {
  "expand and view": (x0, t, lo = 0.01, hi = 50) => {
    const [B] = x0.shape;
    let time = asTensor(t);
    if (time.ndim === 0) time = time.expand(B);
    if (time.ndim === 1) time = time.view(B, 1);
    const sigmaT = sigmaVe(time, lo, hi);
    const eps = randnLike(x0);
    return { xt: x0.add(sigmaT.mul(eps)), eps, sigmaT };
  },
  "sigma first, column afterwards": (x0, t, lo = 0.01, hi = 50) => {
    const eps = randn(x0.shape);
    const sigmaT = sigmaVe(t, lo, hi).expand(x0.shape[0]).unsqueeze(1);
    return { sigmaT, eps, xt: eps.mul(sigmaT).add(x0) };
  },
  "noise drawn transposed": (x0, t, lo = 0.01, hi = 50) => {
    const [B, d] = x0.shape;
    const eps = randn([d, B]).transpose(0, 1);
    const sigmaT = sigmaVe(t, lo, hi).add(full([B], 0)).reshape(B, 1);
    return { xt: add(x0, mul(sigmaT, eps)), eps, sigmaT };
  },
  "each dimension by itself": (x0, t, lo = 0.01, hi = 50) => {
    const [B, d] = x0.shape;
    const sigmaT = sigmaVe(asTensor(t).reshape(-1).expand(B), lo, hi);
    const noise = Array.from({ length: d }, () => randn([B]));
    const columns = noise.map((eps, j) => x0.narrow(1, j, 1).squeeze(1).add(eps.mul(sigmaT)));
    return { xt: stack(columns, 1), eps: stack(noise, 1), sigmaT: sigmaT.unsqueeze(-1) };
  },
  "a branch for each form of t": (x0, t, lo = 0.01, hi = 50) => {
    const eps = randn(x0.shape);
    const [B] = x0.shape;
    if (typeof t === "number") {
      const sigmaT = full([B, 1], lo * (hi / lo) ** t);
      return { xt: eps.mul(sigmaT).add(x0), eps, sigmaT };
    }
    const sigmaT = sigmaVe(t.ndim === 0 ? t.expand(B) : t, lo, hi).unsqueeze(1);
    return { xt: sigmaT.mul(eps).add(x0), eps, sigmaT };
  },
  "an example at a time": (x0, t, lo = 0.01, hi = 50) => {
    const [B, d] = x0.shape;
    const sigmaT = sigmaVe(asTensor(t).reshape(-1, 1).expand(B, 1), lo, hi);
    const noise = Array.from({ length: B }, () => randn([1, d]));
    const rows = noise.map((eps, i) => x0.narrow(0, i, 1).add(sigmaT.narrow(0, i, 1).mul(eps)));
    return { xt: cat(rows), eps: cat(noise), sigmaT };
  },
  "the scaled noise given as well": (x0, t, lo = 0.01, hi = 50) => {
    const sigmaT = sigmaVe(asTensor(t).expand(x0.shape[0]).unsqueeze(1), lo, hi);
    const eps = randnLike(x0);
    const noise = sigmaT.mul(eps);
    return { xt: x0.add(noise), eps, sigmaT, noise };
  },
};

/** By what is special about each. */
export const rightScores: Readonly<Record<string, Score>> = {
  "minus last": (xt, x0, sigmaT) => xt.sub(x0).div(sigmaT.pow(2)).neg(),
  "divided by sigma twice": (xt, x0, sigmaT) => x0.sub(xt).div(sigmaT).div(sigmaT),
  "times one over the variance": (xt, x0, sigmaT) => xt.sub(x0).mul(sigmaT.pow(-2)).mul(-1),
  "minus the noise over sigma": (xt, x0, sigmaT) => {
    const eps = xt.sub(x0).div(sigmaT);
    return eps.neg().div(sigmaT);
  },
  "two fractions": (xt, x0, sigmaT) => {
    const variance = sigmaT.mul(sigmaT);
    return x0.div(variance).sub(xt.div(variance));
  },
  "sign and size": (xt, x0, sigmaT) => {
    const offset = xt.sub(x0);
    return where(offset.gt(0), offset.abs().neg(), offset.abs()).div(sigmaT.square());
  },
  "by automatic differentiation": (xt, x0, sigmaT) => {
    const logq = xt.sub(x0).square().div(sigmaT.square()).sum().mul(-0.5);
    return grad(logq, [xt])[0];
  },
};
