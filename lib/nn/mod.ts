/**
 * Layers, and files that hold their parameters.
 *
 * @module
 */
export {
  loadParameters,
  loadSafetensors,
  type NamedVariables,
  saveSafetensors,
} from "./checkpoint.ts";
export { Conv2d, ConvTranspose2d } from "./convolution.ts";
export { Embedding } from "./embedding.ts";
export { GroupNorm } from "./group_norm.ts";
export type { InitOptions, WeightOptions } from "./initialize.ts";
export { Linear } from "./linear.ts";
export { type Layer, Module } from "./module.ts";
export type { TensorFile } from "./safetensors.ts";
export { Sequential } from "./sequential.ts";
