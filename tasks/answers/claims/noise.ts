/**
 * What the noise of Langevin chains is for: answer 19.
 *
 * @module
 */
import type { Claim } from "../claim.ts";
import type { Models } from "../models.ts";
import { digitRows } from "../pictures.ts";
import { errorOfShare, percent, short, varianceOf } from "../statistics.ts";
import { runChains, twoWells } from "./chains.ts";

const [CHAINS, STEPS, STEP_SIZE, STD] = [300, 1000, 0.02, 0.5];
/** Half the distance of the wells, and the noise in units of sqrt(2 eta). */
const [CENTRES, SCALES] = [[1, 3], [0, 0.3, 1]];

/** Chains between two wells, and chains of digits, with noise and without. */
export const noise: Claim = {
  number: 19,
  topic: "what noise is for",
  sheet: "It prevents mode collapse and improves mixing.",
  brief:
    "with noise {crossedNearFull%} reach a near well, {crossedFarFull%} a far one; digits: {classesWithNoise} classes with it, {classesWithout} without",
  async run({ generator, models }) {
    const cross = (centre: number, scale: number) => {
      const start = new Float64Array(CHAINS).fill(-centre);
      const ends = runChains(start, {
        slope: twoWells(centre, STD),
        steps: STEPS,
        stepSize: STEP_SIZE,
        noiseScale: scale * Math.sqrt(2 * STEP_SIZE),
        generator,
      });
      const inLeft = ends.filter((x) => x < 0);
      return {
        crossed: 1 - inLeft.length / CHAINS,
        std: inLeft.length > 1 ? Math.sqrt(varianceOf(inLeft)) : NaN,
      };
    };
    const found = CENTRES.map((centre) => SCALES.map((scale) => cross(centre, scale)));
    const [near, far] = found;
    const withNoise = await models.drawEbm();
    const without = await models.drawEbm({ noiseScale: 0 });
    const digits = [await spread(models, withNoise.images), await spread(models, without.images)];
    return {
      verdict: "qualified",
      result:
        `Noise does improve mixing, where wells are near and the noise is that of the density: of ` +
        `chains that start in one of two wells at ±1, ${
          percent(near[2].crossed)
        } end in the other with full ` +
        `noise, ${percent(near[1].crossed)} with 0.3 of it and ${
          percent(near[0].crossed)
        } without. ` +
        `Between wells at ±3 it is ${
          percent(far[2].crossed)
        } with full noise too. It keeps the spread ` +
        `within a well (${short(near[2].std)} against ${
          short(near[0].std)
        } without), and no noise brings ` +
        `chains to modes they do not start near. On digits the noise of the usual setting is too small to ` +
        `matter: the judge sees ${digits[0].classes} classes with it and ${
          digits[1].classes
        } without, ` +
        `with a diversity of ${digits[0].diversity.toFixed(1)} and ${
          digits[1].diversity.toFixed(1)
        }; ` +
        "where chains end is up to where they start.",
      evidence: {
        numbers: {
          crossedNearFull: near[2].crossed,
          crossedNearLittle: near[1].crossed,
          crossedNearNone: near[0].crossed,
          crossedFarFull: far[2].crossed,
          spreadFull: near[2].std,
          spreadNone: near[0].std,
          classesWithNoise: digits[0].classes,
          classesWithout: digits[1].classes,
          diversityWithNoise: digits[0].diversity,
          diversityWithout: digits[1].diversity,
        },
        table: {
          head: ["wells at", ...SCALES.map((scale) => `crossed, σ = ${scale} √(2η)`)],
          rows: CENTRES.map((centre, i) => [
            `±${centre}`,
            ...found[i].map(({ crossed }) => percent(crossed)),
          ]),
        },
        picture: {
          title: "Chains of the shipped energy from the same starts, with and without noise",
          png: await digitRows([withNoise.images, without.images], ["noise 0.005", "no noise"]),
          scale: 1,
        },
        sureness:
          `wells: n = ${CHAINS} chains of ${STEPS} steps, η = ${STEP_SIZE}, standard error of ` +
          `the first share ${
            percent(errorOfShare(near[2].crossed, CHAINS))
          }; digits: n = ${models.size.images} chains of ${models.size.chain} steps from uniform noise`,
      },
    };
  },
};

/** How many classes images are taken for, and how different those of one class are. */
async function spread(
  models: Models,
  images: Uint8Array,
): Promise<{ classes: number; diversity: number }> {
  const { classCounts, diversity } = await models.assess(images, undefined, { lookUp: false });
  return { classes: classCounts.filter((count) => count > 0).length, diversity };
}
