/**
 * The parts a {@linkcode UNet} is made of.
 *
 * @module
 */
import { Conv2d, GroupNorm, type InitOptions, Linear, Module } from "../../nn/mod.ts";
import { silu } from "../../tensor/functions.ts";
import { groupNorm } from "../../tensor/images.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { zerosLike } from "../../tensor/creation.ts";

/** Channels come in multiples of this. */
export const GROUPS = 8;

/**
 * In how many groups so many channels are normalised: 8, and no channel by itself. That would take from
 * it how bright the image is, which noise of a diffusion model is told from: samples came out grey.
 */
export function groupsOf(channels: number): number {
  return Math.min(GROUPS, channels / 2);
}

/** A layer whose weights and biases begin at 0, so that what it is added to begins unchanged. */
export function zeroed<L extends Conv2d | Linear>(layer: L): L {
  for (const variable of layer.parameters()) variable.value = zerosLike(variable.value);
  return layer;
}

/**
 * Two convolutions around which the input is carried unchanged, or through a 1 x 1 convolution where
 * the number of channels differs. The embedding of time and class scales and shifts what the second
 * one sees (Dhariwal & Nichol 2021, section 3, "adaptive group normalization"):
 * `[B, inChannels, H, W]` and `[B, embedding]` to `[B, outChannels, H, W]`.
 */
export class ResidualBlock extends Module {
  /** Before the first convolution. */
  readonly norm: GroupNorm;
  /** To the channels of the result. */
  readonly conv1: Conv2d;
  /** From the embedding to a scale and a shift for each channel; both begin at 0. */
  readonly modulation: Linear;
  /** What is added to the input; begins at 0. */
  readonly conv2: Conv2d;
  /** What the input passes through if it has other channels than the result. */
  readonly skip: Conv2d | undefined;

  /** A block of new weights. */
  constructor(
    inChannels: number,
    readonly outChannels: number,
    embedding: number,
    init: InitOptions = {},
  ) {
    super();
    this.norm = new GroupNorm(groupsOf(inChannels), inChannels);
    this.conv1 = new Conv2d(inChannels, outChannels, 3, { padding: 1, ...init });
    this.modulation = zeroed(new Linear(embedding, 2 * outChannels, init));
    this.conv2 = zeroed(new Conv2d(outChannels, outChannels, 3, { padding: 1, ...init }));
    this.skip = inChannels === outChannels
      ? undefined
      : new Conv2d(inChannels, outChannels, 1, init);
  }

  /** The block's output. */
  forward(x: Tensor, embedding: Tensor): Tensor {
    const modulation = this.modulation.forward(embedding);
    const scale = modulation.narrow(1, 0, this.outChannels).add(1);
    const shift = modulation.narrow(1, this.outChannels, this.outChannels);
    const seen = this.conv1.forward(silu(this.norm.forward(x)));
    const normed = groupNorm(seen, groupsOf(this.outChannels), scale, shift);
    const change = this.conv2.forward(silu(normed));
    return change.add(this.skip?.forward(x) ?? x);
  }
}

/**
 * Every pixel looks at every other (Vaswani et al. 2017, equation 1, with one head), and what it
 * finds is added to it: `[B, channels, H, W]` to the same shape.
 */
export class Attention extends Module {
  /** Before the queries, keys and values. */
  readonly norm: GroupNorm;
  /** Queries, keys and values one after the other. */
  readonly qkv: Conv2d;
  /** What is added to the input; begins at 0. */
  readonly out: Conv2d;

  /** A layer of new weights. */
  constructor(readonly channels: number, init: InitOptions = {}) {
    super();
    this.norm = new GroupNorm(groupsOf(channels), channels);
    this.qkv = new Conv2d(channels, 3 * channels, 1, init);
    this.out = zeroed(new Conv2d(channels, channels, 1, init));
  }

  /** The layer's output. */
  forward(x: Tensor): Tensor {
    const [B, C, H, W] = x.shape;
    const qkv = this.qkv.forward(this.norm.forward(x)).reshape(B, 3, C, H * W);
    const [q, k, v] = [0, 1, 2].map((i) => qkv.narrow(1, i, 1).squeeze(1));
    const weights = q.transpose(1, 2).matmul(k).mul(C ** -0.5).softmax(2);
    const found = v.matmul(weights.transpose(1, 2)).reshape(B, C, H, W);
    return x.add(this.out.forward(found));
  }
}
