/**
 * The network of DDPM: a UNet that predicts the noise in an image, told the time step and the class
 * (Ho, Jain & Abbeel 2020, appendix B, made small).
 *
 * @module
 */
import { DTypeError, GenlabError, ShapeError } from "../../errors.ts";
import {
  Conv2d,
  ConvTranspose2d,
  Embedding,
  GroupNorm,
  type InitOptions,
  Linear,
  Module,
} from "../../nn/mod.ts";
import { cat, silu } from "../../tensor/functions.ts";
import { format } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Attention, GROUPS, groupsOf, ResidualBlock, zeroed } from "./blocks.ts";

/** The form of a {@linkcode UNet}. */
export interface UNetOptions extends InitOptions {
  /**
   * The vectors that stand for the time steps 0 ... T, float32 `[T + 1, D]`, such as sines and
   * cosines. They are not trained.
   */
  readonly times: Tensor;
  /**
   * Channels at each resolution, multiples of 8: first those of the full one, then each at half the
   * height and width of the one before. `[16, 48, 96]` by default.
   */
  readonly widths?: readonly number[];
  /** Numbers that time and class are told by, inside; 128 by default. */
  readonly embedding?: number;
  /** The number of classes; 10 by default. */
  readonly classes?: number;
  /** Channels of the images; 1 by default. */
  readonly channels?: number;
}

/**
 * Predicts the noise in noisy images. On the way down each resolution has a residual block and a
 * convolution of stride 2, except the full one, where computing costs most: there the first
 * convolution has to do. At the lowest resolution two blocks stand around self-attention. On the way
 * up what was found on the way down is joined to what comes from below.
 *
 * Height and width must divide by 2 for each resolution after the first: with three, 28 pixels
 * become 14 and 7. The last convolution begins at 0, and so does what is predicted.
 *
 * @example
 * ```ts
 * import { UNet } from "./unet.ts";
 * import { randn, tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const unet = new UNet({ times: randn([101, 32]), widths: [8, 16, 16] });
 * const t = tensor([1, 100], { dtype: "int32" });
 * const labels = tensor([3, unet.nullLabel], { dtype: "int32" });
 * assertEquals(unet.forward(randn([2, 1, 28, 28]), t, labels).shape, [2, 1, 28, 28]);
 * ```
 */
export class UNet extends Module {
  /** Channels at each resolution. */
  readonly widths: readonly number[];
  /** The number of classes. */
  readonly classes: number;
  /** Channels of the images. */
  readonly channels: number;
  /** From a time step's vector to the embedding, in two layers. */
  readonly time: readonly [Linear, Linear];
  /** The classes' part of the embedding, the last for no class. */
  readonly label: Embedding;
  /** From images to the channels of the full resolution. */
  readonly stem: Conv2d;
  /** Blocks on the way down, for each resolution between the full and the lowest. */
  readonly down: readonly ResidualBlock[];
  /** To half the size. */
  readonly shrink: readonly Conv2d[];
  /** At the lowest resolution. */
  readonly middle: readonly [ResidualBlock, Attention, ResidualBlock];
  /** To twice the size, the lowest first. */
  readonly grow: readonly ConvTranspose2d[];
  /** Blocks on the way up, the lowest first. */
  readonly up: readonly ResidualBlock[];
  /** Before the last convolution. */
  readonly norm: GroupNorm;
  /** To the channels of images. */
  readonly out: Conv2d;
  readonly #times: Tensor;

  /**
   * A network of new weights.
   *
   * @throws {ShapeError} if widths are no multiples of 8, or `times` is not `[T + 1, D]`
   */
  constructor(
    { times, widths = [16, 48, 96], embedding = 128, classes = 10, channels = 1, ...init }:
      UNetOptions,
  ) {
    super();
    if (times.ndim !== 2) {
      throw new ShapeError(
        `UNet: times has shape ${format(times.shape)}; it takes [T + 1, D], a vector for each ` +
          "time step",
      );
    }
    if (widths.length < 2 || widths.some((width) => !(width > 0 && width % GROUPS === 0))) {
      throw new ShapeError(
        `UNet: widths are ${format(widths)}; there are at least 2, all multiples of ${GROUPS}`,
      );
    }
    this.#times = times;
    this.widths = [...widths];
    this.classes = classes;
    this.channels = channels;
    this.time = [
      new Linear(times.shape[1], embedding, init),
      new Linear(embedding, embedding, init),
    ];
    this.label = new Embedding(classes + 1, embedding, init);
    const [full, lowest] = [widths[0], widths[widths.length - 1]];
    const block = (from: number, to: number) => new ResidualBlock(from, to, embedding, init);
    this.stem = new Conv2d(channels, full, 3, { padding: 1, ...init });
    this.down = widths.slice(1, -1).map((width) => block(width, width));
    this.shrink = widths.slice(1).map((width, i) =>
      new Conv2d(widths[i], width, 3, { stride: 2, padding: 1, ...init })
    );
    this.middle = [block(lowest, lowest), new Attention(lowest, init), block(lowest, lowest)];
    const upwards = widths.slice(0, -1).toReversed();
    this.grow = upwards.map((width, i) =>
      new ConvTranspose2d(widths[widths.length - 1 - i], width, 2, { stride: 2, ...init })
    );
    this.up = upwards.map((width) => block(2 * width, width));
    this.norm = new GroupNorm(groupsOf(full), full);
    this.out = zeroed(new Conv2d(full, channels, 3, { padding: 1, ...init }));
  }

  /** The vectors of the time steps, `[T + 1, D]`. */
  get times(): Tensor {
    return this.#times;
  }

  /** The number of time steps it can be told. */
  get T(): number {
    return this.#times.shape[0] - 1;
  }

  /** The label that stands for no class. */
  get nullLabel(): number {
    return this.classes;
  }

  /**
   * The noise predicted to be in `xt`, in its shape.
   *
   * @param xt noisy images, float32 `[B, channels, H, W]`
   * @param t time steps 0 ... T, int32 `[B]`
   * @param labels classes, or `nullLabel` where none is told, int32 `[B]`
   * @throws {ShapeError} if shapes do not fit, or the size does not divide
   * @throws {DTypeError} if t or the labels are not int32
   * @throws {GenlabError} if a time step that is known is not from 0 to T
   */
  forward(xt: Tensor, t: Tensor, labels: Tensor): Tensor {
    this.#check(xt, t, labels);
    const vectors = this.#times.indexSelect(0, t);
    const [first, second] = this.time;
    const time = second.forward(silu(first.forward(vectors)));
    const embedding = silu(time.add(this.label.forward(labels)));

    let h = this.stem.forward(xt);
    const skips: Tensor[] = [];
    this.shrink.forEach((shrink, i) => {
      if (i > 0) h = this.down[i - 1].forward(h, embedding);
      skips.push(h);
      h = shrink.forward(h);
    });
    const [before, attention, after] = this.middle;
    h = after.forward(attention.forward(before.forward(h, embedding)), embedding);
    this.up.forEach((block, i) => {
      h = block.forward(cat([this.grow[i].forward(h), skips[skips.length - 1 - i]], 1), embedding);
    });
    return this.out.forward(silu(this.norm.forward(h)));
  }

  #check(xt: Tensor, t: Tensor, labels: Tensor): void {
    const factor = 2 ** this.shrink.length;
    const [batch, , height, width] = xt.shape;
    if (xt.ndim === 4 && (height % factor !== 0 || width % factor !== 0)) {
      throw new ShapeError(
        `UNet: images of ${height} by ${width} pixels are not halved ${this.shrink.length} times ` +
          `without a rest; pad them to multiples of ${factor}, or give fewer widths`,
      );
    }
    for (const [name, { dtype, shape }] of Object.entries({ t, labels })) {
      if (dtype !== "int32") {
        throw new DTypeError(`UNet: ${name} is ${dtype}, and takes int32: use to("int32")`);
      }
      if (shape.length !== 1 || shape[0] !== batch) {
        throw new ShapeError(
          `UNet: ${name} has shape ${format(shape)}; it takes [${batch}], one for each image`,
        );
      }
    }
    const outside = t.values?.find((step) => step < 0 || step > this.T);
    if (outside !== undefined) {
      throw new GenlabError(`UNet: t is ${outside}; the time steps go from 0 to ${this.T}`);
    }
  }
}
