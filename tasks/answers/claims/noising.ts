/**
 * The forward process: answers 1, 2 and 9.
 *
 * @module
 */
import { noiseSchedule, SCHEDULES } from "../../../lib/models/ddpm/process/schedule.ts";
import { lineChart } from "../../../lib/plot/line_chart.ts";
import { normal } from "../../../lib/random/mod.ts";
import type { Claim } from "../claim.ts";
import { largestGap, meanOf, short, varianceOf } from "../statistics.ts";

/** Chains that are followed, where they start, and the times they are looked at. */
const CHAINS = 20_000;
const START = 1.5;
const TIMES = [10, 50, 100];
/** Standard errors that chance alone exceeds once in thousands of runs. */
const SURPRISING = 4.5;

/** x_t from x_0 in one go, against a chain that takes every step. */
export const forward: Claim = {
  number: 1,
  topic: "mean and variance of the forward process",
  sheet: String
    .raw`Given $x_0$, $x_t$ has the mean $\sqrt{\bar\alpha_t}\,x_0$ and the variance $(1-\bar\alpha_t)I$.`,
  brief: "chains are off by at most {worstInStandardErrors} standard errors",
  run({ generator }) {
    const { betas, alphaBars, T } = noiseSchedule("linear", 100);
    const x = new Float64Array(CHAINS).fill(START);
    const rows: (string | number)[][] = [];
    let [worst, meanGap, varianceGap] = [0, 0, 0];
    for (let t = 1; t <= T; t++) {
      const [keep, add] = [Math.sqrt(1 - betas[t - 1]), Math.sqrt(betas[t - 1])];
      const noise = normal(generator, CHAINS);
      for (let i = 0; i < CHAINS; i++) x[i] = keep * x[i] + add * noise[i];
      if (!TIMES.includes(t)) continue;
      const [mean, variance] = [Math.sqrt(alphaBars[t]) * START, 1 - alphaBars[t]];
      const [meanSeen, varianceSeen] = [meanOf(x), varianceOf(x)];
      meanGap = Math.max(meanGap, Math.abs(meanSeen - mean));
      varianceGap = Math.max(varianceGap, Math.abs(varianceSeen - variance));
      worst = Math.max(
        worst,
        Math.abs(meanSeen - mean) / Math.sqrt(variance / CHAINS),
        Math.abs(varianceSeen - variance) / (variance * Math.sqrt(2 / CHAINS)),
      );
      rows.push([t, ...[mean, meanSeen, variance, varianceSeen].map((v) => v.toFixed(4))]);
    }
    const meets = worst < SURPRISING;
    return Promise.resolve({
      verdict: meets ? "confirmed" : "corrected",
      result: `Chains that take every step ${
        meets ? "end where the closed form says" : "do not end where the closed form says"
      }: they are off by ${worst.toFixed(1)} standard errors at the worst of ${
        2 * TIMES.length
      } comparisons, of means and variances.`,
      evidence: {
        numbers: { chains: CHAINS, meanGap, varianceGap, worstInStandardErrors: worst },
        table: { head: ["t", "mean", "mean of chains", "variance", "variance of chains"], rows },
        sureness: `n = ${CHAINS} chains of ${T} steps, $x_0 = ${START}$`,
      },
    });
  },
};

/** What is left is a product, and what that means for another number of steps. */
export const product: Claim = {
  number: 2,
  topic: "α, β and their product",
  sheet: String
    .raw`$\alpha_t = 1-\beta_t$, and $\bar\alpha_t$ is the product of $\alpha_1$ to $\alpha_t$.`,
  brief:
    "1000 linear steps leave {alphaBarT}; 100 steps of the same ends would leave {alphaBarOf100Steps}",
  run() {
    const { betas, alphaBars, T } = noiseSchedule("linear", 1000);
    // The product by logarithms: another way to the same numbers.
    let log = 0;
    const byLogs = [1, ...Array.from(betas, (beta) => Math.exp(log += Math.log1p(-beta)))];
    const gap = largestGap(alphaBars, byLogs);
    const left = (steps: number) => {
      let product = 1;
      for (let i = 0; i < steps; i++) product *= 1 - (1e-4 + (0.02 - 1e-4) * i / (steps - 1));
      return product;
    };
    const counts = [100, 200, 400, 1000];
    return Promise.resolve({
      verdict: gap < 1e-12 ? "confirmed" : "corrected",
      result: String.raw`The product of 1000 linear steps leaves $\bar\alpha_T$ = ${
        short(alphaBars[T])
      }, the same by sums of logarithms to ${
        short(gap)
      }. With the same first and last β in 100 steps ${
        short(left(100))
      } would be left, far from pure noise: betas belong to a number of steps.`,
      evidence: {
        numbers: { alphaBarT: alphaBars[T], largestGap: gap, alphaBarOf100Steps: left(100) },
        table: {
          head: ["steps from β = 0.0001 to 0.02", "ᾱ at the end"],
          rows: counts.map((steps) => [steps, short(left(steps))]),
        },
      },
    });
  },
};

/** The signal-to-noise ratio falls, and what it is the ratio of. */
export const signalToNoise: Claim = {
  number: 9,
  topic: "signal-to-noise ratio",
  sheet: String
    .raw`$\bar\alpha_t/(1-\bar\alpha_t)$ is the signal-to-noise ratio, and it falls with $t$.`,
  brief: "falls at every step; for pixels it is to be multiplied by {meanSquareOfPixels}",
  async run({ models }) {
    const { images } = await models.testDigits();
    let [sum, squares] = [0, 0];
    for (const byte of images) {
      const value = byte / 127.5 - 1;
      sum += value;
      squares += value ** 2;
    }
    const power = squares / images.length;
    const variance = power - (sum / images.length) ** 2;
    const curves = SCHEDULES.map((name) => {
      const { alphaBars, T } = noiseSchedule(name, 1000);
      const y = Array.from({ length: T }, (_, i) => alphaBars[i + 1] / (1 - alphaBars[i + 1]));
      return { name, y, x: y.map((_, i) => i + 1) };
    });
    const rises = curves.map(({ y }) =>
      y.filter((ratio, i) => i > 0 && !(ratio < y[i - 1])).length
    );
    const [linear, cosine] = curves.map(({ y }) => y.findIndex((ratio) => ratio < 1) + 1);
    return {
      verdict: rises.every((count) => count === 0) ? "qualified" : "corrected",
      result:
        `It falls at each of 1000 steps, linear and cosine${
          rises.some((count) => count > 0) ? `, but for ${rises.join(" and ")} of them` : ""
        }. It is the ratio of powers only for data of power 1: pixels of digits in [-1, 1] have the ` +
        `mean square ${power.toFixed(3)}, and the variance ${
          variance.toFixed(3)
        } if the mean is no ` +
        "signal, and it is to be multiplied by the one or the other. It compares variances: " +
        "amplitudes have its root.",
      evidence: {
        numbers: {
          risesLinear: rises[0],
          risesCosine: rises[1],
          stepOfRatio1Linear: linear,
          stepOfRatio1Cosine: cosine,
          meanSquareOfPixels: power,
          varianceOfPixels: variance,
        },
        picture: {
          title: "The signal-to-noise ratio over 1000 steps",
          png: await lineChart({
            title: "Signal-to-noise ratio",
            xLabel: "t",
            yLabel: "ratio",
            logY: true,
            width: 600,
            height: 320,
            series: curves,
          }),
          scale: 1,
        },
      },
    };
  },
};
