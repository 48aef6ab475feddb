/**
 * Mistakes in `sigmaVe`.
 *
 * @module
 */
import { full, pow, Tensor, tensor } from "genlab";
import type { Mistake } from "../corpus.ts";

type Sigma = (t: number | Tensor, sigmaMin?: number, sigmaMax?: number) => unknown;

const asTensor = (t: number | Tensor) => t instanceof Tensor ? t : tensor(t);

/** The right schedule. */
const right = (t: number | Tensor, lo: number, hi: number) => pow(hi / lo, asTensor(t)).mul(lo);

/** Each names the check that has to catch it. */
export const sigmaMistakes: readonly Mistake<Sigma>[] = [
  {
    name: "a column, whatever t is",
    check: "sigma-shape",
    says: /sigma\(t\) of shape \[\], received sigma\(t\) of shape \[1\]/,
    code: (t, lo = 0.01, hi = 50) => right(t, lo, hi).unsqueeze(-1),
  },
  {
    name: "the sum over the times",
    check: "sigma-shape",
    says: /of shape \[8\], received sigma\(t\) of shape \[\]/,
    code: (t, lo = 0.01, hi = 50) => right(t, lo, hi).sum(),
  },
  {
    name: "a number for a number",
    check: "sigma-shape",
    says: /tensor/,
    code: (t, lo = 0.01, hi = 50) => typeof t === "number" ? lo * (hi / lo) ** t : right(t, lo, hi),
  },
  {
    name: "JavaScript's operators on a tensor",
    check: "sigma-shape",
    says: /operators do not work/,
    code: (t, lo = 0.01, hi = 50) =>
      typeof t === "number" ? right(t, lo, hi) : tensor(lo * (hi / lo) ** (t as unknown as number)),
  },
  {
    name: "the limits swapped",
    check: "sigma-ends",
    says: /sigma\(0\) = 0.01, received 50/,
    code: (t, lo = 0.01, hi = 50) => right(t, hi, lo),
  },
  {
    name: "time running backwards",
    check: "sigma-ends",
    says: /starts at sigmaMin/,
    code: (t, lo = 0.01, hi = 50) => pow(lo / hi, asTensor(t)).mul(hi),
  },
  {
    name: "the variance",
    check: "sigma-ends",
    says: /starts at sigmaMin/,
    code: (t, lo = 0.01, hi = 50) => right(t, lo, hi).square(),
  },
  {
    name: "the factor without sigmaMin",
    check: "sigma-ends",
    says: /received 1/,
    code: (t, lo = 0.01, hi = 50) => pow(hi / lo, asTensor(t)),
  },
  {
    name: "sigmaMax for the factor",
    check: "sigma-ends",
    says: /sigma\(1\) = 50, received 0.5/,
    code: (t, lo = 0.01, hi = 50) => pow(hi, asTensor(t)).mul(lo),
  },
  {
    name: "a logarithm to base 10 undone by exp",
    check: "sigma-ends",
    says: /starts at sigmaMin/,
    code: (t, lo = 0.01, hi = 50) => asTensor(t).mul(Math.log10(hi / lo)).add(Math.log10(lo)).exp(),
  },
  {
    name: "the first time for all",
    check: "sigma-ends",
    says: /sigma\(1\) = 50, received 0.01/,
    code: (t, lo = 0.01, hi = 50) => {
      const time = asTensor(t);
      return right(time.flatten().narrow(0, 0, 1).sum().expand(time.shape), lo, hi);
    },
  },
  {
    name: "time kept from its ends",
    check: "sigma-ends",
    says: /starts at sigmaMin/,
    code: (t, lo = 0.01, hi = 50) => right(asTensor(t).clamp(0.001, 0.999), lo, hi),
  },
  {
    name: "in a straight line",
    check: "sigma-between",
    says: /geometrically.*sigma\(0.5\) = 0.7071068, received 25.005/,
    code: (t, lo = 0.01, hi = 50) => asTensor(t).mul(hi - lo).add(lo),
  },
  {
    name: "the variance in a straight line",
    check: "sigma-between",
    says: /geometrically/,
    code: (t, lo = 0.01, hi = 50) => asTensor(t).mul(hi ** 2 - lo ** 2).add(lo ** 2).sqrt(),
  },
  {
    name: "as t^2",
    check: "sigma-between",
    says: /geometrically/,
    code: (t, lo = 0.01, hi = 50) => right(asTensor(t).square(), lo, hi),
  },
  {
    name: "as the root of t",
    check: "sigma-between",
    says: /geometrically/,
    code: (t, lo = 0.01, hi = 50) => right(asTensor(t).sqrt(), lo, hi),
  },
  {
    name: "a logarithm for one end only",
    check: "sigma-between",
    says: /geometrically/,
    code: (t, lo = 0.01, hi = 50) =>
      asTensor(t).mul(Math.log10(hi / lo)).exp().sub(1).div(hi / lo ** 0.5).mul(hi).mul(
        (hi - lo) / hi / ((Math.exp(Math.log10(hi / lo)) - 1) / (hi / lo ** 0.5)),
      ).add(lo),
  },
  {
    name: "a thousand steps of time",
    check: "sigma-between",
    says: /geometrically/,
    code: (t, lo = 0.01, hi = 50) =>
      right(asTensor(t).mul(1000).add(0.5).to("int32").to("float32").div(1000), lo, hi),
  },
  {
    name: "a number for t not used",
    check: "sigma-number",
    says: /a number as well as a tensor/,
    code: (t, lo = 0.01, hi = 50) => t instanceof Tensor ? right(t, lo, hi) : full([], lo),
  },
  {
    name: "numbers for the limits",
    check: "sigma-limits",
    says: /limits that are passed in/,
    code: (t) => right(t, 0.01, 50),
  },
  {
    name: "a number for one of the limits",
    check: "sigma-limits",
    says: /limits that are passed in/,
    code: (t, lo = 0.01) => right(t, lo, 50),
  },
  {
    name: "the quotient as a number",
    check: "sigma-limits",
    says: /limits that are passed in/,
    code: (t, lo = 0.01) => pow(5000, asTensor(t)).mul(lo),
  },
  {
    name: "other limits by default",
    check: "sigma-limits",
    says: /no limits given/,
    code: (t, lo = 0.1, hi = 50) => right(t, lo, hi),
  },
  {
    name: "sigma kept between 0.01 and 50",
    check: "sigma-limits",
    says: /limits that are passed in/,
    code: (t, lo = 0.01, hi = 50) => right(t, lo, hi).clamp(0.01, 50),
  },
  {
    name: "sigma detached",
    check: "sigma-gradient",
    says: /gradient by t/,
    code: (t, lo = 0.01, hi = 50) => right(t, lo, hi).detach(),
  },
];
