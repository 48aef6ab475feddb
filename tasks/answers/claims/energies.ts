/**
 * What energies are trained for: answers 16 and 27.
 *
 * @module
 */
import type { Claim } from "../claim.ts";
import { energiesOf, energyPicture, energyRows } from "../../sample/ebm_energies.ts";
import { errorOfMean, meanOf, percent, short } from "../statistics.ts";
import { digitLosses } from "./digit_loss.ts";

/** Energies of digits and of others, and what a perfect energy does. */
export const objective: Claim = {
  number: 16,
  topic: "objective of an energy-based model",
  sheet: "Data shall have lower energies than what is no data.",
  brief:
    "AUROC {aurocUniformNoise} against noise; but a blank image lies below {shareOfDigitsAboveBlank%} of digits",
  async run({ models, generator }) {
    const energy = await models.energy();
    const { images } = await models.drawEbm();
    const rows = await energyRows(energy, images);
    const blank = (await energiesOf(energy, new Uint8Array(28 * 28)))[0];
    const below = rows[0].energies.filter((value) => blank < value).length /
      rows[0].energies.length;
    // The exact energy of N(0, I) in as many dimensions as a digit has pixels.
    const exact = Array.from({ length: 200 }, () => {
      let squares = 0;
      for (let i = 0; i < 784; i++) squares += generator.gaussian() ** 2;
      return squares / 2;
    });
    const [least, mean] = [Math.min(...exact), meanOf(exact)];
    const named = (name: string) => rows.find((row) => row.name === name)?.auroc ?? NaN;
    return {
      verdict: "qualified",
      result:
        `Training works for that: energies tell test digits from uniform noise with an AUROC of ${
          named("uniform noise").toFixed(4)
        }, from shuffled pixels with ${
          named("shuffled pixels").toFixed(4)
        }, from digits turned by 90° with ${
          named("digits turned by 90°").toFixed(3)
        }; 0.5 is chance, and 1 is every digit below every other image. Of the model's own samples it is ${
          named("samples").toFixed(3)
        }: they lie ${
          named("samples") < 0.5 ? "below digits more often than above" : "above digits more often"
        }.\n\n` +
        "And low energy is not the same as being data: the density is high where the energy is low, " +
        "but data lie where there is much room as well. Of N(0, I) in 784 dimensions, whose energy " +
        `is known exactly, data have energies around ${mean.toFixed(0)}, none below ${
          least.toFixed(0)
        }, and the origin, which never occurs, has 0. To the shipped energy a blank image is ${
          below > 0.5 ? "lower" : "not lower"
        } than most digits: it lies below ${percent(below)} of them.`,
      evidence: {
        numbers: {
          aurocUniformNoise: named("uniform noise"),
          aurocShuffledPixels: named("shuffled pixels"),
          aurocInverted: named("inverted digits"),
          aurocTurned: named("digits turned by 90°"),
          aurocSamples: named("samples"),
          exactMeanEnergyOfData: mean,
          exactLeastEnergyOfData: least,
          shareOfDigitsAboveBlank: below,
        },
        table: {
          head: ["images", "mean energy", "AUROC against test digits"],
          rows: rows.map(({ name, mean, auroc }, i) => [
            name,
            mean.toFixed(3),
            i === 0 ? "" : auroc.toFixed(4),
          ]),
        },
        picture: {
          title: "Energies of test digits and of others",
          png: await energyPicture(rows),
          scale: 2,
        },
        sureness:
          `n = ${rows[0].energies.length} digits, ${
            images.length / 784
          } samples, ${exact.length} ` +
          `exact energies (standard error ${short(errorOfMean(exact))})`,
      },
    };
  },
};

/** What the two losses say of a model. */
export const signal: Claim = {
  number: 27,
  topic: "what the models learn from",
  sheet:
    "A DDPM from the squared error of the noise, an energy-based model from comparing energies.",
  brief:
    "DDPM's loss {ddpmLoss}; the gap of energies {energyGap}, and {gapOfConstantEnergy} for a constant energy",
  async run(setting) {
    const { models } = setting;
    const [energy, test] = [await models.energy(), await models.testDigits()];
    const count = models.size.pair;
    const errors = await digitLosses(setting, count, "ddpm-small");
    const ofLarge = await digitLosses(setting, count);
    const real = await energiesOf(energy, test.images.slice(0, count * 784));
    const fake = await energiesOf(energy, (await models.drawEbm()).images);
    const gap = meanOf(real) - meanOf(fake);
    const gapError = Math.hypot(errorOfMean(real), errorOfMean(fake));
    // An energy that is the same everywhere knows nothing.
    const flat = meanOf(real.map(() => 0)) - meanOf(fake.map(() => 0));
    return {
      verdict: "confirmed",
      result:
        `And the difference shows in what a loss tells. That of the pair's DDPM is ${
          meanOf(errors).toFixed(4)
        } ± ${errorOfMean(errors).toFixed(4)} on test digits, that of the large one ${
          meanOf(ofLarge).toFixed(4)
        } ± ${
          errorOfMean(ofLarge).toFixed(4)
        }: it has a known target, 1 is knowing nothing, and lower is better. The gap of ` +
        `energies between test digits and samples is ${gap.toFixed(3)} ± ${
          gapError.toFixed(3)
        }; an energy that is constant has a gap of ${flat} and draws noise, so that a small gap alone proves nothing.`,
      evidence: {
        numbers: {
          ddpmLoss: meanOf(errors),
          ddpmLossError: errorOfMean(errors),
          largeDdpmLoss: meanOf(ofLarge),
          energyGap: gap,
          energyGapError: gapError,
          gapOfConstantEnergy: flat,
        },
        sureness: `n = ${count} digits and as many samples; ± is a standard error`,
      },
    };
  },
};
