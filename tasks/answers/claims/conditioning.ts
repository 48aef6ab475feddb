/**
 * Asking both models for a class: answer 29.
 *
 * @module
 */
import { spacedSteps } from "../../../lib/models/ddpm/process/reverse.ts";
import { noiseSchedule } from "../../../lib/models/ddpm/process/schedule.ts";
import type { Generator } from "../../../lib/random/mod.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { realImages } from "../../judge/assess.ts";
import type { Claim, Setting } from "../claim.ts";
import { ANCESTRAL } from "../pair.ts";
import { digitRows } from "../pictures.ts";
import { errorOfShare, percent, percentWithError } from "../statistics.ts";
import { runChains, twoWells } from "./chains.ts";
import { classesOf, type Classifier, steeredChains, trainClassifier } from "./steering.ts";

const WELLS = { centre: 2, std: 0.5 };
const SAMPLES = 1000;
/** The weight of log p(y | x) beside the energy, whose chains are colder than its density. */
const WEIGHT = 0.1;

/** Being asked for one of two wells, and for one of ten digits. */
export const conditioning: Claim = {
  number: 29,
  topic: "asking for a class",
  sheet: "Both can be asked for a class, each in its own way.",
  brief: "right well {ddpmRight%} and {ebmRight%}; digits asked for: DDPM {ddpmDigits%}, " +
    "guided {ddpmDigitsGuided%}, EBM steered {ebmDigits%}",
  async run(setting) {
    const { generator } = setting;
    const ddpmRight = ddpmShare(generator);
    const { told, untold } = chainShares(generator);
    const rows = await digitRowsOf(setting);
    const [free, asked, guided, loose, steered, judged] = rows;
    const n = setting.models.size.pair;
    const both = ddpmRight > 0.95 && told > 0.95 && Math.min(guided.judge, steered.judge) > 0.5;
    return {
      verdict: both ? "confirmed" : "qualified",
      result: String
        .raw`With data in two wells and the right one asked for, a DDPM that is told the class draws it in ${
        percent(ddpmRight)
      }, and chains of $E(x) - \log p(\text{right}\mid x)$ in ${percent(told)} (${
        percent(untold)
      } without the second term). So with the pair on digits: the DDPM was trained with the class, and the judge sees it in ${
        percent(asked.judge)
      }, with guidance ($w = 2$) in ${
        percent(guided.judge)
      }. The energy knows no classes; a classifier that was trained within this run adds them, $E(x) - ${WEIGHT}\log p(y\mid x)$, and the judge sees the class in ${
        percent(steered.judge)
      } instead of ${
        percent(loose.judge)
      }. Who steers must not judge: steered by the judge itself, chains satisfy the judge in ${
        percent(judged.judge)
      }, and the other classifier in ${percent(judged.other)}.`,
      evidence: {
        numbers: {
          ddpmRight,
          ebmRight: told,
          ebmRightUntold: untold,
          ddpmDigitsUntold: free.judge,
          ddpmDigits: asked.judge,
          ddpmDigitsGuided: guided.judge,
          ebmDigitsUntold: loose.judge,
          ebmDigits: steered.judge,
          ebmDigitsSeenBySteering: steered.other,
          steeredByJudgeSeenByJudge: judged.judge,
          steeredByJudgeSeenByOther: judged.other,
        },
        table: {
          head: ["drawn by", "judge sees the class", "classifier of this run sees it"],
          rows: rows.map(({ name, judge, other }) => [
            name,
            percentWithError(judge, n),
            percentWithError(other, n),
          ]),
        },
        picture: {
          title: "Asked for 0 to 9, from left to right",
          png: await digitRows(rows.map(({ images }) => images), rows.map(({ name }) => name)),
          scale: 1,
        },
        sureness:
          `wells: n = ${SAMPLES}, standard error at most ${
            percent(errorOfShare(0.5, SAMPLES))
          }; digits: n = ${n} a row, ± is a standard error. ` +
          `DDPM: ${setting.models.size.steps} ancestral steps; EBM: chains of ${setting.models.size.chain} steps. ` +
          `The weight ${WEIGHT} is one of five from 0.003 to 0.3, chosen with the judge's help on other chains. ` +
          "Confirmed if more than 95 % come to the right well, and more than half to the digit asked for",
      },
    };
  },
};

/** A way to draw digits that were asked for, and the shares in which they are recognised. */
interface Row {
  readonly name: string;
  readonly images: Uint8Array;
  readonly judge: number;
  readonly other: number;
}

/** Both models of the pair on digits, and test digits last. */
async function digitRowsOf({ models, generator }: Setting): Promise<Row[]> {
  const labels = Array.from({ length: models.size.pair }, (_, i) => i % 10);
  const classifier = await trainClassifier(models.size.classifier, generator);
  const lenet = await models.lenet();
  const judge: Classifier = (x: Tensor) => lenet.forward(x.add(1).div(2));
  const chains = { labels, weight: WEIGHT, seed: generator.uint32() };
  const { images: digits } = realImages(await models.testDigits(), labels.length, labels);
  const sets: readonly (readonly [string, Uint8Array])[] = [
    ["DDPM, not told", (await models.drawDdpm({ ...ANCESTRAL, told: false })).images],
    ["DDPM, told", (await models.drawDdpm(ANCESTRAL)).images],
    ["DDPM, told, w = 2", (await models.drawDdpm({ ...ANCESTRAL, guidance: 2 })).images],
    ["EBM", (await models.drawEbm()).images],
    ["EBM, steered", await steeredChains(models, { ...chains, classifier })],
    ["EBM, steered by the judge", await steeredChains(models, { ...chains, classifier: judge })],
    ["test digits", digits],
  ];
  const rows: Row[] = [];
  for (const [name, images] of sets) {
    const shareOf = async (by: Classifier) =>
      (await classesOf(by, images)).filter((digit, i) => digit === labels[i]).length /
      labels.length;
    rows.push({ name, images, judge: await shareOf(judge), other: await shareOf(classifier) });
  }
  return rows;
}

/** The shares in the right well of chains of an energy, asked for it and not. */
function chainShares(generator: Generator): { told: number; untold: number } {
  // E(x) - log p(right | x), whose slope is that of E less 2c/s² (1 - p(right | x)).
  const { centre, std } = WELLS;
  const slope = twoWells(centre, std);
  const pull = (x: number) => 2 * centre / std ** 2 / (1 + Math.exp(2 * centre * x / std ** 2));
  const start = Float64Array.from({ length: SAMPLES }, () => 2 * generator.gaussian());
  const chain = { steps: 400, stepSize: 0.02, noiseScale: Math.sqrt(0.04), generator };
  const right = (values: Float64Array) => values.filter((x) => x > 0).length / SAMPLES;
  return {
    told: right(runChains(start, { ...chain, slope: (x) => slope(x) - pull(x) })),
    untold: right(runChains(start, { ...chain, slope })),
  };
}

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
