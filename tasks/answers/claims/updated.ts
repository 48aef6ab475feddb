/**
 * What moves while each of the two models draws: answer 26.
 *
 * @module
 */
import { sampleDdpmPath } from "../../../lib/models/ddpm/process/sampler.ts";
import { noiseSchedule } from "../../../lib/models/ddpm/process/schedule.ts";
import { IMAGE_CHAIN, langevinPath } from "../../../lib/models/ebm/process/langevin.ts";
import { cat } from "../../../lib/tensor/functions.ts";
import { rand, randn } from "../../../lib/tensor/random.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { toBytes } from "../../sample/files.ts";
import type { Claim, Setting } from "../claim.ts";
import { digitRows } from "../pictures.ts";
import { short } from "../statistics.ts";
import { noiseAt, scoreByDifferences } from "./two_wells.ts";

/** Moments of a way that are shown. */
const SHOWN = 10;
/** The digit that the DDPM of the picture is asked for. */
const DIGIT = 3;

/** DDPM's step back as a step up a density, and the ways of both models from noise to a digit. */
export const updated: Claim = {
  number: 26,
  topic: "what moves while sampling",
  sheet: String
    .raw`In a DDPM $x_t$, by the mean of a step back; in an energy-based model $x$, by $-\nabla_x E$.`,
  brief: "DDPM's mean is a step up a score as well, to {largestGap}",
  async run(setting) {
    const { gap, points } = gapToScore();
    const { ddpm, ebm } = await waysOf(setting);
    const moves = [ddpm.xt, ebm].map((way) => [moveAt(way, 1), moveAt(way, way.length - 1)]);
    const { steps, chain } = setting.models.size;
    return {
      verdict: "confirmed",
      result: String
        .raw`And the two are nearer to each other than they look. With the exact noise the mean is $(x_t + \beta_t\nabla\log p_t(x_t))/\sqrt{\alpha_t}$, to ${
        short(gap)
      } against a numerical gradient: but for the factor $1/\sqrt{\alpha_t}$ a step of size $\beta_t$ down the energy $-\log p_t$. What differs is that $p_t$ goes from noise to data, while a chain of an energy-based model has one density all the time. Both then add noise, but for the DDPM's last step, and neither changes its parameters. In the pictures the DDPM's first of ${steps} steps changes a pixel by ${
        short(moves[0][0])
      } (root mean square; black and white are 2 apart) and its last by ${
        short(moves[0][1])
      }; of a chain's ${chain} steps it is ${short(moves[1][0])} and ${short(moves[1][1])}.`,
      evidence: {
        numbers: {
          largestGap: gap,
          points,
          firstMoveDdpm: moves[0][0],
          lastMoveDdpm: moves[0][1],
          firstMoveEbm: moves[1][0],
          lastMoveEbm: moves[1][1],
        },
        picture: {
          title:
            `The pair on its way from noise: the DDPM's x and what it takes the digit (a ${DIGIT}) to be, evenly over its ${steps} steps; a chain at steps ${
              momentsOf(chain, "early").join(", ")
            }`,
          png: await digitRows(
            [
              shownOf(ddpm.xt, momentsOf(steps, "even")),
              shownOf(ddpm.x0hat, momentsOf(steps - 1, "even")),
              shownOf(ebm, momentsOf(chain, "early")),
            ],
            ["DDPM, xₜ", "DDPM, x̂₀", "EBM, x"],
          ),
          scale: 1,
        },
      },
    };
  },
};

/** The largest difference between DDPM's mean and a step up the score, on two exact wells. */
function gapToScore(): { gap: number; points: number } {
  const wells = { centre: 1.5, std: 0.4 };
  const { betas, alphaBars, T } = noiseSchedule("linear", 100);
  let [gap, points] = [0, 0];
  for (let t = 1; t <= T; t += 3) {
    const [beta, alphaBar] = [betas[t - 1], alphaBars[t]];
    for (const x of [-2, -0.6, 0.3, 1.4]) {
      const eps = noiseAt(x, alphaBar, wells);
      const mean = (x - beta / Math.sqrt(1 - alphaBar) * eps) / Math.sqrt(1 - beta);
      const score = scoreByDifferences(x, alphaBar, wells);
      gap = Math.max(gap, Math.abs(mean - (x + beta * score) / Math.sqrt(1 - beta)));
      points++;
    }
  }
  return { gap, points };
}

/** Images one after the other, each of 784 numbers in about [-1, 1]. */
type Way = readonly Float32Array[];

/** Where a sample of each model is after 0, 1, 2, ... steps, and what the DDPM takes it for. */
async function waysOf(
  { models, generator }: Setting,
): Promise<{ ddpm: { xt: Way; x0hat: Way }; ebm: Way }> {
  const { steps, chain } = models.size;
  const path = await sampleDdpmPath(await models.ddpm("ddpm-small"), [DIGIT], {
    steps,
    eta: 1,
    generator,
  });
  const energy = await models.energy();
  const start = rand([1, 1, 28, 28], { generator }).mul(2).sub(1);
  const chains = await langevinPath((x) => energy.forward(x), start, {
    ...IMAGE_CHAIN,
    steps: chain,
    noise: (shape) => randn(shape, { generator }),
  });
  return {
    ddpm: {
      xt: await wayOf(cat([path.xt, path.samples.unsqueeze(0)])),
      x0hat: await wayOf(path.x0hat),
    },
    ebm: await wayOf(cat([start.unsqueeze(0), chains])),
  };
}

/** The images of `[S, 1, 1, 28, 28]`. */
async function wayOf(images: Tensor): Promise<Way> {
  const values = Float32Array.from(await images.data());
  return Array.from(
    { length: values.length / 784 },
    (_, i) => values.slice(784 * i, 784 * (i + 1)),
  );
}

/** How far a step takes a pixel, as a root mean square. */
function moveAt(way: Way, step: number): number {
  const squares = way[step].reduce((sum, value, i) => sum + (value - way[step - 1][i]) ** 2, 0);
  return Math.sqrt(squares / way[step].length);
}

/** Moments from 0 to the last, evenly or the closer together the earlier. */
function momentsOf(last: number, spread: "even" | "early"): number[] {
  return Array.from({ length: SHOWN }, (_, i) => {
    const share = i / (SHOWN - 1);
    return Math.round(spread === "even" ? last * share : (last + 1) ** share - 1);
  });
}

function shownOf(way: Way, moments: readonly number[]): Uint8Array {
  return toBytes(moments.flatMap((moment) => Array.from(way[moment])));
}
