/**
 * What the best predictor of the noise loses if it is not told the time: data at two opposite points,
 * for which everything is known in closed form.
 *
 * @module
 */
import { noiseSchedule } from "../../../lib/models/ddpm/process/schedule.ts";
import type { Generator } from "../../../lib/random/mod.ts";
import { errorOfMean, meanOf } from "../statistics.ts";

/** Mean squared errors, per dimension. */
export interface BlindLoss {
  /** Of the best predictor that knows t. */
  readonly told: number;
  /** Of the best that does not. */
  readonly blind: number;
  /** The standard error of their difference. */
  readonly error: number;
}

/**
 * Data are s 1 with s = ±1 in D dimensions. Of x_t only the part m along 1 / sqrt(D) and the squared
 * length r of the rest matter, so D may be large:
 *
 *     p(x | t) ∝ v^(-D/2) exp(-r / 2v) mean over s of exp(-(m - s a sqrt(D))² / 2v),
 *
 * with a = sqrt(abar) and v = 1 - abar. The best prediction is c 1 + k x with c = -a E[s | x, t] / sqrt(v)
 * and k = 1 / sqrt(v); without t, c and k are averaged over p(t | x).
 */
export function blindLoss(D: number, n: number, generator: Generator): BlindLoss {
  const { alphaBars, T } = noiseSchedule("cosine", 100);
  const root = Math.sqrt(D);
  const [told, blind] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const time = 1 + Math.floor(T * generator.double());
    const sign = generator.double() < 0.5 ? -1 : 1;
    let [along, rest] = [generator.gaussian(), 0];
    for (let j = 1; j < D; j++) rest += generator.gaussian() ** 2;
    const a = Math.sqrt(alphaBars[time]);
    const v = 1 - alphaBars[time];
    const m = sign * a * root + Math.sqrt(v) * along;
    const r = v * rest;
    const at = Array.from({ length: T }, (_, k) => predictionAt(alphaBars[k + 1], m, r, D));
    const largest = Math.max(...at.map(({ log }) => log));
    const weights = at.map(({ log }) => Math.exp(log - largest));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const average = (part: "c" | "k") =>
      at.reduce((sum, prediction, k) => sum + weights[k] * prediction[part], 0) / total;
    // The prediction less the noise, along 1 / sqrt(D) and across it.
    const errorOf = (c: number, k: number) =>
      ((c * root + k * m - along) ** 2 + rest * (k * Math.sqrt(v) - 1) ** 2) / D;
    told[i] = errorOf(at[time - 1].c, at[time - 1].k);
    blind[i] = errorOf(average("c"), average("k"));
  }
  return {
    told: meanOf(told),
    blind: meanOf(blind),
    error: errorOfMean(blind.map((value, i) => value - told[i])),
  };
}

/** The log of p(x | t) up to what does not depend on t, and the prediction's coefficients. */
function predictionAt(alphaBar: number, m: number, r: number, D: number) {
  const [a, v] = [Math.sqrt(alphaBar), 1 - alphaBar];
  const shift = a * Math.sqrt(D);
  const squares = [-1, 1].map((s) => -((m - s * shift) ** 2) / (2 * v));
  const largest = Math.max(...squares);
  const both = Math.log(squares.reduce((sum, e) => sum + Math.exp(e - largest), 0)) + largest;
  const expected = Math.tanh(m * shift / v);
  return {
    log: both - r / (2 * v) - D / 2 * Math.log(v),
    c: -a * expected / Math.sqrt(v),
    k: 1 / Math.sqrt(v),
  };
}
