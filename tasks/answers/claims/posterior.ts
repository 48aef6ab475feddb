/**
 * The step back: answers 3 and 4.
 *
 * @module
 */
import { posteriorCoefficients } from "../../../lib/models/ddpm/process/reverse.ts";
import { noiseSchedule } from "../../../lib/models/ddpm/process/schedule.ts";
import { normal } from "../../../lib/random/mod.ts";
import type { Claim } from "../claim.ts";
import { meanOf, short } from "../statistics.ts";

const SCHEDULE = noiseSchedule("linear", 100);

/** The mean by the noise, against the mean by the data. */
export const reverseMean: Claim = {
  number: 3,
  topic: "mean of a step back",
  sheet: String
    .raw`The mean is $\frac{1}{\sqrt{\alpha_t}}\big(x_t - \frac{\beta_t}{\sqrt{1-\bar\alpha_t}}\,\epsilon_\theta\big)$.`,
  brief:
    "agrees with the form in x0 to {largestGap}, but not where x0 is clipped ({gapWhereClipped})",
  run() {
    const { betas, alphaBars, T } = SCHEDULE;
    let [gap, clippedGap] = [0, 0];
    for (let t = 2; t <= T; t++) {
      const [beta, alphaBar] = [betas[t - 1], alphaBars[t]];
      const { a, b } = posteriorCoefficients(alphaBar, alphaBars[t - 1]);
      for (const xt of [-2, -0.7, 0.4, 1.6]) {
        for (const eps of [-1.5, 0.2, 1.1]) {
          const mean = (xt - beta / Math.sqrt(1 - alphaBar) * eps) / Math.sqrt(1 - beta);
          const x0 = (xt - Math.sqrt(1 - alphaBar) * eps) / Math.sqrt(alphaBar);
          const clipped = Math.min(1, Math.max(-1, x0));
          gap = Math.max(gap, Math.abs(mean - (a * x0 + b * xt)));
          clippedGap = Math.max(clippedGap, Math.abs(mean - (a * clipped + b * xt)));
        }
      }
    }
    return Promise.resolve({
      verdict: gap < 1e-9 ? "confirmed" : "corrected",
      result: String
        .raw`It is the mean of $q(x_{t-1}\mid x_t, x_0)$ at the $x_0$ that $\epsilon_\theta$ implies, to ${
        short(gap)
      }. Samplers of pictures clip that $x_0$ to $[-1, 1]$; the two forms then differ by up to ${
        short(clippedGap)
      } at these points, and the form in $x_0$ is the one to use.`,
      evidence: { numbers: { points: (T - 1) * 12, largestGap: gap, gapWhereClipped: clippedGap } },
    });
  },
};

/** Chains, and the time whose step back they show. */
const [CHAINS, TIME] = [100_000, 20];

/** The variance of the step back by Bayes' rule, and seen in chains. */
export const posteriorVariance: Claim = {
  number: 4,
  topic: "variance of a step back",
  sheet: String
    .raw`$\tilde\beta_t = \frac{1-\bar\alpha_t}{1-\bar\alpha_{t-1}}\,\beta_t$.`,
  brief: "upside down: Bayes {right}, chains {varianceSeen}, the sheet {sheet} at t = 20",
  run({ generator }) {
    const { betas, alphaBars, T } = SCHEDULE;
    // Precisions add up: what x_0 says of x_{t-1}, and what x_t says of it.
    const byBayes = (t: number) =>
      1 / (1 / (1 - alphaBars[t - 1]) + (1 - betas[t - 1]) / betas[t - 1]);
    const right = (t: number) => (1 - alphaBars[t - 1]) / (1 - alphaBars[t]) * betas[t - 1];
    const sheet = (t: number) => (1 - alphaBars[t]) / (1 - alphaBars[t - 1]) * betas[t - 1];
    let [gap, sheetGap] = [0, 0];
    for (let t = 2; t <= T; t++) {
      gap = Math.max(gap, Math.abs(right(t) - byBayes(t)));
      sheetGap = Math.max(sheetGap, Math.abs(sheet(t) / byBayes(t)));
    }
    const seen = seenVariance(normal(generator, CHAINS), normal(generator, CHAINS));
    const error = seen * Math.sqrt(2 / CHAINS);
    const times = [1, 2, TIME, T];
    return Promise.resolve({
      verdict: "corrected",
      result: String
        .raw`The quotient is upside down. Bayes' rule gives $\tilde\beta_t = \frac{1-\bar\alpha_{t-1}}{1-\bar\alpha_t}\,\beta_t$, never more than $\beta_t$ and 0 at $t = 1$, where the sheet's form divides by 0. Of chains, $x_{${
        TIME - 1
      }}$ given $x_{${TIME}}$ has the variance ${seen.toFixed(5)} ± ${
        error.toFixed(5)
      }; the right form says ${right(TIME).toFixed(5)}, the sheet's ${sheet(TIME).toFixed(5)}.`,
      evidence: {
        numbers: {
          largestGapToBayes: gap,
          sheetOverBayesAtMost: sheetGap,
          varianceSeen: seen,
          varianceSeenError: error,
          right: right(TIME),
          sheet: sheet(TIME),
        },
        table: {
          head: ["t", "β", "Bayes' rule", "right form", "the sheet's form"],
          rows: times.map((t) => [
            t,
            ...[betas[t - 1], t === 1 ? 0 : byBayes(t), right(t), sheet(t)].map(short),
          ]),
        },
        sureness: `n = ${CHAINS} chains from $x_0 = 0$; ± is a standard error`,
      },
    });
  },
};

/** What is left of the variance of x_{t-1} once x_t is known: the residual of a regression. */
function seenVariance(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const { betas, alphaBars } = SCHEDULE;
  const [before, beta] = [Math.sqrt(1 - alphaBars[TIME - 1]), betas[TIME - 1]];
  const earlier = Float64Array.from(first, (z) => before * z);
  const later = earlier.map((x, i) => Math.sqrt(1 - beta) * x + Math.sqrt(beta) * second[i]);
  const product = (a: Float64Array, b: Float64Array) => meanOf(a.map((value, i) => value * b[i]));
  return product(earlier, earlier) - product(earlier, later) ** 2 / product(later, later);
}
