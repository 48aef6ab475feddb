/**
 * DDPM and energy-based models side by side: answers 26, 28 and 29.
 *
 * @module
 */
import { noiseSchedule } from "../../../lib/models/ddpm/process/schedule.ts";
import { spacedSteps } from "../../../lib/models/ddpm/process/reverse.ts";
import type { Generator } from "../../../lib/random/mod.ts";
import type { Module } from "../../../lib/nn/mod.ts";
import type { Claim } from "../claim.ts";
import { digitRows } from "../pictures.ts";
import { errorOfShare, percent, short } from "../statistics.ts";
import { runChains, twoWells } from "./chains.ts";
import { noiseAt, scoreByDifferences } from "./two_wells.ts";

/** DDPM's step back as a step up a density. */
export const updated: Claim = {
  number: 26,
  topic: "what moves while sampling",
  sheet: String
    .raw`In a DDPM $x_t$, by the mean of a step back; in an energy-based model $x$, by $-\nabla_x E$.`,
  brief: "DDPM's mean is a step up a score as well, to {largestGap}",
  run() {
    const [centre, std] = [1.5, 0.4];
    const { betas, alphaBars, T } = noiseSchedule("linear", 100);
    let gap = 0;
    for (let t = 1; t <= T; t += 3) {
      const [beta, alphaBar] = [betas[t - 1], alphaBars[t]];
      for (const x of [-2, -0.6, 0.3, 1.4]) {
        const eps = noiseAt(x, alphaBar, { centre, std });
        const mean = (x - beta / Math.sqrt(1 - alphaBar) * eps) / Math.sqrt(1 - beta);
        const score = scoreByDifferences(x, alphaBar, { centre, std });
        gap = Math.max(gap, Math.abs(mean - (x + beta * score) / Math.sqrt(1 - beta)));
      }
    }
    return Promise.resolve({
      verdict: "confirmed",
      result: String
        .raw`And the two are nearer to each other than they look. With the exact noise the mean is $(x_t + \beta_t\nabla\log p_t(x_t))/\sqrt{\alpha_t}$, to ${
        short(gap)
      } against a numerical gradient: a step of size $\beta_t$ down the energy $-\log p_t$. What differs is that $p_t$ goes from noise to data, while a chain of an energy-based model has one density all the time. Both then add noise, and neither changes its parameters.`,
      evidence: { numbers: { largestGap: gap, points: 4 * Math.ceil(T / 3) } },
    });
  },
};

function parametersOf(module: Module): number {
  return module.parameters().reduce((sum, { value }) => sum + value.size, 0);
}

/** Quality and seconds of both, at full length and at a quarter. */
export const costs: Claim = {
  number: 28,
  topic: "cost of both",
  sheet: "Both go step by step, and need to be made faster.",
  brief:
    "judge sure of {sureDdpm%}, {sureDdpmFew%} with a quarter of the steps; EBM {sureEbm%} and {sureEbmShort%}",
  async run({ models }) {
    const { steps, chain, images } = models.size;
    const { unet } = await models.ddpm();
    const energy = await models.energy();
    const [few, brief] = [Math.ceil(steps / 4), Math.ceil(chain / 4)];
    const sets = [
      {
        name: `DDPM, ${steps} steps of DDIM`,
        calls: `${steps}`,
        drawn: await models.drawDdpm({ eta: 0 }),
      },
      {
        name: `DDPM, ${few} steps of DDIM`,
        calls: `${few}`,
        drawn: await models.drawDdpm({ eta: 0, steps: few }),
      },
      { name: `EBM, ${chain} steps`, calls: `${chain}, and back`, drawn: await models.drawEbm() },
      {
        name: `EBM, ${brief} steps`,
        calls: `${brief}, and back`,
        drawn: await models.drawEbm({ steps: brief }),
      },
    ];
    const sure: number[] = [];
    const rows: string[][] = [];
    for (const { name, calls, drawn } of sets) {
      const found = await models.assess(drawn.images, undefined, { lookUp: false });
      sure.push(found.sure);
      rows.push([
        name,
        calls,
        drawn.seconds.toFixed(1),
        `${percent(found.sure)} ± ${percent(errorOfShare(found.sure, images))}`,
        found.frechet.toFixed(0),
      ]);
    }
    const sizes = [parametersOf(unet), parametersOf(energy)];
    return {
      verdict: "qualified",
      result:
        `Both do, but they do not shorten alike. The judge is sure of ${
          percent(sure[0])
        } of images of ` +
        `the DDPM in ${steps} steps and of ${
          percent(sure[1])
        } in ${few}, without training anew; of the ` +
        `energy-based model's it is ${percent(sure[2])} after ${chain} steps and ${
          percent(sure[3])
        } after ` +
        `${brief}. A step of a chain goes forward and back through its network, of ${
          sizes[1]
        } parameters ` +
        `here, against ${sizes[0]} of the UNet.`,
      evidence: {
        numbers: {
          sureDdpm: sure[0],
          sureDdpmFew: sure[1],
          sureEbm: sure[2],
          sureEbmShort: sure[3],
          parametersDdpm: sizes[0],
          parametersEbm: sizes[1],
        },
        table: {
          head: [
            "sampler",
            "passes an image",
            `seconds for ${images}`,
            "judge is sure",
            "Fréchet distance",
          ],
          rows,
        },
        picture: {
          title: "What the rows of the table look like",
          png: await digitRows(sets.map(({ drawn }) => drawn.images), sets.map(({ name }) => name)),
          scale: 1,
        },
        sureness:
          `n = ${images} a row, ± is a standard error, each timed once. The models have not the ` +
          "same size nor the same time of training: this compares the shipped ones",
      },
    };
  },
};

const WELLS = { centre: 2, std: 0.5 };
const SAMPLES = 1000;

/** Being asked for one of two classes. */
export const conditioning: Claim = {
  number: 29,
  topic: "asking for a class",
  sheet: "Both can be asked for a class, each in its own way.",
  brief: "right well {ddpmRight%} and {ebmRight%}; digits asked for {digitsTold%}",
  async run({ models, generator }) {
    const ddpm = ddpmShare(generator);
    // E(x) - log p(right | x), whose slope is that of E less 2c/s² (1 - p(right | x)).
    const { centre, std } = WELLS;
    const slope = twoWells(centre, std);
    const pull = (x: number) => 2 * centre / std ** 2 / (1 + Math.exp(2 * centre * x / std ** 2));
    const start = Float64Array.from({ length: SAMPLES }, () => 2 * generator.gaussian());
    const chain = { steps: 400, stepSize: 0.02, noiseScale: Math.sqrt(0.04), generator };
    const right = (values: Float64Array) => values.filter((x) => x > 0).length / SAMPLES;
    const told = right(runChains(start, { ...chain, slope: (x) => slope(x) - pull(x) }));
    const untold = right(runChains(start, { ...chain, slope }));
    const drawn = await models.drawDdpm({ eta: 0 });
    const free = await models.drawDdpm({ eta: 0, told: false });
    const agreements = [drawn, free].map(async ({ images }) =>
      (await models.assess(images, drawn.labels, { lookUp: false })).agreement ?? NaN
    );
    const [ofTold, ofFree] = await Promise.all(agreements);
    return {
      verdict: Math.min(ddpm, told) > 0.95 ? "confirmed" : "qualified",
      result: String
        .raw`With data in two wells and the right one asked for, a DDPM that is told the class draws it in ${
        percent(ddpm)
      }, and chains of $E(x) - \log p(\text{right}\mid x)$ in ${percent(told)} (${
        percent(untold)
      } without the second term): an energy takes a condition as one more summand, given a classifier. Of digits, the judge sees the class that the shipped DDPM was told in ${
        percent(ofTold)
      }, and ${percent(ofFree)} if it is not told.`,
      evidence: {
        numbers: {
          ddpmRight: ddpm,
          ebmRight: told,
          ebmRightUntold: untold,
          digitsTold: ofTold,
          digitsUntold: ofFree,
        },
        sureness: `wells: n = ${SAMPLES}; digits: n = ${models.size.images}, standard error ${
          percent(errorOfShare(ofTold, models.size.images))
        }. The shipped energy has no classes, so that its digits could not be asked for`,
      },
    };
  },
};

/** The share in the right well of samples of a DDPM whose noise is exact for that well. */
function ddpmShare(generator: Generator): number {
  const { alphaBars, T } = noiseSchedule("cosine", 200);
  const { centre, std } = WELLS;
  const times = spacedSteps(T, 50).toReversed();
  let right = 0;
  for (let i = 0; i < SAMPLES; i++) {
    let x = generator.gaussian();
    times.forEach((t, k) => {
      const [alphaBar, next] = [alphaBars[t], alphaBars[times[k + 1] ?? 0]];
      // Of one Gaussian: (x - sqrt(abar) c) sqrt(1 - abar) / (abar s² + 1 - abar).
      const eps = (x - Math.sqrt(alphaBar) * centre) * Math.sqrt(1 - alphaBar) /
        (alphaBar * std ** 2 + 1 - alphaBar);
      const x0 = (x - Math.sqrt(1 - alphaBar) * eps) / Math.sqrt(alphaBar);
      x = Math.sqrt(next) * x0 + Math.sqrt(1 - next) * eps;
    });
    if (x > 0) right++;
  }
  return right / SAMPLES;
}
