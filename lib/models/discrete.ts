/**
 * Uniform discrete diffusion on pixels with K states: the noise schedule, the corruption, and a tiny
 * network that predicts the clean image.
 *
 * The corruption here is the teaching version: one jump, which replaces each pixel of x₀ with
 * probability betaₜ. In the full model (Austin et al., 2021, D3PM, section 3) betaₜ is the chance of
 * one step of a chain, Qₜ = (1 - betaₜ) I + betaₜ 11ᵀ/K, and after t steps a pixel is still the original
 * one with probability (1 - beta₁) ... (1 - betaₜ). That chain is the extension of what is here.
 *
 * @module
 */
import { DTypeError, GenlabError, ShapeError } from "../errors.ts";
import { Linear, Module, Sequential } from "../nn/mod.ts";
import { full, linspace } from "../tensor/creation.ts";
import { cat, relu, where } from "../tensor/functions.ts";
import { rand, randint } from "../tensor/random.ts";
import { format } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * The chances of replacement beta₁ ... beta_T: evenly spaced from `betaMin` to `betaMax`, as float32
 * `[T]`.
 *
 * @param T the number of noise levels, 1 or more
 * @throws {ShapeError} if `T` is not a whole number of 1 or more
 * @throws {GenlabError} if a bound is no probability
 *
 * @example
 * ```ts
 * import { makeNoiseSchedule } from "./discrete.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(makeNoiseSchedule(10).shape, [10]);
 * ```
 */
export function makeNoiseSchedule(T: number, betaMin = 0.05, betaMax = 0.6): Tensor {
  if (!Number.isSafeInteger(T) || T < 1) {
    throw new ShapeError(
      `makeNoiseSchedule: T is ${T}; the number of noise levels is a whole number of 1 or more`,
    );
  }
  for (const [name, beta] of Object.entries({ betaMin, betaMax })) {
    if (!(beta >= 0 && beta <= 1)) {
      throw new GenlabError(
        `makeNoiseSchedule: ${name} is ${beta}; it is a probability, so from 0 to 1`,
      );
    }
  }
  return linspace(betaMin, betaMax, T);
}

/**
 * Grey images as black and white: 1 where a pixel is above the threshold, else 0.
 *
 * @param images grey levels in [0, 1], `[B, 1, H, W]`
 * @returns int32 `[B, H, W]`
 * @throws {ShapeError} if the images have another number of dimensions or channels
 *
 * @example
 * ```ts
 * import { binarizeMnist } from "./discrete.ts";
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const images = tensor([[[[0, 0.5], [0.51, 1]]]]);
 * assertEquals(await binarizeMnist(images).tolist(), [[[0, 0], [1, 1]]]);
 * ```
 */
export function binarizeMnist(images: Tensor, threshold = 0.5): Tensor {
  if (images.ndim !== 4 || images.shape[1] !== 1) {
    throw new ShapeError(
      `binarizeMnist: the images have shape ${format(images.shape)}; it takes ` +
        `[B, 1, H, W], grey images of one channel as the loader gives them`,
    );
  }
  return images.squeeze(1).gt(threshold).to("int32");
}

/**
 * Corrupts pixels by random replacement. Each pixel, on its own, is kept with probability 1 - betaₜ
 * and otherwise becomes one of the K states, all equally likely. The old state is one of them: with
 * K = 2 half of the replacements change nothing, and a pixel differs afterwards with probability
 * betaₜ (K - 1) / K.
 *
 * One jump from x₀, as in the exercise: betaₜ is applied once and the levels below t play no part.
 * Draws `rand(x0.shape)` and then `randint(0, K, x0.shape)`, whatever t is.
 *
 * @param x0 states 0 ... K-1, int32 `[B, ...]`
 * @param t the noise level, 1 ... T: one for all (a number or a tensor `[]`) or one for each example,
 * int32 `[B]`
 * @param betas the chances of replacement `[T]`; level t uses element t - 1
 * @param K the number of states, 2 or more
 * @returns xₜ, int32, in the shape of x₀
 * @throws {ShapeError} if shapes do not fit
 * @throws {DTypeError} if x₀ or t is not int32
 * @throws {GenlabError} if K or a t that is known is out of range
 *
 * @example
 * ```ts
 * import { corruptDiscrete, makeNoiseSchedule } from "./discrete.ts";
 * import { manualSeed, zeros } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * manualSeed(0);
 * const x0 = zeros([1, 200, 200], { dtype: "int32" });
 * const xt = corruptDiscrete(x0, 10, makeNoiseSchedule(10), 2);
 * // Six in ten are replaced, and half of those by the other state.
 * assertAlmostEquals(await xt.to("float32").mean().item(), 0.3, 0.01);
 * ```
 */
export function corruptDiscrete(x0: Tensor, t: number | Tensor, betas: Tensor, K: number): Tensor {
  if (x0.ndim === 0) {
    throw new ShapeError("corruptDiscrete: x0 is a single number; it takes a batch [B, ...]");
  }
  if (x0.dtype !== "int32") {
    throw new DTypeError(
      `corruptDiscrete: x0 is ${x0.dtype}; states are int32: convert with to("int32")`,
    );
  }
  if (betas.ndim !== 1) {
    throw new ShapeError(
      `corruptDiscrete: betas has shape ${format(betas.shape)}; it is [T], one for each level`,
    );
  }
  if (!Number.isSafeInteger(K) || K < 2) {
    throw new GenlabError(`corruptDiscrete: K is ${K}; there are 2 states or more`);
  }
  const levels = timesteps("corruptDiscrete", t, x0.shape[0], betas.shape[0]);
  const perExample = [x0.shape[0], ...x0.shape.slice(1).map(() => 1)];
  const beta = betas.indexSelect(0, levels.sub(1)).reshape(perExample);
  const replace = rand(x0.shape).lt(beta);
  const replacement = randint(0, K, x0.shape);
  return where(replace, replacement, x0);
}

/** Noise levels as int32 `[B]`, from a number or a tensor `[]` or `[B]`; known ones are checked. */
function timesteps(operation: string, t: number | Tensor, B: number, T: number): Tensor {
  const known = t instanceof Tensor ? t.values ?? [] : [t];
  for (const level of known) {
    if (!Number.isSafeInteger(level) || level < 1 || level > T) {
      throw new GenlabError(
        `${operation}: t is ${level}; the noise levels are the whole numbers from 1 to ${T}`,
      );
    }
  }
  if (typeof t === "number") return full([B], t, { dtype: "int32" });
  if (t.dtype !== "int32") {
    throw new DTypeError(
      `${operation}: t is ${t.dtype}; noise levels are int32: convert with to("int32")`,
    );
  }
  if (t.ndim > 1 || (t.ndim === 1 && t.shape[0] !== B)) {
    throw new ShapeError(
      `${operation}: t has shape ${format(t.shape)}; it takes [] (one level for all) or ` +
        `[${B}] (one for each example)`,
    );
  }
  return t.ndim === 0 ? t.expand([B]) : t;
}

/**
 * A small fully connected network that predicts x₀ from xₜ and t: the pixels and t / T in, through one
 * hidden layer with relu, to K logits for every pixel. Parameters: `net.0.weight`, `net.0.bias`,
 * `net.2.weight`, `net.2.bias`.
 *
 * @example
 * ```ts
 * import { TinyDiscreteDenoiser } from "./discrete.ts";
 * import { zeros } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const model = new TinyDiscreteDenoiser(2, 10);
 * const logits = model.forward(zeros([3, 28, 28], { dtype: "int32" }), 10);
 * assertEquals(logits.shape, [3, 2, 28, 28]);
 * ```
 */
export class TinyDiscreteDenoiser extends Module {
  /** 785 to 64 to 1568 for two states of 28 x 28 pixels. */
  readonly net: Sequential;

  /**
   * A network of new weights.
   *
   * @param K the number of states
   * @param T the number of noise levels
   * @param hidden the width of the hidden layer
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   */
  constructor(
    readonly K: number,
    readonly T: number,
    hidden = 64,
    readonly height = 28,
    readonly width = 28,
  ) {
    super();
    const pixels = height * width;
    this.net = new Sequential(
      new Linear(pixels + 1, hidden),
      relu,
      new Linear(hidden, K * pixels),
    );
  }

  /**
   * Logits of x₀, float32 `[B, K, H, W]`.
   *
   * @param xt states 0 ... K-1, int32 `[B, H, W]`
   * @param t the noise level, 1 ... T: a number, or int32 `[]` or `[B]`
   * @throws {ShapeError} if the images have another size, or t does not fit the batch
   */
  forward(xt: Tensor, t: number | Tensor): Tensor {
    const { K, T, height, width } = this;
    if (xt.ndim !== 3 || xt.shape[1] !== height || xt.shape[2] !== width) {
      throw new ShapeError(
        `TinyDiscreteDenoiser: the images have shape ${format(xt.shape)}; this network ` +
          `takes [B, ${height}, ${width}]`,
      );
    }
    const [B] = xt.shape;
    const pixels = xt.to("float32").reshape([B, height * width]);
    const time = timesteps("TinyDiscreteDenoiser", t, B, T).to("float32").div(T).unsqueeze(1);
    return this.net.forward(cat([pixels, time], 1)).reshape([B, K, height, width]);
  }
}
