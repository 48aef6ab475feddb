/**
 * How both models fail: answer 30.
 *
 * @module
 */
import { sampleDdpm } from "../../../lib/models/ddpm/process/sampler.ts";
import { tensor } from "../../../lib/tensor/creation.ts";
import { realImages } from "../../judge/assess.ts";
import { toBytes } from "../../sample/files.ts";
import type { Claim, Setting } from "../claim.ts";
import { imageChains } from "../image_chains.ts";
import type { Models } from "../models.ts";
import { ANCESTRAL, withoutEachPart } from "../pair.ts";
import { digitRows } from "../pictures.ts";
import {
  errorOfMean,
  errorOfShare,
  jackknifeError,
  meanOf,
  percent,
  percentWithError,
} from "../statistics.ts";
import { briefTraining } from "./brief_training.ts";
import { grain, picked, worstOf } from "./worst.ts";

const CLASSES = 10;
const PIXELS = 28 * 28;
/** The share of chains in another class after a while, if a while is enough to forget the first. */
const FREE = 1 - 1 / CLASSES;
/** The probability of a class from which the judge counts as sure of it. */
const SURE = 0.9;

/** An undertrained DDPM, the pair's worst images, and where chains end and stay. */
export const failures: Claim = {
  number: 30,
  topic: "how both fail",
  sheet:
    "A DDPM blurs if it is trained too little; an energy-based model loses modes or mixes poorly.",
  brief:
    "undertrained: grain {grainEarly}, {grainLate} for {grainOfDigits}; EBM: {classesOfChains} classes, {chainsThatChangeClass%} move on",
  async run(setting) {
    const { models } = setting;
    const { pair: n, chain, longChain, training: [early, late] } = models.size;
    const test = await models.testDigits();
    const { images: small, labels: asked = [] } = await models.drawDdpm(ANCESTRAL);
    const real = realImages(test, n, asked).images;
    const [poor, better] = await undertrained(setting);
    const ddpms = [real, small, poor, better];
    const [grains, grainErrors] = [
      ddpms.map(grain),
      ddpms.map((images) => jackknifeError(withoutEachPart(images).map(grain))),
    ];
    const inks = [real, small].map(inksOf);
    const [inkOfDigits, ink] = inks.map(meanOf);
    const bold = Math.abs(ink - inkOfDigits) > 2 * Math.hypot(...inks.map(errorOfMean))
      ? Math.sign(ink - inkOfDigits)
      : 0;
    const looks: Look[] = [];
    for (const images of ddpms) looks.push(await lookAt(models, images));
    const ofTest = await lookAt(models, realImages(test, n, undefined).images);

    const ebm = (await models.drawEbm()).images;
    const long = (await models.drawEbm({ steps: longChain })).images;
    const on = await goOn(setting, ebm);
    const [before, after, afterLong] = [
      await lookAt(models, ebm),
      await lookAt(models, on),
      await lookAt(models, long),
    ];
    const changed = before.classes.flatMap((digit, i) => digit === after.classes[i] ? [] : [i]);
    const stuck = before.sure.flatMap((sure, i) => sure || after.sure[i] ? [] : [i]);
    const moved = changed.length / n;
    const largest = Math.max(...before.counts) / n;
    const covered = before.counts.filter((count) => count > 0).length;
    const shows = [2, 3].map((i) => {
      const difference = grains[i] - grains[0];
      const clear = Math.abs(difference) > 2 * Math.hypot(grainErrors[i], grainErrors[0]);
      return !clear ? "no clear difference to digits" : difference < 0 ? "blur" : "noise";
    });
    const grainAt = (i: number) => `${grains[i].toFixed(2)} ± ${grainErrors[i].toFixed(2)}`;
    const right = looks[1].classes.filter((seen, i) => seen === asked[i]).length / n;
    const blurs = shows.includes("blur");
    const mixes = moved > FREE / 2;
    const [ones, onesLong] = [before, afterLong].map(({ counts }) => counts[1] / n);
    const drifts = onesLong - ones >
      2 * Math.hypot(errorOfShare(ones, n), errorOfShare(onesLong, n));
    const [worstDdpm, worstEbm] = [await worstOf(models, small), await worstOf(models, ebm)];
    const rows: (readonly [string, Uint8Array])[] = [
      ["digits", real],
      [`DDPM, ${early} steps of training`, poor],
      [`DDPM, ${late} steps of training`, better],
      ["DDPM, least sure", worstDdpm.leastSure],
      ["DDPM, farthest", worstDdpm.farthest],
      ["DDPM, grainiest", worstDdpm.grainiest],
      ["EBM, least sure", worstEbm.leastSure],
      ["EBM, farthest", worstEbm.farthest],
      ["EBM, grainiest", worstEbm.grainiest],
      ["EBM, stuck", picked(on, stuck)],
      ["EBM, before it moves on", picked(ebm, changed)],
      ["EBM, after", picked(on, changed)],
    ];
    const shown = rows.filter(([, images]) => images.length > 0);
    return {
      verdict: blurs && (covered < CLASSES || !mixes) ? "confirmed" : "qualified",
      result:
        `A DDPM of the pair's form stopped after ${early} steps of training draws images of grain ${
          grainAt(2)
        }, after ${late} of ${grainAt(3)}; digits have ${
          grainAt(0)
        } and independent noise 3. Blur lowers it, noise raises it: ${
          shows[0] === shows[1]
            ? `both show ${shows[0]}`
            : `the first show ${shows[0]}, the others ${shows[1]}`
        }. The judge is sure of ${
          [2, 3, 1].map((i) => percent(looks[i].share)).join(", ")
        }, the last for the pair's own, whose grain is ${grainAt(1)}. Its strokes are ${
          bold === 0
            ? "as bold as those of digits"
            : bold > 0
            ? "bolder than those of digits, which lowers grain as well"
            : "thinner than those of digits, which raises grain as well"
        }: ${
          percent(ink)
        } of its pixels are nearer to white than to black, of digits of the same classes ${
          percent(inkOfDigits)
        }. The judge sees the class that was asked for in ${
          percent(right)
        }.\n\nThe energy's chains end in ${covered} of ${CLASSES} classes, the largest with ${
          percent(largest)
        }: ${
          covered === CLASSES ? "no class is lost" : `${CLASSES - covered} are lost`
        }. Of chains that go on for ${chain} steps ${
          percent(moved)
        } come to another class, where free mixing would bring ${percent(FREE)}: ${
          mixes ? "they mix" : "mixing is poor"
        }. ${
          percent(stuck.length / n)
        } are stuck: the judge was not sure of them, and is not after going on. Ones are ${
          percent(ones)
        } after ${chain} steps and ${percent(onesLong)} after ${longChain} (test digits ${
          percent(ofTest.counts[1] / n)
        })${drifts ? ": chains drift to them" : ""}.`,
      evidence: {
        numbers: {
          grainOfDigits: grains[0],
          grainTrained: grains[1],
          grainEarly: grains[2],
          grainLate: grains[3],
          inkOfDigits,
          inkTrained: ink,
          rightTrained: right,
          sureTrained: looks[1].share,
          sureEarly: looks[2].share,
          sureLate: looks[3].share,
          classesOfChains: covered,
          shareOfLargestClass: largest,
          chainsThatChangeClass: moved,
          chainsThatAreStuck: stuck.length / n,
          onesOfChains: ones,
          onesOfLongChains: onesLong,
        },
        table: {
          head: ["taken for", ...before.counts.map((_, digit) => String(digit)), "judge is sure"],
          rows: [
            ["test digits", ofTest] as const,
            ["DDPM, asked for each alike", looks[1]] as const,
            [`EBM, ${chain} steps`, before] as const,
            [`EBM, ${chain} more`, after] as const,
            [`EBM, ${longChain} steps`, afterLong] as const,
          ].map(([name, { counts, share }]) => [name, ...counts, percentWithError(share, n)]),
        },
        picture: {
          title:
            "Test digits, and failures picked by rule: of each model those of whose class the judge " +
            "is least sure, those farthest from all training images, those with the most grain; " +
            "chains that are stuck, and chains that move on to another class",
          png: await digitRows(shown.map(([, images]) => images), shown.map(([name]) => name)),
          scale: 1,
        },
        sureness:
          `n = ${n} a row; grain is the mean square of second differences along rows over that of first ones, ± its standard error by the jackknife; standard error of the share that changes class ${
            percent(errorOfShare(moved, n))
          }. One short training, 32 images a step; others may fail otherwise`,
      },
    };
  },
};

/** What the judge sees in a set. */
interface Look {
  readonly classes: readonly number[];
  /** Whether it is sure, of each image. */
  readonly sure: readonly boolean[];
  /** The share that it is sure of. */
  readonly share: number;
  /** How many it takes for each class. */
  readonly counts: readonly number[];
}

async function lookAt(models: Models, images: Uint8Array): Promise<Look> {
  const { classes, confidence } = await models.judge(images);
  const sure = Array.from(confidence, (p) => p >= SURE);
  const counts = Array.from(
    { length: CLASSES },
    (_, digit) => classes.filter((found) => found === digit).length,
  );
  return {
    classes: [...classes],
    sure,
    share: sure.filter((one) => one).length / sure.length,
    counts,
  };
}

/** The share of the pixels of each image that are nearer to white than to black. */
function inksOf(images: Uint8Array): number[] {
  const inks = new Array<number>(images.length / PIXELS).fill(0);
  images.forEach((value, i) => inks[Math.floor(i / PIXELS)] += value > 127 ? 1 / PIXELS : 0);
  return inks;
}

/** What a network of the pair's form draws that was hardly trained, at each of the stages. */
async function undertrained({ models, generator }: Setting): Promise<Uint8Array[]> {
  const { unet, alphaBars, advance } = await briefTraining(generator);
  const labels = Array.from({ length: models.size.pair }, (_, i) => i % CLASSES);
  const options = { steps: models.size.steps, eta: ANCESTRAL.eta, generator };
  const drawn: Uint8Array[] = [];
  let trained = 0;
  for (const stage of models.size.training) {
    await advance(stage - trained);
    trained = stage;
    drawn.push(toBytes(await (await sampleDdpm({ unet, alphaBars }, labels, options)).data()));
  }
  return drawn;
}

/** Where chains are after going on as long again. */
async function goOn({ models, generator }: Setting, images: Uint8Array): Promise<Uint8Array> {
  const energy = await models.energy();
  const start = tensor(Float32Array.from(images, (byte) => byte / 127.5 - 1), {
    shape: [images.length / PIXELS, 1, 28, 28],
  });
  return await imageChains((x) => energy.forward(x), start, {
    steps: models.size.chain,
    generator,
  });
}
