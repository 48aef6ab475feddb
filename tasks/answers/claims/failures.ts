/**
 * How both models fail: answer 30.
 *
 * @module
 */
import { loadMnist } from "../../../lib/data/mnist.ts";
import { UNet } from "../../../lib/models/ddpm/unet.ts";
import { noiseLoss } from "../../../lib/models/ddpm/process/forward.ts";
import { sampleDdpm } from "../../../lib/models/ddpm/process/sampler.ts";
import { noiseSchedule } from "../../../lib/models/ddpm/process/schedule.ts";
import { timeTable } from "../../../lib/models/ddpm/process/time_table.ts";
import { IMAGE_CHAIN, langevin } from "../../../lib/models/ebm/process/langevin.ts";
import { Adam } from "../../../lib/optim/mod.ts";
import { compile } from "../../../lib/runtime/mod.ts";
import { tensor } from "../../../lib/tensor/creation.ts";
import { randn } from "../../../lib/tensor/random.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { toBytes } from "../../sample/files.ts";
import type { Claim, Setting } from "../claim.ts";
import { digitRows } from "../pictures.ts";
import { errorOfShare, percent } from "../statistics.ts";

/** Images of a step of the training that is too short. */
const BATCH = 32;
const CLASSES = 10;
/** The share of chains in another class after a while, if a while is enough to forget the first. */
const FREE = 1 - 1 / CLASSES;

/** An undertrained DDPM, and where chains of the shipped energy end and stay. */
export const failures: Claim = {
  number: 30,
  topic: "how both fail",
  sheet:
    "A DDPM blurs if it is trained too little; an energy-based model loses modes or mixes poorly.",
  brief:
    "undertrained: grain {grainEarly}, {grainLate} for {grainOfDigits}; EBM: {classesOfChains} classes, {chainsThatChangeClass%} move on",
  async run(setting) {
    const { models } = setting;
    const n = models.size.images;
    const { images: digits } = await models.testDigits();
    const real = digits.slice(0, n * 784);
    const good = (await models.drawDdpm({ eta: 0 })).images;
    const [early, late] = models.size.training;
    const [poor, better] = await undertrained(setting);
    const grains = [real, good, poor, better].map(grain);
    const sure = [];
    for (const images of [real, good, poor, better]) {
      sure.push((await models.assess(images, undefined, { lookUp: false })).sure);
    }
    const ebm = (await models.drawEbm()).images;
    const { classCounts } = await models.assess(ebm, undefined, { lookUp: false });
    const covered = classCounts.filter((count) => count > 0).length;
    const largest = Math.max(...classCounts) / n;
    const moved = await movedOn(setting, ebm);
    const blurs = Math.min(grains[2], grains[3]) < grains[0];
    const mixes = moved > FREE / 2;
    return {
      verdict: blurs && (covered < CLASSES || !mixes) ? "confirmed" : "qualified",
      result: `A small DDPM stopped after ${early} steps draws images of grain ` +
        `${grains[2].toFixed(2)}, after ${late} steps of ${grains[3].toFixed(2)}; digits have ${
          grains[0].toFixed(2)
        }, independent noise 3, and the shipped one's images ${
          grains[1].toFixed(2)
        }. Blur lowers it, noise raises it: ${
          blurs ? "there is blur" : "what is left is noise, not blur"
        }. The judge is sure of ${percent(sure[2])}, ${percent(sure[3])} and ${
          percent(sure[1])
        } of them. The shipped energy's chains end in ${covered} of ${CLASSES} classes, the largest with ${
          percent(largest)
        }: ${
          covered === CLASSES ? "no class is lost" : `${CLASSES - covered} are lost`
        }. Of chains that go on for ${models.size.chain} steps ${
          percent(moved)
        } come to another class, where free mixing would bring ${percent(FREE)}: ${
          mixes ? "they mix" : "mixing is poor"
        }.`,
      evidence: {
        numbers: {
          grainOfDigits: grains[0],
          grainTrained: grains[1],
          grainEarly: grains[2],
          grainLate: grains[3],
          sureTrained: sure[1],
          sureEarly: sure[2],
          sureLate: sure[3],
          classesOfChains: covered,
          shareOfLargestClass: largest,
          chainsThatChangeClass: moved,
        },
        table: {
          head: ["digit", ...classCounts.map((_, digit) => String(digit))],
          rows: [["chains that end there", ...classCounts]],
        },
        picture: {
          title:
            "Test digits, the shipped DDPM, a small one at two stages, and chains of the energy",
          png: await digitRows(
            [real, good, poor, better, ebm],
            ["digits", "DDPM", `${early} steps`, `${late} steps`, "EBM"],
          ),
          scale: 1,
        },
        sureness:
          `n = ${n} a row; grain is the mean square of second differences along rows over that of first ones; standard error of the share that changes class ${
            percent(errorOfShare(moved, n))
          }. One short training of a small network, ${BATCH} images a step; others may fail otherwise`,
      },
    };
  },
};

/** What a small network draws that was hardly trained, as bytes, at each of the stages. */
async function undertrained({ models, generator }: Setting): Promise<Uint8Array[]> {
  const { alphaBars, T } = noiseSchedule("cosine", 200);
  const unet = new UNet({ times: timeTable(T, 64), widths: [16, 32], generator });
  const adam = new Adam(unet.parameters(), { lr: 2e-3 });
  const train = await loadMnist();
  const step = compile((images: Tensor, labels: Tensor) => {
    const x0 = images.reshape(BATCH, 1, 28, 28).mul(2).sub(1);
    const loss = noiseLoss(unet, x0, labels, { alphaBars, generator }).losses.mean();
    adam.step(loss);
    return loss;
  });
  const labels = Array.from({ length: models.size.images }, (_, i) => i % CLASSES);
  const options = { steps: models.size.steps, eta: 0, generator };
  const drawn: Uint8Array[] = [];
  let trained = 0;
  for (const stage of models.size.training) {
    for (; trained < stage; trained++) {
      const first = trained * BATCH;
      const { images, labels } = train.batch(Array.from({ length: BATCH }, (_, k) => first + k));
      await (await step(images, labels)).item();
    }
    const samples = await sampleDdpm({ unet, alphaBars }, labels, options);
    drawn.push(toBytes(await samples.data()));
  }
  return drawn;
}

/** The share of chains that the judge takes for another digit after going on as long again. */
async function movedOn({ models, generator }: Setting, images: Uint8Array): Promise<number> {
  const energy = await models.energy();
  const start = tensor(Float32Array.from(images, (byte) => byte / 127.5 - 1), {
    shape: [images.length / 784, 1, 28, 28],
  });
  const end = await langevin((x) => energy.forward(x), start, {
    ...IMAGE_CHAIN,
    steps: models.size.chain,
    noise: (shape) => randn(shape, { generator }),
  });
  const before = await models.judge(images);
  const after = await models.judge(toBytes(await end.data()));
  return before.classes.filter((digit, i) => digit !== after.classes[i]).length /
    before.classes.length;
}

/**
 * How grainy images are: the mean square of second differences along rows over that of first
 * differences. It is 3 for noise of independent pixels, and nears 0 the smoother images are.
 *
 * @param images bytes `[N, 28, 28]`
 */
export function grain(images: Uint8Array): number {
  let [first, second] = [0, 0];
  for (let i = 1; i < images.length - 1; i++) {
    if (i % 28 === 0 || i % 28 === 27) continue;
    const [left, middle, right] = [images[i - 1], images[i], images[i + 1]];
    first += (right - middle) ** 2;
    second += (left - 2 * middle + right) ** 2;
  }
  return second / first;
}
