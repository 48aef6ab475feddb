/**
 * What the noise of Langevin chains is for: answer 19.
 *
 * @module
 */
import type { Claim } from "../claim.ts";
import type { Models } from "../models.ts";
import { withoutEachPart } from "../pair.ts";
import { digitRows } from "../pictures.ts";
import { errorOfShare, jackknifeError, percent, short, varianceOf } from "../statistics.ts";
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
    const [noisy, still] = digits;
    const apart = noisy.diversity - still.diversity;
    const apartError = Math.hypot(noisy.diversityError, still.diversityError);
    const matters = noisy.covered !== still.covered || Math.abs(apart) > 2 * apartError;
    const n = noisy.classes.length;
    const alike = noisy.classes.filter((digit, i) => digit === still.classes[i]).length / n;
    const alikeError = errorOfShare(alike, n);
    const byChance = noisy.shares.reduce(
      (sum, share, digit) => sum + share * still.shares[digit],
      0,
    );
    return {
      verdict: "qualified",
      result:
        `Where wells are near it improves mixing: of chains that start in one of two wells at ±1, ${
          percent(near[2].crossed)
        } end in the other with the noise of the density, ${
          percent(near[1].crossed)
        } with 0.3 of it and ${percent(near[0].crossed)} without. Between wells at ±3 it is ${
          percent(far[2].crossed)
        } with all of it: ${
          far[2].crossed < near[2].crossed / 2
            ? "the farther modes are apart, the less noise brings chains from one to the other"
            : "these are not too far apart either"
        }. Within a well it keeps a spread of ${
          short(near[2].std)
        }, where chains without noise have ${
          short(near[0].std)
        }.\n\nOn digits the usual noise, which is far smaller, ${
          matters ? "changes what is drawn" : "does not measurably change what is drawn"
        }: the judge sees ${noisy.covered} classes with it and ${still.covered} without, and images ` +
        `of a class differ by ${noisy.diversity.toFixed(1)} ± ${
          noisy.diversityError.toFixed(1)
        } and ${still.diversity.toFixed(1)} ± ${
          still.diversityError.toFixed(1)
        }. With it and without, chains from the same start end ` +
        `in the same class in ${percent(alike)}, where chance would have it in ${
          percent(byChance)
        }: ${
          alike - byChance <= 2 * alikeError
            ? "the start does not measurably decide where they end"
            : alike > 0.5
            ? "it is mostly the start that decides where they end"
            : "the start has a part in where they end, and not the greater one"
        }.`,
      evidence: {
        numbers: {
          crossedNearFull: near[2].crossed,
          crossedNearLittle: near[1].crossed,
          crossedNearNone: near[0].crossed,
          crossedFarFull: far[2].crossed,
          spreadFull: near[2].std,
          spreadNone: near[0].std,
          classesWithNoise: noisy.covered,
          classesWithout: still.covered,
          diversityWithNoise: noisy.diversity,
          diversityWithout: still.diversity,
          diversityDifferenceError: apartError,
          sameClassFromSameStart: alike,
          sameClassByChance: byChance,
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
          `the first share ${percent(errorOfShare(near[2].crossed, CHAINS))}; digits: n = ${n} ` +
          `chains of ${models.size.chain} steps from uniform noise, the same with noise and without, ` +
          `standard error of the last share ${
            percent(alikeError)
          }; ± is a standard error by the jackknife`,
      },
    };
  },
};

/** What a set of images is taken for, and how different those of one class are. */
async function spread(models: Models, images: Uint8Array) {
  const { classes } = await models.judge(images);
  const diversityOf = async (some: Uint8Array) =>
    (await models.assess(some, undefined, { lookUp: false })).diversity;
  const without: number[] = [];
  for (const rest of withoutEachPart(images)) without.push(await diversityOf(rest));
  const shares = Array.from(
    { length: 10 },
    (_, digit) => classes.filter((found) => found === digit).length / classes.length,
  );
  return {
    classes,
    /** The share of each class. */
    shares,
    /** How many classes there are. */
    covered: shares.filter((share) => share > 0).length,
    diversity: await diversityOf(images),
    diversityError: jackknifeError(without),
  };
}
