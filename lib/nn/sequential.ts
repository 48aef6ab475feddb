/**
 * Layers one after the other.
 *
 * @module
 */
import type { Tensor } from "../tensor/tensor.ts";
import { type Layer, Module } from "./module.ts";

/**
 * Layers and plain functions, applied one after the other. Parameters are named by the layer's
 * place, and functions count, as in PyTorch: `0.weight`, `0.bias`, `2.weight`, ...
 *
 * @example
 * ```ts
 * import { Linear, ones, relu, Sequential } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const net = new Sequential(new Linear(8, 4), relu, new Linear(4, 2));
 * assertEquals(net.forward(ones([3, 8])).shape, [3, 2]);
 * assertEquals(net.namedParameters()[2][0], "2.weight");
 * ```
 */
export class Sequential extends Module {
  /** The layers, in order. */
  readonly layers: readonly Layer[];

  /**
   * Layers, one after the other.
   *
   * @param layers modules with `forward(x)`, and functions of one tensor
   */
  constructor(...layers: readonly Layer[]) {
    super();
    this.layers = layers;
  }

  /** What the last layer gives; the input itself if there are none. */
  forward(x: Tensor): Tensor {
    return this.layers.reduce(
      (y, layer) => typeof layer === "function" ? layer(y) : layer.forward(y),
      x,
    );
  }

  /** The layers under their numbers. */
  protected override members(): [string, unknown][] {
    return Object.entries(this.layers);
  }
}
