/**
 * First values of parameters, drawn as PyTorch 1.13 draws them. They are drawn when a layer is made,
 * from the generator given or the default one.
 *
 * @module
 */
import { ShapeError } from "../errors.ts";
import { defaultGenerator, type Generator, normal, uniform } from "../random/mod.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Variable } from "../tensor/variable.ts";

/** Where a layer's first values come from. */
export interface InitOptions {
  /** The stream to draw from; by default the one `manualSeed` seeds. */
  readonly generator?: Generator;
}

/** Choices of the layers that multiply by a weight. */
export interface WeightOptions extends InitOptions {
  /** Whether there is a bias; true by default. */
  readonly bias?: boolean;
}

/**
 * Weights uniform within 1 / sqrt(fanIn): PyTorch's `kaiming_uniform_(a=sqrt(5))`, in the arithmetic
 * of its definition, gain * sqrt(3 / fanIn) with gain = sqrt(2 / (1 + a^2)) (He et al. 2015).
 */
export function kaimingUniform(shape: Shape, fanIn: number, generator?: Generator): Variable {
  const gain = Math.sqrt(2 / (1 + Math.sqrt(5) ** 2));
  return uniformWithin(Math.sqrt(3) * (gain / Math.sqrt(fanIn)), shape, generator);
}

/** Biases uniform within 1 / sqrt(fanIn). */
export function biasUniform(size: number, fanIn: number, generator?: Generator): Variable {
  return uniformWithin(1 / Math.sqrt(fanIn), [size], generator);
}

/** Standard normal weights. */
export function standardNormal(
  shape: Shape,
  generator: Generator = defaultGenerator,
): Variable {
  const values = normal(generator, sizeOf(shape));
  return new Variable(Tensor.fromValues(values, { shape, dtype: "float32" }));
}

function uniformWithin(
  bound: number,
  shape: Shape,
  generator: Generator = defaultGenerator,
): Variable {
  const values = uniform(generator, sizeOf(shape), -bound, bound);
  return new Variable(Tensor.fromValues(values, { shape, dtype: "float32" }));
}

/** Throws unless the sizes a layer is made of are whole numbers of at least 1. */
export function checkSizes(layer: string, sizes: readonly number[]): void {
  for (const size of sizes) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new ShapeError(`${layer}: ${size} is no size; sizes are whole numbers of at least 1`);
    }
  }
}
