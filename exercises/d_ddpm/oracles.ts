/**
 * What exercise D's functions must give, from their definitions, on the host and in float64. Neither
 * code nor closed forms are shared with what is checked.
 *
 * @module
 */

/** Variances of T steps in a straight line: each a mixture of the two ends. */
export function linearSchedule(T: number, betaMin: number, betaMax: number): number[] {
  return Array.from({ length: T }, (_, i) => {
    const way = i / (T - 1);
    return betaMin * (1 - way) + betaMax * way;
  });
}

/** The largest variance a step of the cosine schedule has. */
export const LARGEST_BETA = 0.999;

/** Variances of T steps by the cosine schedule. What is left is a raised cosine, as cos² is. */
export function cosineSchedule(T: number): number[] {
  const raised = (step: number) => 1 + Math.cos(Math.PI * angleShare(step, T));
  return Array.from({ length: T }, (_, i) => {
    const lost = raised(i) - raised(i + 1);
    return Math.min(lost / raised(i), LARGEST_BETA);
  });
}

/** How far a step is on the quarter turn of the cosine schedule, from about 0 to 1. */
export function angleShare(step: number, T: number): number {
  return (step / T + 0.008) / 1.008;
}

/** What is left of the signal's variance after each step, by sending a signal through the chain. */
export function signalLeft(betas: ArrayLike<number>): number[] {
  let signal = 1;
  return Array.from(betas, (beta) => {
    signal *= Math.sqrt(1 - beta);
    return signal ** 2;
  });
}

/** What data and noise are multiplied by. */
export interface Mixture {
  readonly signal: number;
  readonly noise: number;
}

/** The mixture that keeps variance 1: two legs of a right triangle whose longest side is 1. */
export function mixtureOf(alphaBar: number): Mixture {
  const angle = Math.acos(2 * alphaBar - 1) / 2;
  return { signal: Math.cos(angle), noise: Math.sin(angle) };
}

/** The data that a mixture comes from, as coefficients of x_t and of the noise in it. */
export function dataOf(alphaBar: number): { readonly xt: number; readonly eps: number } {
  const { signal, noise } = mixtureOf(alphaBar);
  return { xt: 1 / signal, eps: -noise / signal };
}

/** A Gaussian whose mean is a sum of x_0 and x_t with coefficients. */
export interface Posterior {
  readonly x0: number;
  readonly xt: number;
  readonly variance: number;
}

/**
 * q(x_s | x_t, x_0) of an earlier time s, by Bayes' rule: the precisions of what x_0 says of x_s and of
 * what x_t says of it add up, and the means are weighted with them.
 */
export function posteriorOf(alphaBarT: number, alphaBarS: number): Posterior {
  // The data themselves are known.
  if (alphaBarS === 1) return { x0: 1, xt: 0, variance: 0 };
  // x_t = scale x_s + noise of variance 1 - scale².
  const scale = Math.sqrt(alphaBarT / alphaBarS);
  const fromData = 1 / mixtureOf(alphaBarS).noise ** 2;
  const fromNoisy = scale ** 2 / (1 - scale ** 2);
  const variance = 1 / (fromData + fromNoisy);
  return {
    x0: variance * fromData * mixtureOf(alphaBarS).signal,
    xt: variance * fromNoisy / scale,
    variance,
  };
}

/** The mean of `posteriorOf` for the data that x_t comes from, if its noise is eps. */
export function posteriorMeanOf(
  alphaBarT: number,
  alphaBarS: number,
): { readonly xt: number; readonly eps: number } {
  const { x0, xt } = posteriorOf(alphaBarT, alphaBarS);
  const data = dataOf(alphaBarT);
  return { xt: xt + x0 * data.xt, eps: x0 * data.eps };
}

/**
 * Coefficients of a step of DDIM: x_s has the mixture of its own time, and of its noise a part is new,
 * with eta times the standard deviation of the posterior. Old and new noise are at a right angle.
 */
export function ddimOf(
  alphaBarT: number,
  alphaBarS: number,
  eta: number,
): { readonly xt: number; readonly eps: number; readonly noise: number } {
  const { signal, noise: all } = mixtureOf(alphaBarS);
  const fresh = eta * Math.sqrt(posteriorOf(alphaBarT, alphaBarS).variance);
  const old = all === 0 ? 0 : all * Math.cos(Math.asin(fresh / all));
  const data = dataOf(alphaBarT);
  return { xt: signal * data.xt, eps: signal * data.eps + old, noise: fresh };
}

/** The embedding of a time: hands of clocks, each slower than the one before by the same factor. */
export function clocksAt(t: number, dim: number, period: number): number[] {
  const slower = Math.exp(-Math.log(period) / (dim / 2));
  const clocks: number[] = [];
  for (let speed = 1; clocks.length < dim; speed *= slower) {
    clocks.push(Math.sin(t * speed), Math.cos(t * speed));
  }
  return clocks;
}
