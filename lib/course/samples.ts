/**
 * Seeded tensors for checks to try functions on. Their values are known at once, for the host to
 * compute with.
 *
 * @module
 */
import { type Generator, normal, uniform } from "../random/mod.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A float32 tensor of known values. */
export interface Sample {
  readonly tensor: Tensor;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Values as a tensor of a shape. */
export function sampleOf(values: ArrayLike<number>, shape: Shape): Sample {
  const array = Float32Array.from(values);
  return { tensor: Tensor.fromValues(array, { shape, dtype: "float32" }), values: array };
}

/** One value everywhere. */
export function constant(shape: Shape, value: number): Sample {
  return sampleOf(new Float32Array(sizeOf(shape)).fill(value), shape);
}

/** Draws from N(mean, std^2). */
export function normals(generator: Generator, shape: Shape, std = 1, mean = 0): Sample {
  return sampleOf(normal(generator, sizeOf(shape), mean, std), shape);
}

/** Draws from the uniform distribution over [from, to). */
export function uniforms(generator: Generator, shape: Shape, from = 0, to = 1): Sample {
  return sampleOf(uniform(generator, sizeOf(shape), from, to), shape);
}

/** Values of a list in turn, moved on by a number that is prime to most lists' lengths. */
export function cycle(list: readonly number[], shape: Shape, step = 1): Sample {
  return sampleOf(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => list[(i * step) % list.length]),
    shape,
  );
}
