/**
 * Drawing with a DDPM: answers 12 to 15.
 *
 * @module
 */
import { noiseSchedule, SCHEDULES } from "../../../lib/models/ddpm/process/schedule.ts";
import { diversity } from "../../../lib/models/judge/diversity.ts";
import { FEATURES } from "../../../lib/models/judge/judge.ts";
import { lineChart } from "../../../lib/plot/line_chart.ts";
import { randn } from "../../../lib/tensor/random.ts";
import type { Claim } from "../claim.ts";
import type { Drawn, Models } from "../models.ts";
import { digitRows } from "../pictures.ts";
import {
  errorOfMean,
  errorOfShare,
  meanOf,
  percent,
  percentWithError,
  short,
} from "../statistics.ts";
import { sampleStd } from "./gaussian_sampler.ts";

/** What guidance is by the sheet's scale and by the paper's, and what it does to digits. */
export const guidance: Claim = {
  number: 12,
  topic: "guidance without a classifier",
  sheet: String
    .raw`$\hat\epsilon = \epsilon_\emptyset + w(\epsilon_c - \epsilon_\emptyset)$, from without a class to with it.`,
  brief:
    "w here is the paper's w + 1; the judge agrees in {agreement0%}, {agreement1%}, {agreement2%} at 0, 1, 2",
  async run({ models, generator }) {
    const [c, u] = [randn([1000], { generator }), randn([1000], { generator })];
    const sheet = (w: number) => u.add(c.sub(u).mul(w));
    const paper = (w: number) => c.mul(1 + w).sub(u.mul(w));
    const gapOf = async (a: number, b: number) => await sheet(a).sub(paper(b)).abs().amax().item();
    const [gap, sameLetter] = [await gapOf(2, 1), await gapOf(2, 2)];
    const asked = Array.from({ length: models.size.images }, (_, i) => i % 10);
    const scales = [0, 1, 2];
    const sets = [
      await models.drawDdpm({ eta: 0, told: false }),
      await models.drawDdpm({ eta: 0 }),
      await models.drawDdpm({ eta: 0, guidance: 2 }),
    ];
    const shares: number[] = [];
    const rows: (string | number)[][] = [];
    for (const [i, { images }] of sets.entries()) {
      const { agreement } = await models.assess(images, asked, { lookUp: false });
      shares.push(agreement ?? NaN);
      rows.push([scales[i], scales[i] - 1, percentWithError(shares[i], asked.length)]);
    }
    return {
      verdict: "qualified",
      result: String
        .raw`The formula is right, and its letter is a trap: here $w = 1$ is no guidance and $w = 0$ ignores the class, while in the paper $\hat\epsilon = (1+w)\epsilon_c - w\,\epsilon_\emptyset$ and $w = 0$ is no guidance. With the sheet's scale one higher than the paper's they agree to ${
        short(gap)
      }; read with the same $w = 2$ they differ by up to ${
        short(sameLetter)
      }. Of ${asked.length} digits each, the judge sees the one asked for in ${
        shares.map((share, i) => `${percent(share)} at ${scales[i]}`).join(", ")
      }.`,
      evidence: {
        numbers: {
          gapOneHigher: gap,
          gapSameLetter: sameLetter,
          agreement0: shares[0],
          agreement1: shares[1],
          agreement2: shares[2],
        },
        table: { head: ["the sheet's w", "the paper's w", "taken for the digit asked for"], rows },
        picture: {
          title: "The same noise at the sheet's w = 0, 1 and 2; from left to right 0 to 9",
          png: await digitRows(sets.map(({ images }) => images), scales.map((w) => `w = ${w}`)),
          scale: 1,
        },
        sureness: `n = ${asked.length} for each scale, from the same noise, ${models.size.steps} ` +
          "steps of DDIM; ± is a standard error",
      },
    };
  },
};

/** Widths of data for which the samplers' own error is computed. */
const WIDTHS = [0.05, 0.1, 0.2, 0.5, 1];
const COUNTS = [5, 10, 20, 50, 100, 1000];

/** The schedules compared where the prediction is exact, and on the shipped network. */
export const schedules: Claim = {
  number: 13,
  topic: "linear or cosine",
  sheet: "A linear schedule works, a cosine one is often better.",
  brief:
    "cosine better in {casesWhereCosineIsBetter} of {cases} exact cases; on digits {agreementCosine%} against {agreementLinear%} agreement",
  async run({ models }) {
    const ways = SCHEDULES.flatMap((schedule) => [0, 1].map((eta) => ({ schedule, eta })));
    const errors = ways.map((way) =>
      COUNTS.map((steps) =>
        meanOf(WIDTHS.map((std) => Math.abs(sampleStd(std, { ...way, steps }) / std - 1)))
      )
    );
    const [linear0, linear1, cosine0, cosine1] = errors;
    const pairs = [[linear0, cosine0], [linear1, cosine1]];
    const wins = pairs.flatMap(([linear, cosine]) => linear.map((error, i) => cosine[i] < error));
    const cosineBetter = wins.filter((win) => win).length;
    const even = await models.drawDdpm({ eta: 0 });
    const spaced = await linearSpacing(models);
    const asLinear = await models.drawDdpm({ eta: 0, steps: spaced });
    const [ofEven, ofLinear] = [
      await models.assess(even.images, even.labels, { lookUp: false }),
      await models.assess(asLinear.images, asLinear.labels, { lookUp: false }),
    ];
    const n = models.size.images;
    const agreements = [ofEven, ofLinear].map(({ agreement }) => agreement ?? NaN);
    const error = Math.hypot(...agreements.map((share) => errorOfShare(share, n)));
    const gap = agreements[0] - agreements[1];
    const shown = gap > 2 * error;
    return {
      verdict: cosineBetter === wins.length && shown ? "confirmed" : "qualified",
      result: `Both work. With the exact prediction for Gaussian data of five widths, the cosine ` +
        `schedule gives the better standard deviation in ${cosineBetter} of ${wins.length} cases ` +
        `(DDIM and ancestral, 5 to 1000 steps); with 10 steps of DDIM the error is ${
          percent(cosine0[1])
        } against ${percent(linear0[1])} linear, with 1000 ancestral ones ${
          short(cosine1[5])
        } against ${
          short(linear1[5])
        }. The shipped network with its own cosine spacing of ${models.size.steps} steps comes to ${
          percent(agreements[0])
        } agreement and a Fréchet distance of ${
          ofEven.frechet.toFixed(0)
        }; at the ${spaced.length} noise levels ` +
        `nearest to a linear schedule's, ${percent(agreements[1])} and ${
          ofLinear.frechet.toFixed(0)
        }: ${
          shown ? "better" : gap < -2 * error ? "worse" : "no difference that can be measured"
        }.`,
      evidence: {
        numbers: {
          casesWhereCosineIsBetter: cosineBetter,
          cases: wins.length,
          ddim10Linear: linear0[1],
          ddim10Cosine: cosine0[1],
          ancestral1000Linear: linear1[5],
          ancestral1000Cosine: cosine1[5],
          frechetCosine: ofEven.frechet,
          frechetLinear: ofLinear.frechet,
          agreementCosine: agreements[0],
          agreementLinear: agreements[1],
          agreementDifferenceError: error,
        },
        picture: {
          title: "Mean relative error of the samples' standard deviation",
          png: await lineChart({
            title: "Error of the standard deviation, exact prediction",
            xLabel: "steps",
            yLabel: "relative error",
            logY: true,
            width: 600,
            height: 340,
            series: ways.map(({ schedule, eta }, i) => ({
              name: `${schedule}, ${eta === 0 ? "DDIM" : "ancestral"}`,
              x: COUNTS.slice(0, 5),
              y: errors[i].slice(0, 5),
            })),
          }),
          scale: 1,
        },
        sureness: "closed form: exact; digits: n = " +
          `${n} a set, standard error of an agreement ${
            percent(errorOfShare(agreements[1], n))
          }, and a Fréchet distance of so few images only ranks. Instead of two trainings, one network ` +
          "was sampled at two spacings",
      },
    };
  },
};

/** The time steps of the shipped model whose noise is nearest to that of a linear schedule. */
async function linearSpacing({ ddpm, size }: Models): Promise<number[]> {
  const { alphaBars } = await ddpm();
  const { alphaBars: linear, T } = noiseSchedule("linear", 1000);
  const logRatio = (alphaBar: number) => Math.log(alphaBar / (1 - alphaBar));
  const nearest = (target: number) => {
    let best = 1;
    for (let t = 2; t < alphaBars.length; t++) {
      const away = (at: number) => Math.abs(logRatio(alphaBars[at]) - logRatio(target));
      if (away(t) < away(best)) best = t;
    }
    return best;
  };
  const times = Array.from(
    { length: size.steps - 1 },
    (_, i) => nearest(linear[Math.round((i + 1) * T / size.steps)]),
  );
  return [...new Set([...times, alphaBars.length - 1])].sort((a, b) => a - b);
}

/** How many times the network is asked, and how long that takes. */
export const cost: Claim = {
  number: 14,
  topic: "cost of a sample",
  sheet: String.raw`$\mathcal O(T)$ evaluations of the network.`,
  brief:
    "one evaluation a step taken, not T = {T}: {evaluations} do, and twice as many with guidance",
  async run({ models }) {
    const { steps, images } = models.size;
    const { alphaBars } = await models.ddpm();
    const T = alphaBars.length - 1;
    const few = Math.ceil(steps / 4);
    const sets: [string, number, Drawn][] = [
      [`DDIM, ${few} steps`, few, await models.drawDdpm({ eta: 0, steps: few })],
      [`DDIM, ${steps} steps`, steps, await models.drawDdpm({ eta: 0 })],
      [`ancestral, ${steps} steps`, steps, await models.drawDdpm({ eta: 1 })],
      [`DDIM, ${steps} steps, guided`, 2 * steps, await models.drawDdpm({ eta: 0, guidance: 2 })],
    ];
    const rows: (string | number)[][] = [];
    const shares: number[] = [];
    for (const [name, evaluations, { images, labels, seconds }] of sets) {
      const { agreement } = await models.assess(images, labels, { lookUp: false });
      shares.push(agreement ?? NaN);
      rows.push([name, evaluations, seconds.toFixed(1), percent(agreement ?? NaN)]);
    }
    return {
      verdict: "qualified",
      result:
        `It is one evaluation a step taken, two with guidance; the T = ${T} of training is only the ` +
        `most there can be. With ${steps} of them the judge agrees in ${
          percentWithError(shares[1], images)
        }, with ${few} in ${percentWithError(shares[0], images)}.`,
      evidence: {
        numbers: {
          T,
          evaluations: steps,
          evaluationsGuided: 2 * steps,
          agreement: shares[1],
          agreementFew: shares[0],
        },
        table: {
          head: ["sampler", "evaluations an image", `seconds for ${images}`, "agreement"],
          rows,
        },
        sureness: `n = ${images} a row, each timed once, with the making of its session`,
      },
    };
  },
};

/** DDIM and ancestral sampling at the same number of steps. */
export const deterministic: Claim = {
  number: 15,
  topic: "deterministic against stochastic sampling",
  sheet: "DDIM sets the variance to 0, which is faster and less diverse.",
  brief:
    "no noise in steps; diversity {diversityDdim} against {diversityAncestral}, a difference of {difference} ± {differenceError}",
  async run({ models }) {
    const { steps, images } = models.size;
    const sets = [await models.drawDdpm({ eta: 0 }), await models.drawDdpm({ eta: 1 })];
    const [ddim, ancestral] = await Promise.all(sets.map((set) => diversityByClass(models, set)));
    const difference = ddim.map((value, i) => value - ancestral[i]);
    const [gap, error] = [meanOf(difference), errorOfMean(difference)];
    const clear = Math.abs(gap) > 2 * error;
    const said = !clear ? "not measurably different" : gap < 0 ? "less" : "more";
    const agreements = await Promise.all(
      sets.map(async ({ images, labels }) =>
        (await models.assess(images, labels, { lookUp: false })).agreement ?? NaN
      ),
    );
    const options = { schedule: "cosine", steps } as const;
    const [std0, std1] = [0, 1].map((eta) => sampleStd(0.5, { ...options, eta }));
    return {
      verdict: "qualified",
      result: String
        .raw`What becomes 0 is the noise of a step, not the variance of the samples. At ${steps} steps each, a step of DDIM saves nothing but its random numbers: it is faster because it needs fewer steps. Diversity within a class is ${
        meanOf(ddim).toFixed(2)
      } for DDIM and ${meanOf(ancestral).toFixed(2)} for ancestral sampling, a difference of ${
        gap.toFixed(2)
      } ± ${error.toFixed(2)}: ${said}. That counts failed digits as well: the judge agrees in ${
        percent(agreements[0])
      } and ${
        percent(agreements[1])
      }. On Gaussian data of standard deviation 0.5, with the exact prediction, samples have ${
        std0.toFixed(3)
      } and ${std1.toFixed(3)}.`,
      evidence: {
        numbers: {
          diversityDdim: meanOf(ddim),
          diversityAncestral: meanOf(ancestral),
          difference: gap,
          differenceError: error,
          agreementDdim: agreements[0],
          agreementAncestral: agreements[1],
          stdDdim: std0,
          stdAncestral: std1,
        },
        picture: {
          title: "The same first noise: DDIM above, ancestral sampling below",
          png: await digitRows(sets.map(({ images }) => images), ["DDIM", "ancestral"]),
          scale: 1,
        },
        sureness: `n = ${images} images a sampler; ± is a standard error over the differences of ` +
          `${ddim.length} classes. Diversity is the mean distance in the judge's features`,
      },
    };
  },
};

/** The diversity among the images of each class that was asked for. */
async function diversityByClass(models: Models, { images, labels = [] }: Drawn): Promise<number[]> {
  const { features } = await models.judge(images);
  return [...new Set(labels)].map((digit) => {
    const members = labels.flatMap((label, i) =>
      label === digit ? [features.subarray(i * FEATURES, (i + 1) * FEATURES)] : []
    );
    return diversity(members.flatMap((one) => [...one]), members.map(() => 0));
  });
}
