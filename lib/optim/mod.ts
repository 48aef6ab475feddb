/**
 * Optimizers, and averages of parameters.
 *
 * @module
 */
export { Adam, type AdamOptions } from "./adam.ts";
export { clipGradNorm } from "./clip.ts";
export { EMA, type EMAOptions } from "./ema.ts";
export { Optimizer } from "./optimizer.ts";
export { SGD, type SGDOptions } from "./sgd.ts";
