/**
 * Networks whose output is an energy: one number for each example, low where data are. They have no
 * normalisation over the batch, with which an example's energy would depend on its neighbours.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";
import { Conv2d, type InitOptions, Linear, Module } from "../../nn/mod.ts";
import { requireTensor } from "../../tensor/node.ts";
import { format } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** What an {@linkcode EnergyMLP} is made of. */
export interface EnergyMLPOptions extends InitOptions {
  /** Numbers in an example; 2 by default. */
  readonly inputs?: number;
  /** Units of each hidden layer; `[128, 128]` by default. */
  readonly hidden?: readonly number[];
}

/**
 * An energy of points: fully connected layers with SiLU between, `[B, inputs]` to `[B]`.
 *
 * @example
 * ```ts
 * import { EnergyMLP } from "./networks.ts";
 * import { randn } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new EnergyMLP().forward(randn([5, 2])).shape, [5]);
 * ```
 */
export class EnergyMLP extends Module {
  /** The layers, the last to one number. */
  readonly layers: readonly Linear[];

  /** A network of new weights. */
  constructor({ inputs = 2, hidden = [128, 128], ...init }: EnergyMLPOptions = {}) {
    super();
    const sizes = [inputs, ...hidden, 1];
    this.layers = hidden.concat(1).map((size, i) => new Linear(sizes[i], size, init));
  }

  /**
   * The energies, `[B]`.
   *
   * @param x points, float32 `[B, inputs]`
   * @throws {ShapeError} if they are of another dimension
   * @throws {DTypeError} if they are not a float32 tensor
   */
  forward(x: Tensor): Tensor {
    requireTensor("EnergyMLP", x, "input");
    const { inFeatures } = this.layers[0];
    if (x.ndim !== 2 || x.shape[1] !== inFeatures) {
      throw new ShapeError(
        `EnergyMLP: the input has shape ${format(x.shape)}; it takes points [B, ${inFeatures}]`,
      );
    }
    const [first, ...rest] = this.layers;
    const last = rest.reduce((h, layer) => layer.forward(h.silu()), first.forward(x));
    return last.squeeze(1);
  }
}

/** What a {@linkcode ConvEnergy} is made of. */
export interface ConvEnergyOptions extends InitOptions {
  /**
   * Channels of the convolutions, each of which halves height and width; `[16, 32, 64]` by default.
   * Multiples of 16 are fastest.
   */
  readonly widths?: readonly number[];
  /** Units of the layer between the convolutions and the energy; 64 by default. */
  readonly hidden?: number;
  /** Height and width of the images, in pixels; 28 by default. */
  readonly size?: number;
}

/**
 * An energy of grey images: convolutions of stride 2 with SiLU between, then two fully connected
 * layers, `[B, 1, size, size]` to `[B]`. SiLU is smooth, and so is the gradient that Langevin dynamics
 * goes by.
 *
 * @example
 * ```ts
 * import { ConvEnergy } from "./networks.ts";
 * import { zeros } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new ConvEnergy().forward(zeros([3, 1, 28, 28])).shape, [3]);
 * ```
 */
export class ConvEnergy extends Module {
  /** Channels of the convolutions. */
  readonly widths: readonly number[];
  /** Height and width of the images. */
  readonly size: number;
  /** The first looks at 5 x 5 pixels, the others at 3 x 3. */
  readonly convolutions: readonly Conv2d[];
  /** From all that the convolutions give to the hidden units. */
  readonly hidden: Linear;
  /** To the energy. */
  readonly out: Linear;

  /**
   * A network of new weights.
   *
   * @throws {ShapeError} if there is no convolution
   */
  constructor(
    { widths = [16, 32, 64], hidden = 64, size = 28, ...init }: ConvEnergyOptions = {},
  ) {
    super();
    if (widths.length === 0) {
      throw new ShapeError("ConvEnergy: widths is []; give the channels of at least 1 convolution");
    }
    this.widths = [...widths];
    this.size = size;
    this.convolutions = widths.map((width, i) =>
      i === 0
        ? new Conv2d(1, width, 5, { stride: 2, padding: 2, ...init })
        : new Conv2d(widths[i - 1], width, 3, { stride: 2, padding: 1, ...init })
    );
    const side = widths.reduce((length) => Math.ceil(length / 2), size);
    this.hidden = new Linear(widths[widths.length - 1] * side ** 2, hidden, init);
    this.out = new Linear(hidden, 1, init);
  }

  /**
   * The energies, `[B]`.
   *
   * @param x images in [-1, 1], float32 `[B, 1, size, size]`
   * @throws {ShapeError} if the images have another size
   * @throws {DTypeError} if they are not a float32 tensor
   */
  forward(x: Tensor): Tensor {
    requireTensor("ConvEnergy", x, "input");
    if (x.ndim !== 4 || x.shape[2] !== this.size || x.shape[3] !== this.size) {
      throw new ShapeError(
        `ConvEnergy: the input has shape ${format(x.shape)}; it takes images [B, 1, ` +
          `${this.size}, ${this.size}]`,
      );
    }
    const h = this.convolutions.reduce((seen, layer) => layer.forward(seen).silu(), x);
    return this.out.forward(this.hidden.forward(h.flatten(1)).silu()).squeeze(1);
  }
}
