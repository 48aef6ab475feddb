/**
 * Sampling from DDPM: all steps in one session.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../../../errors.ts";
import { defaultGenerator, type Generator } from "../../../random/mod.ts";
import { compile } from "../../../runtime/compile.ts";
import { full, tensor } from "../../../tensor/creation.ts";
import { cat } from "../../../tensor/functions.ts";
import { randn } from "../../../tensor/random.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { Variable } from "../../../tensor/variable.ts";
import type { Ddpm } from "../checkpoint.ts";
import { ddimCoefficients, spacedSteps } from "./reverse.ts";
import { requireSameSteps } from "./schedule.ts";

/** How samples are drawn. */
export interface SampleOptions {
  /**
   * The time steps to go through, a number of evenly spaced ones or any of 1 ... T in rising order;
   * all by default.
   */
  readonly steps?: number | readonly number[];
  /** 0 for DDIM without noise, 1 (the default) for DDPM's ancestral sampling. */
  readonly eta?: number;
  /**
   * s in eps_u + s (eps_c - eps_u), where eps_c is told the class and eps_u is not (Ho & Salimans
   * 2022, where s is 1 + w). 1, the default, is no guidance.
   */
  readonly guidance?: number;
  /**
   * The time steps from which to which guidance acts; outside them s is 1 (Kynkäänniemi et al. 2024,
   * "guidance interval"). All by default.
   */
  readonly guidanceInterval?: readonly [from: number, to: number];
  /** Height and width in pixels; 28 by 28 by default. */
  readonly size?: readonly [number, number];
  /** Where the first noise and, unless eta is 0, that of each step is drawn from. */
  readonly generator?: Generator;
}

/** Samples with what they came from. */
export interface SamplePath {
  /** The samples in [-1, 1], `[B, C, H, W]`. */
  readonly samples: Tensor;
  /** What each step began with, `[S, B, C, H, W]`, the noisiest first. */
  readonly xt: Tensor;
  /** What each step took the image to be, `[S, B, C, H, W]`. */
  readonly x0hat: Tensor;
}

/**
 * Draws one image for each label.
 *
 * @param labels classes, or the network's `nullLabel` for any
 * @returns images in [-1, 1], `[B, C, H, W]`
 * @throws {ShapeError} if there are no labels or other ones, the steps are not among 1 ... T in rising
 * order, or network and noise have not the same T
 * @throws {GenlabError} if eta is outside [0, 1], or guidance is not a number
 *
 * @example An untrained network draws noise
 * ```ts
 * import { noiseSchedule } from "./schedule.ts";
 * import { sampleDdpm } from "./sampler.ts";
 * import { timeTable } from "./time_table.ts";
 * import { UNet } from "../unet.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { alphaBars } = noiseSchedule("cosine", 10);
 * const unet = new UNet({ times: timeTable(10, 16), widths: [8, 8] });
 * const samples = await sampleDdpm({ unet, alphaBars }, [3, 1, 4], { steps: 2, size: [8, 8] });
 * assertEquals(samples.shape, [3, 1, 8, 8]);
 * ```
 */
export async function sampleDdpm(
  ddpm: Ddpm,
  labels: readonly number[],
  options: SampleOptions = {},
): Promise<Tensor> {
  const { x, run } = sampling(ddpm, labels, options, () => []);
  await run();
  return x.value;
}

/**
 * As {@linkcode sampleDdpm}, and keeps what came in between.
 *
 * @throws as `sampleDdpm`
 */
export async function sampleDdpmPath(
  ddpm: Ddpm,
  labels: readonly number[],
  options: SampleOptions = {},
): Promise<SamplePath> {
  const { x, run } = sampling(ddpm, labels, options, (xt, x0hat) => ({ xt, x0hat }));
  const { xt, x0hat } = await run();
  return { samples: x.value, xt, x0hat };
}

/** The first noise, and the compiled loop that turns it into samples. */
function sampling<R extends readonly Tensor[] | Readonly<Record<string, Tensor>>>(
  { unet, alphaBars }: Ddpm,
  labels: readonly number[],
  options: SampleOptions,
  kept: (xt: Tensor, x0hat: Tensor) => R,
): { x: Variable; run: () => Promise<R> } {
  checkFit({ unet, alphaBars }, labels);
  const { eta = 1, guidance = 1, size = [28, 28], generator = defaultGenerator } = options;
  const T = alphaBars.length - 1;
  const [from, to] = options.guidanceInterval ?? [1, T];
  if (!Number.isFinite(guidance)) {
    throw new GenlabError(`sampleDdpm: guidance is ${guidance}; it is a number, such as 2`);
  }
  if (!(from <= to)) {
    throw new GenlabError(
      `sampleDdpm: guidance acts from time step ${from} to ${to}; the first is not above the second`,
    );
  }
  const times = stepsOf(options.steps ?? T, T).toReversed();
  const rows = times.map((t, i) => coefficients(alphaBars[t], alphaBars[times[i + 1] ?? 0], eta));
  const table = tensor(rows);
  const noisy = rows.some(([, , , , sigma]) => sigma > 0);
  const timeSteps = tensor(Int32Array.from(times));
  const scales = tensor(times.map((t) => t >= from && t <= to ? guidance : 1));
  const B = labels.length;
  const shape = [B, unet.channels, ...size];
  const x = new Variable(randn(shape, { generator }));
  const position = new Variable(full([1], 0, { dtype: "int32" }));

  const predict = (xt: Tensor, t: Tensor, told: Tensor, scale: Tensor): Tensor => {
    if (guidance === 1) return unet.forward(xt, t, told);
    const untold = full([B], unet.nullLabel, { dtype: "int32" });
    const both = unet.forward(cat([xt, xt]), cat([t, t]), cat([told, untold]));
    const [epsC, epsU] = [both.narrow(0, 0, B), both.narrow(0, B, B)];
    return epsU.add(epsC.sub(epsU).mul(scale));
  };
  const step = (told: Tensor, scales: Tensor): R => {
    const i = position.value;
    position.value = i.add(1);
    const row = table.indexSelect(0, i);
    const [signal, noise, a, b, sigma] = [0, 1, 2, 3, 4].map((k) =>
      row.narrow(1, k, 1).reshape(1, 1, 1, 1)
    );
    const xt = x.value;
    const scale = scales.indexSelect(0, i).reshape(1, 1, 1, 1);
    const eps = predict(xt, timeSteps.indexSelect(0, i).expand(B), told, scale);
    const x0hat = xt.sub(eps.mul(noise)).div(signal).clamp(-1, 1);
    const mean = x0hat.mul(a).add(xt.mul(b));
    x.value = noisy ? mean.add(randn(shape, { generator }).mul(sigma)) : mean;
    return kept(xt, x0hat);
  };
  const loop = compile(step, { repeat: times.length });
  return { x, run: () => loop(tensor(Int32Array.from(labels)), scales) };
}

/** What a step computes with: sqrt(abar_t), sqrt(1 - abar_t), and a, b and sigma of the way back. */
function coefficients(alphaBarT: number, alphaBarPrev: number, eta: number): number[] {
  const { a, b, sigma } = ddimCoefficients(alphaBarT, alphaBarPrev, eta);
  return [Math.sqrt(alphaBarT), Math.sqrt(1 - alphaBarT), a, b, sigma];
}

/** Throws unless the noise is the one the network knows, and the labels are its own. */
function checkFit({ unet, alphaBars }: Ddpm, labels: readonly number[]): void {
  requireSameSteps("sampleDdpm", unet, alphaBars);
  const own = Array.from({ length: unet.nullLabel + 1 }, (_, label) => label);
  const wrong = labels.find((label) => !own.includes(label));
  if (labels.length === 0 || wrong !== undefined) {
    const fault = wrong === undefined ? "there are no labels" : `there is no label ${wrong}`;
    throw new ShapeError(
      `sampleDdpm: ${fault}; give one for each image, from 0 to ${unet.classes - 1}, or ` +
        `${unet.nullLabel} for any class`,
    );
  }
}

/** The time steps, in rising order. */
function stepsOf(steps: number | readonly number[], T: number): readonly number[] {
  if (typeof steps === "number") return spacedSteps(T, steps);
  const rising = steps.every((t, i) => Number.isSafeInteger(t) && t > (steps[i - 1] ?? 0));
  if (steps.length === 0 || !rising || steps[steps.length - 1] > T) {
    throw new ShapeError(
      `sampleDdpm: the steps are [${steps.join(", ")}]; give some of the whole numbers from 1 to ` +
        `${T}, each larger than the one before`,
    );
  }
  return steps;
}
