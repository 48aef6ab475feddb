/**
 * Data in two equally likely Gaussians at ±c of standard deviation s, after noise.
 *
 * @module
 */

/** Where the wells are, and how wide. */
export interface Wells {
  readonly centre: number;
  readonly std: number;
}

/** The best prediction of the noise in x: (x - sqrt(abar) E[x0 | x]) / sqrt(1 - abar). */
export function noiseAt(x: number, alphaBar: number, { centre, std }: Wells): number {
  const variance = alphaBar * std ** 2 + 1 - alphaBar;
  const shift = Math.sqrt(alphaBar) * centre;
  const sign = Math.tanh(x * shift / variance);
  const data = sign * centre + Math.sqrt(alphaBar) * std ** 2 / variance * (x - sign * shift);
  return (x - Math.sqrt(alphaBar) * data) / Math.sqrt(1 - alphaBar);
}

/** The slope of the log density of x, by differences of the density itself. */
export function scoreByDifferences(x: number, alphaBar: number, { centre, std }: Wells): number {
  const variance = alphaBar * std ** 2 + 1 - alphaBar;
  const shift = Math.sqrt(alphaBar) * centre;
  const logDensity = (x: number) =>
    Math.log(
      Math.exp(-((x - shift) ** 2) / (2 * variance)) +
        Math.exp(-((x + shift) ** 2) / (2 * variance)),
    );
  const h = 1e-5;
  return (logDensity(x + h) - logDensity(x - h)) / (2 * h);
}
