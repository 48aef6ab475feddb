/**
 * Mistakes in `linearBetas` and `cosineBetas`.
 *
 * @module
 */
import { arange, full, linspace, ones, sub, type Tensor, tensor } from "genlab";
import type { Mistake } from "../corpus.ts";

type Linear = (T: number, betaMin: number, betaMax: number) => unknown;
type Cosine = (T: number) => unknown;

/** Each names the check that has to catch it. */
export const linearMistakes: readonly Mistake<Linear>[] = [
  {
    name: "one beta too many",
    check: "linear-shape",
    says: /of shape \[1000\], received betas of shape \[1001\]/,
    code: (T, lo, hi) => linspace(lo, hi, T + 1),
  },
  {
    name: "one beta too few",
    check: "linear-shape",
    says: /received betas of shape \[999\]/,
    code: (T, lo, hi) => linspace(lo, hi, T - 1),
  },
  {
    name: "a column",
    check: "linear-shape",
    says: /received betas of shape \[1000, 1\]/,
    code: (T, lo, hi) => linspace(lo, hi, T).unsqueeze(1),
  },
  {
    name: "a plain array of numbers",
    check: "linear-shape",
    says: /returns an array of 1000 numbers; make it a tensor/,
    code: (T, lo, hi) => Array.from({ length: T }, (_, i) => lo + (hi - lo) * i / (T - 1)),
  },
  {
    name: "a thousand steps, whatever T is",
    check: "linear-shape",
    says: /of shape \[2\], received betas of shape \[1000\], for T = 2/,
    code: (_T, lo, hi) => linspace(lo, hi, 1000),
  },
  {
    name: "the last end left out",
    check: "linear-ends",
    says: /betas\[999\] = 0.02, received 0.01998/,
    code: (T, lo, hi) => arange(T, { dtype: "float32" }).mul((hi - lo) / T).add(lo),
  },
  {
    name: "the first end left out",
    check: "linear-ends",
    says: /first step has betaMin/,
    code: (T, lo, hi) => arange(1, T + 1, 1, { dtype: "float32" }).mul((hi - lo) / T).add(lo),
  },
  {
    name: "backwards in time",
    check: "linear-ends",
    says: /betas\[0\] = 0.0001, received 0.02/,
    code: (T, lo, hi) => linspace(hi, lo, T),
  },
  {
    name: "from 0",
    check: "linear-ends",
    says: /received 0,/,
    code: (T, _lo, hi) => linspace(0, hi, T),
  },
  {
    name: "alphas",
    check: "linear-ends",
    says: /first step has betaMin/,
    code: (T, lo, hi) => sub(1, linspace(lo, hi, T)),
  },
  {
    name: "in a straight line of the standard deviations",
    check: "linear-between",
    says: /straight line/,
    code: (T, lo, hi) => linspace(Math.sqrt(lo), Math.sqrt(hi), T).square(),
  },
  {
    name: "by equal factors",
    check: "linear-between",
    says: /straight line/,
    code: (T, lo, hi) => linspace(Math.log(lo), Math.log(hi), T).exp(),
  },
  {
    name: "betaMin up to the last step",
    check: "linear-between",
    says: /straight line/,
    code: (T, lo, hi) => tensor(Array.from({ length: T }, (_, i) => i < T - 1 ? lo : hi)),
  },
  {
    name: "in float16",
    check: "linear-between",
    says: /straight line/,
    code: (T, lo, hi) => {
      const betas = Array.from({ length: T }, (_, i) => lo + (hi - lo) * i / (T - 1));
      return tensor(betas.map((beta, i) => i % (T - 1) === 0 ? beta : Number(beta.toPrecision(3))));
    },
  },
  {
    name: "numbers for the limits",
    check: "linear-limits",
    says: /T, betaMin and betaMax are those that are passed in/,
    code: (T) => linspace(1e-4, 0.02, T),
  },
  {
    name: "a number for one of the limits",
    check: "linear-limits",
    says: /those that are passed in/,
    code: (T, _lo, hi) => linspace(1e-4, hi, T),
  },
  {
    name: "scaled as if T were 1000",
    check: "linear-limits",
    says: /those that are passed in.*for T = /,
    code: (T, lo, hi) => linspace(lo * 1000 / T, hi * 1000 / T, T),
  },
  {
    name: "limits that are put in order",
    check: "linear-limits",
    says: /for T = 50, betaMin = 0.05, betaMax = 0.01/,
    code: (T, lo, hi) => linspace(Math.min(lo, hi), Math.max(lo, hi), T),
  },
  {
    name: "no beta above 0.02",
    check: "linear-limits",
    says: /those that are passed in/,
    code: (T, lo, hi) => linspace(lo, hi, T).clamp(0, 0.02),
  },
  {
    name: "a first beta of 0 taken for none",
    check: "linear-limits",
    says: /betas\[0\] = 0, received 0.0001, for T = 5/,
    code: (T, lo, hi) => linspace(lo || 1e-4, hi, T),
  },
  {
    name: "no beta above a half",
    check: "linear-limits",
    says: /betas\[4\] = 0.96, received 0.5/,
    code: (T, lo, hi) => linspace(lo, hi, T).clamp(0, 0.5),
  },
];

const f = (u: number, s = 0.008) => Math.cos((u + s) / (1 + s) * Math.PI / 2) ** 2;

/** A schedule from what is left at two times. */
function from(
  T: number,
  left: (t: number) => number,
  limit = (beta: number) => Math.min(beta, 0.999),
): Tensor {
  return tensor(Array.from({ length: T }, (_, i) => limit(1 - left(i + 1) / left(i))));
}

/** Each names the check that has to catch it. */
export const cosineMistakes: readonly Mistake<Cosine>[] = [
  {
    name: "one for each time, with time 0",
    check: "cosine-shape",
    says: /of shape \[4\], received betas of shape \[5\]/,
    code: (T) => tensor(Array.from({ length: T + 1 }, (_, t) => f(t / T))),
  },
  {
    name: "one too few",
    check: "cosine-shape",
    says: /received betas of shape \[3\]/,
    code: (T) => from(T, (t) => f(t / T)).narrow(0, 1, T - 1),
  },
  {
    name: "what is left instead of betas",
    check: "cosine-values",
    says: /share of the signal's variance that its step takes away/,
    code: (T) => tensor(Array.from({ length: T }, (_, i) => f((i + 1) / T) / f(0))),
  },
  {
    name: "what a step leaves instead of what it takes",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => sub(1, from(T, (t) => f(t / T))),
  },
  {
    name: "no square",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => from(T, (t) => Math.sqrt(f(t / T))),
  },
  {
    name: "no offset",
    check: "cosine-values",
    says: /betas\[\d+\]/,
    code: (T) => from(T, (t) => f(t / T, 0)),
  },
  {
    name: "the offset in one place",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => from(T, (t) => Math.cos((t / T + 0.008) * Math.PI / 2) ** 2),
  },
  {
    name: "an offset ten times as large",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => from(T, (t) => f(t / T, 0.08)),
  },
  {
    name: "half a turn",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => from(T, (t) => Math.cos((t / T + 0.008) / 1.008 * Math.PI) ** 2),
  },
  {
    name: "degrees",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => from(T, (t) => Math.cos((t / T + 0.008) / 1.008 * 90) ** 2),
  },
  {
    name: "a sine",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => from(T, (t) => Math.sin((t / T + 0.008) / 1.008 * Math.PI / 2) ** 2),
  },
  {
    name: "one step late",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => from(T, (t) => f((t - 1) / T)),
  },
  {
    name: "time as a share of T - 1",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => from(T, (t) => f(t / (T - 1))),
  },
  {
    name: "backwards in time",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => from(T, (t) => f((T - t) / T)),
  },
  {
    name: "the quotient upside down",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => tensor(Array.from({ length: T }, (_, i) => 1 - f(i / T) / f((i + 1) / T))),
  },
  {
    name: "differences for quotients",
    check: "cosine-values",
    says: /takes away/,
    code: (T) => tensor(Array.from({ length: T }, (_, i) => f(i / T) - f((i + 1) / T))),
  },
  {
    name: "limited to 0.02",
    check: "cosine-values",
    says: /received 0.02/,
    code: (T) => from(T, (t) => f(t / T), (beta) => Math.min(beta, 0.02)),
  },
  {
    name: "at least 0.01",
    check: "cosine-values",
    says: /received 0.01/,
    code: (T) => from(T, (t) => f(t / T), (beta) => Math.max(0.01, Math.min(beta, 0.999))),
  },
  {
    name: "no limit",
    check: "cosine-largest",
    says: /no beta is larger than 0.999.*received 1,/,
    code: (T) => from(T, (t) => f(t / T), (beta) => beta),
  },
  {
    name: "limited to 0.9999",
    check: "cosine-largest",
    says: /= 0.999, received 0.9999/,
    code: (T) => from(T, (t) => f(t / T), (beta) => Math.min(beta, 0.9999)),
  },
  {
    name: "the last step left as it was before",
    check: "cosine-largest",
    says: /the last of betas/,
    code: (T) => from(T, (t) => f(Math.min(t, T - 0.5) / T)),
  },
  {
    name: "50 steps of whatever there are",
    check: "cosine-steps",
    says: /other numbers of steps/,
    code: (T) =>
      T < 50 ? full([T], 0.999).sub(ones([T]).mul(0.5)) : from(T, (t) => f(Math.min(t / 50, 1))),
  },
];
