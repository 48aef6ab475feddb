/**
 * Time as sines and cosines: answers 6 and 7.
 *
 * @module
 */
import { timeTable } from "../../../lib/models/ddpm/process/time_table.ts";
import type { Claim } from "../claim.ts";
import { largestGap, short } from "../statistics.ts";

const PERIOD = 10_000;

/** Sines and cosines in turn, in float64. */
function embeddingOf(t: number, frequencies: readonly number[]): number[] {
  return frequencies.flatMap((w) => [Math.sin(w * t), Math.cos(w * t)]);
}

function frequenciesOf(d: number): number[] {
  return Array.from({ length: d / 2 }, (_, k) => PERIOD ** (-2 * k / d));
}

/** What the formula's vectors are like, and the order that this project's networks are fed. */
export const embedding: Claim = {
  number: 6,
  topic: "embedding of time",
  sheet: String
    .raw`Element $2k$ is $\sin(t/P^{2k/d})$ and element $2k+1$ is $\cos(t/P^{2k/d})$.`,
  brief:
    "neighbouring times stay {leastDistance} apart; our order is another, its numbers the same",
  async run() {
    const [T, d] = [1000, 64];
    const vectors = Array.from({ length: T + 1 }, (_, t) => embeddingOf(t, frequenciesOf(d)));
    const product = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, value, i) => sum + value * b[i], 0);
    const lengthGap = Math.max(...vectors.map((v) => Math.abs(product(v, v) - d / 2)));
    // The product of two vectors depends on how far apart their times are, and on nothing else.
    const lagGap = Math.max(
      ...[1, 10, 100].map((lag) =>
        Math.abs(product(vectors[0], vectors[lag]) - product(vectors[800], vectors[800 + lag]))
      ),
    );
    let nearest = Infinity;
    for (let t = 0; t < T; t++) {
      const away = vectors[t].reduce((sum, v, i) => sum + (v - vectors[t + 1][i]) ** 2, 0);
      nearest = Math.min(nearest, Math.sqrt(away));
    }
    const halves = await timeTable(T, d, PERIOD).data();
    const inOrder = vectors.flatMap((v) => [
      ...v.filter((_, i) => i % 2 === 0),
      ...v.filter((_, i) => i % 2 === 1),
    ]);
    return {
      verdict: "confirmed",
      result: String
        .raw`Every vector has the squared length $d/2$, the product of two depends on how far apart their times are alone, and neighbouring times stay ${
        short(nearest)
      } apart. Our networks hold the same numbers in another order, all sines first, which the first layer cannot tell from this one: say which is meant when weights are exchanged.`,
      evidence: {
        numbers: {
          times: T + 1,
          d,
          squaredLengthGap: lengthGap,
          lagGap,
          leastDistance: nearest,
          gapToOurTableReordered: largestGap(inOrder, halves),
        },
      },
    };
  },
};

/** The sheet's example, worked with the sheet's own formula. */
export const example: Claim = {
  number: 7,
  topic: "the embedding for d = 8, t = 1",
  sheet: String
    .raw`For $d = 8$, $t = 1$, $P = 10000$ the frequencies are $1, 10^{-0.5}, 10^{-1}, 10^{-1.5}$.`,
  brief: "should be 1, {frequency1}, {frequency2}, {frequency3}; the sheet's are those of d = 16",
  run() {
    const right = frequenciesOf(8);
    const sheet = [0, 1, 2, 3].map((k) => 10 ** (-k / 2));
    const of16 = frequenciesOf(16).slice(0, 4);
    const [vector, sheetVector] = [right, sheet].map((w) => embeddingOf(1, w));
    return Promise.resolve({
      verdict: "corrected",
      result: String
        .raw`The formula of answer 6 gives $P^{-2k/8} = 10^{-k}$: 1, 0.1, 0.01, 0.001. What the sheet prints are the first four frequencies of $d = 16$ (largest difference ${
        short(largestGap(sheet, of16))
      }); its vector is wrong by up to ${largestGap(vector, sheetVector).toFixed(3)}.`,
      evidence: {
        numbers: {
          frequency1: right[1],
          frequency2: right[2],
          frequency3: right[3],
          largestErrorOfTheVector: largestGap(vector, sheetVector),
          gapToD16: largestGap(sheet, of16),
        },
        table: {
          head: ["k", "frequency", "sin", "cos", "the sheet's", "its sin", "its cos"],
          rows: right.map((w, k) => [
            k,
            short(w),
            ...[Math.sin(w), Math.cos(w)].map((v) => v.toFixed(4)),
            sheet[k].toFixed(4),
            ...[Math.sin(sheet[k]), Math.cos(sheet[k])].map((v) => v.toFixed(4)),
          ]),
        },
      },
    });
  },
};
