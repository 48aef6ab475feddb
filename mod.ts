/**
 * genlab: learn generative models by writing them.
 *
 * Lazy tensors with automatic differentiation that run in ONNX Runtime, random numbers that are
 * PyTorch's, layers and optimizers, MNIST, and pictures.
 *
 * @example Fit a line
 * ```ts
 * import { Adam, Linear, manualSeed, mseLoss, tensor } from "genlab";
 * import { assert } from "@std/assert";
 *
 * manualSeed(0);
 * const x = tensor([[0], [1], [2], [3]]);
 * const y = x.mul(2).add(1);
 * const line = new Linear(1, 1);
 * const adam = new Adam(line.parameters(), { lr: 0.1 });
 * let loss = Infinity;
 * for (let step = 0; step < 200; step++) {
 *   const error = mseLoss(line.forward(x), y);
 *   adam.step(error);
 *   loss = await error.item();
 * }
 * assert(loss < 0.01);
 * ```
 *
 * @module
 */
export {
  type Finding,
  grade,
  type GradedAnswer,
  type GradedCheck,
  type GradedFunction,
  type GradeOptions,
  type GradePlan,
  type GradeRow,
  type Person,
  type Shard,
  type Status,
} from "./lib/course/grading/mod.ts";
export { NotImplemented } from "./lib/course/not_implemented.ts";
export * from "./lib/data/mod.ts";
export * from "./lib/errors.ts";
export * from "./lib/models/mod.ts";
export * from "./lib/nn/mod.ts";
export * from "./lib/optim/mod.ts";
export * from "./lib/plot/mod.ts";
export { Generator, manualSeed } from "./lib/random/mod.ts";
export * from "./lib/runtime/mod.ts";
export * from "./lib/tensor/mod.ts";
