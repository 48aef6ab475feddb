/**
 * Langevin dynamics: answers 17, 24 and 25, on a Gaussian whose variance is known.
 *
 * @module
 */
import { IMAGE_CHAIN, langevinTemperature } from "../../../lib/models/ebm/process/langevin.ts";
import { histogram, normalDensity } from "../../../lib/plot/histogram.ts";
import { lineChart } from "../../../lib/plot/line_chart.ts";
import { panelChart } from "../../../lib/plot/panels.ts";
import type { Generator } from "../../../lib/random/mod.ts";
import type { Claim } from "../claim.ts";
import { errorOfShare, percent, short, varianceOf } from "../statistics.ts";
import { runChains } from "./chains.ts";

/** Chains of each setting. */
const CHAINS = 2000;
/** The energy x² / 2, of N(0, 1). */
const slope = (x: number) => x;

/** The probability that N(0, 1) gives a value between -1 and 1. */
const WITHIN = 0.6826894921370859;

/** The variance of chains on N(0, 1): what a step keeps and what it adds are in balance. */
function stationary(stepSize: number, noiseScale: number): number {
  const kept = (1 - stepSize) ** 2;
  return kept < 1 ? noiseScale ** 2 / (1 - kept) : Infinity;
}

function measured(stepSize: number, noiseScale: number, generator: Generator): number {
  const start = new Float64Array(CHAINS);
  return varianceOf(runChains(start, { slope, stepSize, noiseScale, steps: 200, generator }));
}

/** What noise makes of a chain's temperature. */
export const update: Claim = {
  number: 17,
  topic: "a Langevin step",
  sheet: String.raw`$x \leftarrow x - \eta\,\nabla_x E(x) + \sigma\xi$ with standard normal $\xi$.`,
  brief:
    "samples E itself only if σ = √(2η); image chains have temperature {temperatureOfImageChains}",
  run({ generator }) {
    const settings = [
      [0.1, Math.sqrt(0.2)],
      [0.1, 0.2],
      [0.1, 0.1],
      [0.1, 0.005],
    ];
    const found = settings.map(([stepSize, noiseScale]) => ({
      stepSize,
      noiseScale,
      temperature: langevinTemperature({ stepSize, noiseScale }),
      expected: stationary(stepSize, noiseScale),
      variance: measured(stepSize, noiseScale, generator),
    }));
    const worst = Math.max(
      ...found.map(({ expected, variance }) =>
        Math.abs(variance / expected - 1) / Math.sqrt(2 / CHAINS)
      ),
    );
    const images = langevinTemperature(IMAGE_CHAIN);
    return Promise.resolve({
      verdict: "qualified",
      result: String
        .raw`The step is right, but it samples $e^{-E}$ only if $\sigma = \sqrt{2\eta}$; otherwise it samples $e^{-E/T}$ with $T = \sigma^2/(2\eta)$, and either only for small $\eta$. On $\mathcal N(0,1)$ chains of $\eta = 0.1$ have the variance ${
        short(found[0].variance)
      } with $\sigma = \sqrt{2\eta}$ and ${
        short(found[3].variance)
      } with $\sigma = 0.005$. Usual settings for images ($\eta = 10$, $\sigma = 0.005$) have $T$ = ${
        short(images)
      }: they go downhill rather than sample.`,
      evidence: {
        numbers: {
          varianceAtTemperature1: found[0].variance,
          expectedAtTemperature1: found[0].expected,
          varianceOfLittleNoise: found[3].variance,
          worstInStandardErrors: worst,
          temperatureOfImageChains: images,
        },
        table: {
          head: ["η", "σ", "T = σ² / 2η", "variance expected", "variance of chains"],
          rows: found.map((row) =>
            [row.stepSize, row.noiseScale, row.temperature, row.expected, row.variance].map(short)
          ),
        },
        sureness: `n = ${CHAINS} chains of 200 steps each; the worst of four variances is off by ${
          worst.toFixed(1)
        } standard errors`,
      },
    });
  },
};

/** What clamping does to what is sampled, and where in the step it belongs. */
export const clamp: Claim = {
  number: 24,
  topic: "clamping",
  sheet: "Clip x to its bounds after each update.",
  brief:
    "after the noise; {shareOnBounds%} then lie on a bound, and the variance is {variance} for {varianceOfTruncatedNormal}",
  async run({ generator, models }) {
    const [stepSize, noiseScale] = [0.1, Math.sqrt(0.2)];
    const bounded = (x: number) => Math.min(1, Math.max(-1, x));
    const start = new Float64Array(2 * CHAINS);
    const common = { slope, stepSize, noiseScale, steps: 200, generator };
    const after = runChains(start, { ...common, after: bounded });
    // Clamped first and moved then: the noise has the last word.
    const before = runChains(after, { ...common, steps: 1 });
    const share = (values: Float64Array, test: (x: number) => boolean) =>
      values.filter(test).length / values.length;
    const atBounds = share(after, (x) => Math.abs(x) === 1);
    const outside = share(before, (x) => Math.abs(x) > 1);
    // Of N(0, 1) between -1 and 1: 1 - 2 phi(1) / (Phi(1) - Phi(-1)).
    const truncated = 1 - 2 * normalDensity(1, 0, 1) / WITHIN;
    const variance = varianceOf(after);
    const places = Array.from({ length: 41 }, (_, i) => -1 + i / 20);
    const { images } = await models.testDigits();
    const extreme = share(
      Float64Array.from(images.subarray(0, 784_000)),
      (byte) => byte === 0 || byte === 255,
    );
    return {
      verdict: "qualified",
      result:
        `It keeps x within its bounds if it comes after the noise; with the noise last, ${
          percent(outside)
        } end outside. But it is no sampling from the density within the bounds: of chains on N(0, 1) ` +
        `clamped to [-1, 1], ${
          percent(atBounds)
        } lie exactly on a bound, where the density has no mass, ` +
        `and the variance is ${variance.toFixed(3)} instead of ${truncated.toFixed(3)}. It suits ` +
        `digits, ${percent(extreme)} of whose pixels do lie on a bound.`,
      evidence: {
        numbers: {
          shareOnBounds: atBounds,
          shareOutsideIfClampedBefore: outside,
          variance,
          varianceOfTruncatedNormal: truncated,
          shareOfPixelsOnBounds: extreme,
        },
        picture: {
          title: "Chains clamped after each step, and N(0, 1) between the bounds",
          png: await panelChart({
            title: "Clamped chains pile up at the bounds",
            width: 440,
            height: 200,
            panels: [{
              x: { label: "x", domain: [-1.125, 1.125] },
              y: { domain: [0, 2.5] },
              marks: [
                {
                  ...histogram(after, { from: -1.125, to: 1.125, bins: 45 }),
                  name: "chains",
                  colour: "sky",
                },
                {
                  kind: "line",
                  x: places,
                  y: places.map((x) => normalDensity(x, 0, 1) / WITHIN),
                  name: "density",
                  colour: "vermillion",
                },
              ],
            }],
          }),
          scale: 2,
        },
        sureness: `n = ${after.length} chains of 200 steps; standard error of the first share ${
          short(errorOfShare(atBounds, after.length))
        }`,
      },
    };
  },
};

/** The steps after which 1/e of a deviation is left, of which a step keeps so much: |1 - eta|. */
function memoryOf(kept: number): number {
  if (kept === 0) return 0;
  return kept < 1 ? -1 / Math.log(kept) : Infinity;
}

/** Bias, speed and stability over step sizes. */
export const tradeoff: Claim = {
  number: 25,
  topic: "step size against noise",
  sheet: String.raw`Tune $\eta$ and $\sigma$ between stability and exploration.`,
  brief:
    "variance 1 / (1 - η/2): {variance05} at 0.5, {variance19} at 1.9, {variance21} at 2.1; σ = √(2η) is not free",
  async run({ generator }) {
    const sizes = [0.02, 0.1, 0.5, 1, 1.5, 1.9, 2.1];
    const found = sizes.map((stepSize) => {
      const noiseScale = Math.sqrt(2 * stepSize);
      return {
        stepSize,
        expected: stationary(stepSize, noiseScale),
        variance: measured(stepSize, noiseScale, generator),
        memory: memoryOf(Math.abs(1 - stepSize)),
      };
    });
    const stable = found.filter(({ expected }) => Number.isFinite(expected));
    const worst = Math.max(
      ...stable.map(({ expected, variance }) =>
        Math.abs(variance / expected - 1) / Math.sqrt(2 / CHAINS)
      ),
    );
    const [, , half, , , large, beyond] = found;
    return {
      verdict: "qualified",
      result: String
        .raw`There is such a trade, but to sample $e^{-E}$ itself one number is free: $\sigma = \sqrt{2\eta}$. On $\mathcal N(0,1)$ the chain's variance is $1/(1-\eta/2)$: ${
        half.variance.toFixed(2)
      } at $\eta = 0.5$, ${large.variance.toFixed(1)} at 1.9, and ${
        short(beyond.variance)
      } after 200 steps at 2.1, where it has none. Small steps are true and slow: at 0.02 a chain remembers its start for ${
        found[0].memory.toFixed(0)
      } steps. A σ of its own sets a temperature, as answer 17 shows.`,
      evidence: {
        numbers: {
          variance05: half.variance,
          expected05: half.expected,
          variance19: large.variance,
          variance21: beyond.variance,
          memory002: found[0].memory,
          worstInStandardErrors: worst,
        },
        table: {
          head: ["η", "variance expected", "variance after 200 steps", "memory in steps"],
          rows: found.map(({ stepSize, expected, variance, memory }) =>
            [stepSize, expected, variance, memory].map(short)
          ),
        },
        picture: {
          title: "Variance of chains on N(0, 1), which has 1",
          png: await lineChart({
            title: "Variance by step size, σ = √(2η)",
            xLabel: "η",
            yLabel: "variance",
            width: 560,
            height: 300,
            series: [
              {
                name: "1 / (1 - η/2)",
                x: sizes.slice(0, 5),
                y: found.slice(0, 5).map((f) => f.expected),
              },
              { name: "chains", x: sizes.slice(0, 5), y: found.slice(0, 5).map((f) => f.variance) },
            ],
          }),
          scale: 1,
        },
        sureness: `n = ${CHAINS} chains a row; where there is a variance to expect, the worst of ` +
          `${stable.length} is off by ${worst.toFixed(1)} standard errors`,
      },
    };
  },
};
