/**
 * What the network computes and learns: answers 5, 8, 10 and 11.
 *
 * @module
 */
import { noiseSchedule } from "../../../lib/models/ddpm/process/schedule.ts";
import { diffuse } from "../../../lib/models/ddpm/process/forward.ts";
import type { Ddpm } from "../../../lib/models/ddpm/checkpoint.ts";
import { Conv2d } from "../../../lib/nn/mod.ts";
import { compile } from "../../../lib/runtime/mod.ts";
import { grad } from "../../../lib/tensor/autodiff.ts";
import { full, tensor, zeros } from "../../../lib/tensor/creation.ts";
import { rand, randint, randn } from "../../../lib/tensor/random.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import type { Claim, Setting } from "../claim.ts";
import { errorOfMean, meanOf, short } from "../statistics.ts";
import { briefTraining } from "./brief_training.ts";
import { digitLosses } from "./digit_loss.ts";
import { blindLoss } from "./time_blind.ts";

/** The sum of squares and their mean: the same minimum, another slope. */
export const loss: Claim = {
  number: 5,
  topic: "the loss of a DDPM",
  sheet: String.raw`The expected $\lVert\epsilon - \epsilon_\theta(x_t, t)\rVert^2$.`,
  brief: "a sum over pixels has {slopeOfSumOverSlopeOfMean} times the slope of their mean",
  async run({ generator }) {
    const pixels = 28 * 28;
    const [x, eps] = [randn([32, pixels], { generator }), randn([32, pixels], { generator })];
    const weight = tensor(0.3);
    const errors = eps.sub(x.mul(weight)).square();
    const [ofSum] = grad(errors.sum(1).mean(), [weight]);
    const [ofMean] = grad(errors.mean(), [weight]);
    const [sumSlope, meanSlope] = [await ofSum.item(), await ofMean.item()];
    const ratio = sumSlope / meanSlope;
    const { betas, alphaBars, T } = noiseSchedule("linear", 1000);
    // The bound weighs step t with beta² / (2 sigma² alpha (1 - abar)); here sigma² is beta.
    const weightOf = (t: number) => betas[t - 1] / (2 * (1 - betas[t - 1]) * (1 - alphaBars[t]));
    return {
      verdict: "qualified",
      result:
        "The norm is a sum over pixels; implementations, ours among them, take the mean. Both " +
        `have the same minimum, but the slope of the sum is ${
          ratio.toFixed(0)
        } times that of the mean for 28 × 28 pixels, and plain gradient descent wants a learning rate smaller by as much. ` +
        "It is also the simple loss, not the bound on the likelihood, whose terms are squared errors " +
        `from t = 2 on, the one of t = 2 with ${
          (weightOf(2) / weightOf(T)).toFixed(0)
        } times the weight of the one of t = ${T}.`,
      evidence: {
        numbers: {
          slopeOfSumOverSlopeOfMean: ratio,
          weightOfSecondStepInBound: weightOf(2),
          weightOfLastStepInBound: weightOf(T),
        },
      },
    };
  },
};

/** The squared error of a network on test digits, told the time that `toldOf` makes of t. */
async function errorsOf(
  { models, generator }: Setting,
  { unet, alphaBars }: Ddpm,
  toldOf: (t: Tensor) => Tensor = (t) => t,
): Promise<number[]> {
  const test = await models.testDigits();
  const count = 2 * models.size.images;
  const { images, labels } = test.batch(Array.from({ length: count }, (_, i) => i));
  const x0 = images.reshape(count, 1, 28, 28).mul(2).sub(1);
  const t = randint(1, alphaBars.length, [count], { generator });
  const eps = randn(x0.shape, { generator });
  const look = compile((xt: Tensor, told: Tensor, labels: Tensor) =>
    unet.forward(xt, told, labels).sub(eps).square().flatten(1).mean(1)
  );
  const losses = await look(diffuse(x0, t, eps, alphaBars), toldOf(t), labels.to("int32"));
  return Array.from(await losses.data());
}

/** A small network after a few steps, which is always told the time or never. */
async function trained({ models, generator }: Setting, blind: boolean): Promise<Ddpm> {
  const training = await briefTraining(generator, { blind });
  await training.advance(models.size.training[1]);
  return training;
}

/** What knowing the time is worth: in closed form, and to the shipped network. */
export const whyTime: Claim = {
  number: 8,
  topic: "why time is embedded",
  sheet: "It tells the network how much noise there is.",
  brief:
    "a network told a wrong time errs by {networkMisled} instead of {networkTold}; in 784 dimensions time can be read from x",
  async run(setting) {
    const { models, generator } = setting;
    const [many, some] = [20_000, 2000];
    const flat = blindLoss(1, many, generator);
    const wide = blindLoss(784, some, generator);
    const shipped = await models.ddpm();
    const middle = (shipped.alphaBars.length - 1) / 2;
    // Both start alike, and learn from the same images, times and noise.
    const first = generator.getState();
    const seeing = await trained(setting, false);
    generator.setState(first);
    const blind = await trained(setting, true);
    // All are asked about the same digits, times and noise.
    const state = generator.getState();
    const right = await errorsOf(setting, shipped);
    generator.setState(state);
    const wrong = await errorsOf(
      setting,
      shipped,
      (t) => full(t.shape, middle, { dtype: "int32" }),
    );
    generator.setState(state);
    const ofSeeing = await errorsOf(setting, seeing);
    generator.setState(state);
    const ofBlind = await errorsOf(setting, blind);
    const [told, misled, small, smallBlind] = [right, wrong, ofSeeing, ofBlind].map(meanOf);
    const differences = ofBlind.map((error, i) => error - ofSeeing[i]);
    const [gap, gapError] = [meanOf(differences), errorOfMean(differences)];
    const steps = models.size.training[1];
    return {
      verdict: "qualified",
      result:
        "It does, but the noise can often be read from the input. For data at two points, known in " +
        `closed form, the best predictor of the noise has a mean squared error of ${
          short(flat.told)
        } if told the time and ${short(flat.blind)} if not, in one dimension; in 784 dimensions ${
          short(wide.told)
        } and ${
          short(wide.blind)
        }. A network that was trained with the time needs it: always told ${`t = ${middle}`}, ours errs by ${
          misled.toFixed(3)
        } instead of ${
          told.toFixed(4)
        } on test digits. Of two small networks that were trained alike for ${steps} steps, the one that was never told the time errs by ${
          short(gap)
        } ± ${short(gapError)} more: ${
          gap > 2 * gapError
            ? "the time helps"
            : gap < -2 * gapError
            ? "so early it does not help"
            : "so early that cannot be told"
        }.`,
      evidence: {
        numbers: {
          told1: flat.told,
          blind1: flat.blind,
          told784: wide.told,
          blind784: wide.blind,
          networkTold: told,
          networkMisled: misled,
          smallNetworkTold: small,
          smallNetworkNeverTold: smallBlind,
          smallNetworkDifference: gap,
          smallNetworkDifferenceError: gapError,
        },
        table: {
          head: ["data and predictor", "told t", "not told, or misled"],
          rows: [
            ["two points, 1 dimension, the best", ...[flat.told, flat.blind].map(short)],
            ["two points, 784 dimensions, the best", ...[wide.told, wide.blind].map(short)],
            ["test digits, shipped network", ...[told, misled].map(short)],
            [`test digits, networks of ${steps} steps`, ...[small, smallBlind].map(short)],
          ],
        },
        sureness: `closed forms: n = ${many} and ${some}, standard errors ${
          short(flat.error)
        } and ${
          short(wide.error)
        } of the differences; network: n = ${right.length} digits, standard errors ${
          short(errorOfMean(right))
        } and ${short(errorOfMean(wrong))}. One short training each with the time and without it`,
      },
    };
  },
};

/** Sides of images after convolutions of stride 2. */
export const downsampling: Claim = {
  number: 10,
  topic: "from 64 to 8 pixels",
  sheet: "Three layers of stride 2: 64, 32, 16, 8.",
  brief: "{padded} with padding, {withoutPadding} without",
  run({ generator }) {
    const sidesOf = (side: number, kernel: number, padding: number) => {
      const layer = new Conv2d(1, 1, kernel, { stride: 2, padding, generator });
      let x = zeros([1, 1, side, side]);
      return [side, ...[1, 2, 3].map(() => (x = layer.forward(x)).shape[3])];
    };
    const padded = sidesOf(64, 3, 1);
    const bare = sidesOf(64, 3, 0);
    const digits = sidesOf(28, 3, 1);
    return Promise.resolve({
      verdict: "qualified",
      result: `With kernels of 3 and padding 1 it is ${padded.join(", ")}; without padding it is ${
        bare.join(", ")
      }. A digit of MNIST goes ${
        digits.join(", ")
      }: 7 does not halve, and doubling 4 on the way up would give 8. Our network stops at 7.`,
      evidence: {
        numbers: { padded: padded[3], withoutPadding: bare[3], from28: digits[3] },
        table: {
          head: ["kernel", "padding", "start", "1", "2", "3"],
          rows: [[3, 1, ...padded], [4, 1, ...sidesOf(64, 4, 1)], [3, 0, ...bare], [
            3,
            1,
            ...digits,
          ]],
        },
      },
    });
  },
};

/** What the shipped network takes and gives, and how well it finds noise. */
export const unet: Claim = {
  number: 11,
  topic: "what goes in and out of the UNet",
  sheet: String
    .raw`It takes $x_t$ and $t$ and gives $\hat\epsilon$; the loss is its mean squared error.`,
  brief: "mean squared error {loss} on test digits; finding nothing gives 1",
  async run(setting) {
    const { models, generator } = setting;
    const { unet } = await models.ddpm();
    const count = 2 * models.size.images;
    const found = await digitLosses(setting, count);
    const t = full([2], 1, { dtype: "int32" });
    const out = unet.forward(rand([2, 1, 28, 28], { generator }), t, t);
    const sameShape = out.shape.join() === "2,1,28,28";
    const [mean, error] = [meanOf(found), errorOfMean(found)];
    return {
      verdict: sameShape && mean < 1 ? "confirmed" : "corrected",
      result:
        `Images [2, 1, 28, 28] come out as [${out.shape.join(", ")}]. On test digits the mean ` +
        `squared error is ${mean.toFixed(4)} ± ${
          error.toFixed(4)
        }, where finding nothing would give 1. A network that can be asked for a class, as ours, takes the class as a third input.`,
      evidence: {
        numbers: { loss: mean, lossError: error, digits: count },
        sureness: `n = ${count} test digits, each at one random time; ± is a standard error`,
      },
    };
  },
};
