/**
 * What layers check of their inputs.
 *
 * @module
 */
import { DTypeError, ShapeError } from "../errors.ts";
import { requireTensor } from "../tensor/node.ts";
import { format } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";
import type { Module } from "./module.ts";

/** Throws unless the input is a tensor. */
export function requireInput(layer: Module, x: unknown): void {
  requireTensor(layer.toString(), x, "input");
}

/** Throws unless the input has the dtype of the layer's parameters. */
export function requireInputDType(layer: Module, x: Tensor, { dtype }: Variable): void {
  if (x.dtype !== dtype) {
    throw new DTypeError(
      `${layer}: the input is ${x.dtype}, and the layer takes ${dtype}; convert with to("${dtype}")`,
    );
  }
}

/** Throws unless the input is `[batch, channels, height, width]` with the layer's channels. */
export function requireImages(layer: Module, x: Tensor, channels: number, weight: Variable): void {
  requireInput(layer, x);
  if (x.ndim !== 4) {
    throw new ShapeError(
      `${layer}: the input has shape ${format(x.shape)}; images are ` +
        `[batch, channels, height, width]: reshape it, or unsqueeze what is missing`,
    );
  }
  if (x.shape[1] !== channels) {
    throw new ShapeError(
      `${layer}: the input ${format(x.shape)} has ${x.shape[1]} channels (dimension 1), and the ` +
        `layer takes ${channels}; permute the input, or make the layer for what it has`,
    );
  }
  requireInputDType(layer, x, weight);
}
