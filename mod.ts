/**
 * genlab: learn generative models by writing them.
 *
 * @module
 */
export * from "./lib/errors.ts";
export { Generator, manualSeed } from "./lib/random/mod.ts";
export * from "./lib/runtime/mod.ts";
export * from "./lib/tensor/mod.ts";
