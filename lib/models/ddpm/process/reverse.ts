/**
 * One step of DDPM backwards, in numbers: how much of the predicted image, of the present one and of
 * new noise make the next. Every step has the form
 *
 *     x_p = a x0hat + b x_t + sigma z
 *
 * where x0hat is clipped to [-1, 1]. The noise that goes with a clipped x0hat is
 * (x_t - sqrt(abar_t) x0hat) / sqrt(1 - abar_t), which is what makes b.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../../../errors.ts";

/** What the next image is made of. */
export interface ReverseCoefficients {
  /** Times the predicted image, x0hat. */
  readonly a: number;
  /** Times the present image, x_t. */
  readonly b: number;
  /** Times new standard normal noise. */
  readonly sigma: number;
}

/**
 * The posterior q(x_{t-1} | x_t, x_0) (Ho et al. 2020, equations 6 and 7): its mean is
 *
 *     sqrt(abar_{t-1}) beta_t / (1 - abar_t) x_0 + sqrt(alpha_t) (1 - abar_{t-1}) / (1 - abar_t) x_t
 *
 * and its variance (1 - abar_{t-1}) / (1 - abar_t) beta_t.
 *
 * @param alphaBarT abar_t, below 1
 * @param alphaBarPrev abar_{t-1}, larger than abar_t
 * @throws {GenlabError} if the two are not in order
 *
 * @example The first step leaves the data, whatever x_1 is
 * ```ts
 * import { posteriorCoefficients } from "./reverse.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(posteriorCoefficients(0.75, 1), { a: 1, b: 0, sigma: 0 });
 * ```
 */
export function posteriorCoefficients(
  alphaBarT: number,
  alphaBarPrev: number,
): ReverseCoefficients {
  checkOrder("posteriorCoefficients", alphaBarT, alphaBarPrev);
  const alpha = alphaBarT / alphaBarPrev;
  const beta = 1 - alpha;
  return {
    a: Math.sqrt(alphaBarPrev) * beta / (1 - alphaBarT),
    b: Math.sqrt(alpha) * (1 - alphaBarPrev) / (1 - alphaBarT),
    sigma: Math.sqrt((1 - alphaBarPrev) / (1 - alphaBarT) * beta),
  };
}

/**
 * A step of DDIM from t to any earlier p (Song, Meng & Ermon 2021, equations 12 and 16):
 *
 *     sigma = eta sqrt((1 - abar_p) / (1 - abar_t)) sqrt(1 - abar_t / abar_p)
 *     x_p = sqrt(abar_p) x0hat + sqrt(1 - abar_p - sigma²) epshat + sigma z
 *
 * With eta 0 nothing is random; with eta 1 and p = t - 1 it is the posterior.
 *
 * @param alphaBarT abar_t, below 1
 * @param alphaBarPrev abar_p, larger than abar_t; 1 at the end
 * @param eta from 0 to 1
 * @throws {GenlabError} if eta is outside [0, 1], or the two are not in order
 *
 * @example The last step gives the predicted image
 * ```ts
 * import { ddimCoefficients } from "./reverse.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ddimCoefficients(0.9, 1, 0), { a: 1, b: 0, sigma: 0 });
 * ```
 */
export function ddimCoefficients(
  alphaBarT: number,
  alphaBarPrev: number,
  eta: number,
): ReverseCoefficients {
  checkOrder("ddimCoefficients", alphaBarT, alphaBarPrev);
  if (!(eta >= 0 && eta <= 1)) {
    throw new GenlabError(
      `ddimCoefficients: eta is ${eta}; it goes from 0 (no noise) to 1 (DDPM's)`,
    );
  }
  const sigma = eta * Math.sqrt((1 - alphaBarPrev) / (1 - alphaBarT)) *
    Math.sqrt(1 - alphaBarT / alphaBarPrev);
  const direction = Math.sqrt(Math.max(0, 1 - alphaBarPrev - sigma ** 2));
  const b = direction / Math.sqrt(1 - alphaBarT);
  return { a: Math.sqrt(alphaBarPrev) - Math.sqrt(alphaBarT) * b, b, sigma };
}

/**
 * `count` of the time steps 1 ... T, evenly spaced, with T the last: all of them if `count` is T.
 * Sampling begins with nothing but noise, and only at T is that what the network was trained on (Lin
 * et al. 2023, section 3.3).
 *
 * @throws {ShapeError} if there are not so many, or T is no whole number
 *
 * @example
 * ```ts
 * import { spacedSteps } from "./reverse.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spacedSteps(100, 5), [20, 40, 60, 80, 100]);
 * ```
 */
export function spacedSteps(T: number, count: number): number[] {
  if (!Number.isSafeInteger(T) || !Number.isSafeInteger(count) || count < 1 || count > T) {
    throw new ShapeError(
      `spacedSteps: ${count} steps of ${T} cannot be taken; take a whole number from 1 to T, which is one too`,
    );
  }
  return Array.from({ length: count }, (_, i) => Math.round((i + 1) * T / count));
}

function checkOrder(operation: string, alphaBarT: number, alphaBarPrev: number): void {
  if (!(alphaBarT > 0 && alphaBarT < alphaBarPrev && alphaBarPrev <= 1)) {
    throw new GenlabError(
      `${operation}: goes back from abar ${alphaBarT} to ${alphaBarPrev}; both lie in (0, 1], and ` +
        "there is more noise, so a smaller abar, at the later time",
    );
  }
}
