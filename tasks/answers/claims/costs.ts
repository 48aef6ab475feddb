/**
 * What a sample of each model costs, and how good it is for that: answer 28.
 *
 * @module
 */
import type { Claim } from "../claim.ts";
import {
  ANCESTRAL,
  assessed,
  type AssessedSet,
  clearlyNearer,
  distanceOf,
  passesOf,
} from "../pair.ts";
import { digitRows } from "../pictures.ts";
import { percent, percentWithError, short } from "../statistics.ts";

/** Quality, passes and seconds of both, at full length and at a quarter. */
export const costs: Claim = {
  number: 28,
  topic: "cost of both",
  sheet: "Both go step by step, and need to be made faster.",
  brief:
    "judge sure of {sureDdpm%}, {sureDdpmFew%} with a quarter of the steps; EBM {sureEbm%} and {sureEbmShort%}",
  async run({ models }) {
    const { steps, chain, pair: images } = models.size;
    const [few, brief] = [Math.ceil(steps / 4), Math.ceil(chain / 4)];
    const passes = passesOf(await models.ddpm("ddpm-small"), await models.energy());
    const guided = { ...ANCESTRAL, guidance: 2 };
    const sets = [
      {
        name: `DDPM, ${few} steps`,
        calls: few,
        drawn: await models.drawDdpm({ ...ANCESTRAL, steps: few }),
      },
      { name: `DDPM, ${steps} steps`, calls: steps, drawn: await models.drawDdpm(ANCESTRAL) },
      {
        name: `DDPM, ${steps} steps, w = 2`,
        calls: 2 * steps,
        drawn: await models.drawDdpm(guided),
      },
    ];
    const ofDdpm = sets.length;
    for (const length of [brief, chain, models.size.longChain]) {
      const drawn = await models.drawEbm({ steps: length });
      sets.push({ name: `EBM, ${length} steps`, calls: length, drawn });
    }
    const found: AssessedSet[] = [];
    for (const { drawn } of sets) found.push(await assessed(models, drawn));
    const distance = (i: number) => distanceOf(found[i]);
    const worse = [clearlyNearer(found[1], found[0]), clearlyNearer(found[4], found[3])];
    const rows = sets.map(({ name, calls, drawn }, i) => [
      name,
      i < ofDdpm ? `${calls} forward` : `${calls} forward and back`,
      (calls * (i < ofDdpm ? passes.ddpm : passes.ebm) / 1e6).toFixed(0),
      (100 * drawn.seconds / images).toFixed(1),
      percentWithError(found[i].sure, images),
      distance(i),
    ]);
    const sure = found.map((one) => one.sure);
    const perImage = sets.map(({ drawn }) => drawn.seconds / images);
    return {
      verdict: "qualified",
      result:
        `Both do, but a step is not a step. The pair has nearly the same number of parameters, and ` +
        `a pass of the DDPM's UNet takes ${
          short(passes.ddpm / 1e6)
        } million multiply-adds, a step ` +
        `of a chain, forward and back, ${
          short(passes.ebm / 1e6)
        } million: ${steps} steps of the one cost as much as ${
          (steps * passes.ddpm / passes.ebm).toFixed(0)
        } of the other. The judge is sure of ${
          percent(sure[1])
        } of the DDPM's images in ${steps} steps and of ${
          percent(sure[0])
        } in ${few}, without training anew; of the energy-based model's it is ${
          percent(sure[4])
        } after ${chain} steps, ${percent(sure[3])} after ${brief} and ${
          percent(sure[5])
        } after ${models.size.longChain}. The Fréchet distances are ${distance(1)} and ${
          distance(0)
        }, and ${distance(4)}, ${distance(3)} and ${distance(5)}: a quarter of the steps ${
          worse[0] === worse[1]
            ? `${worse[0] ? "costs" : "does not measurably cost"} quality in both`
            : `costs quality in the ${
              worse[0] ? "DDPM" : "energy-based model"
            } only, as far as can ` +
              "be measured"
        }.`,
      evidence: {
        numbers: {
          sureDdpm: sure[1],
          sureDdpmFew: sure[0],
          sureDdpmGuided: sure[2],
          sureEbm: sure[4],
          sureEbmShort: sure[3],
          sureEbmLong: sure[5],
          multiplyAddsDdpm: passes.ddpm,
          multiplyAddsEbm: passes.ebm,
          secondsAnImageDdpm: perImage[1],
          secondsAnImageEbm: perImage[4],
        },
        table: {
          head: [
            "sampler",
            "passes an image",
            "million multiply-adds an image",
            "seconds for 100",
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
          `n = ${images} a row, DDPMs told the class; ± is a standard error, that of a distance by the ` +
          "jackknife. Each was timed once, with the making of its session; seconds depend on the " +
          "machine and on what else it does",
      },
    };
  },
};
