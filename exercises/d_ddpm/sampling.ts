/**
 * Sampling with a student's `ddimStep`: from noise to data, step by step.
 *
 * @module
 */
import { expectTensor } from "../../lib/course/expect.ts";
import { bind } from "../../lib/course/graph/bind.ts";
import { constant } from "../../lib/course/samples.ts";
import type { Student } from "../../lib/course/student.ts";
import { type GaussianMixture, mixtureScore } from "../../lib/models/score.ts";
import type { Generator } from "../../lib/random/mod.ts";
import { evaluateTensors } from "../../lib/runtime/evaluate.ts";
import { randn } from "../../lib/tensor/random.ts";
import type { Shape } from "../../lib/tensor/shape.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";

/** How samples are drawn. */
export interface SamplingOptions {
  /** How much of the noise is new in each step, from 0 to 1. */
  readonly eta: number;
  readonly generator: Generator;
  /** Where it begins, standard normal noise `[B, ...]`; drawn for this shape if a shape is given. */
  readonly start: Tensor | Shape;
}

/** The noise in data at a time: `index` counts the times that are given. */
export type Predict = (xt: Tensor, index: number) => Tensor | Promise<Tensor>;

/**
 * Goes from noise to data along times that are given by their alphaBars.
 *
 * @param alphaBars of the times, from the last to the first; a step to time 0 follows by itself
 * @param predict says which noise is in x
 * @returns x at each of the times, the data last: one more than there are times
 * @throws {CheckFailure} if `ddimStep` gives something else than it should
 * @throws {StudentError} if it cannot be called
 */
export async function sampleWith(
  student: Student,
  alphaBars: ArrayLike<number>,
  predict: Predict,
  { eta, generator, start }: SamplingOptions,
): Promise<Tensor[]> {
  let x = "dtype" in start ? start : randn(start, { generator });
  const { shape } = x;
  const column = shape.map((size, dim) => dim === 0 ? size : 1);
  const times = Array.from(alphaBars, (alphaBar) => constant(column, alphaBar).tensor);
  const end = constant(column, 1).tensor;
  const path = [x];
  // Traced once: only its tensors differ from step to step.
  const example = [x, x, end, end, eta, x];
  const graph = await student.trace("ddimStep", example);
  for (const [index, time] of times.entries()) {
    const epsHat = await predict(x, index);
    const args = [x, epsHat, time, times[index + 1] ?? end, eta, randn(shape, { generator })];
    const where = `for xt of shape [${shape.join(", ")}]`;
    const next = expectTensor(bind(graph, args, generator), "x at the earlier time", shape, where);
    // What was computed is kept, and not what it was computed from.
    x = next.detach();
    await evaluateTensors([x]);
    path.push(x);
  }
  return path;
}

/** The exact noise in x where the data are a mixture of Gaussians: what a perfect network would find. */
export function exactNoise(
  { means, std }: GaussianMixture,
  alphaBars: ArrayLike<number>,
): Predict {
  return (xt, index) => {
    const [signal, noise] = [alphaBars[index], 1 - alphaBars[index]].map(Math.sqrt);
    const shrunk = {
      means: means.map((mean) => mean.map((place) => signal * place)),
      std: signal * std,
    };
    return mixtureScore(shrunk, xt, noise).mul(-noise);
  };
}
