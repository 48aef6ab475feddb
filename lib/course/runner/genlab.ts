/**
 * What `genlab` is for a file that is checked: everything that builds graphs, in TypeScript alone.
 * What computes, reads files or draws pictures says why it is not there, once it is called. The models
 * are left out: they hold what exercises ask for.
 *
 * @module
 */
import { GenlabError } from "../../errors.ts";

export * from "../../data/loader.ts";
export * from "../../errors.ts";
export { Conv2d, ConvTranspose2d } from "../../nn/convolution.ts";
export { Embedding } from "../../nn/embedding.ts";
export { GroupNorm } from "../../nn/group_norm.ts";
export { Linear } from "../../nn/linear.ts";
export { Module } from "../../nn/module.ts";
export { Sequential } from "../../nn/sequential.ts";
export * from "../../optim/mod.ts";
export { Generator, manualSeed } from "../../random/mod.ts";
export * from "../../tensor/mod.ts";
export { NotImplemented } from "../not_implemented.ts";

/** The type of what nothing is known of; the real types would load what is kept out here. */
type Unchecked = ReturnType<typeof JSON.parse>;

/** Stands in for something that is not there; a plain function, so that `new` works as well. */
function absent(name: string): Unchecked {
  return function (): never {
    throw new GenlabError(
      `${name}: is not there in a file that is checked, where functions only record what they ` +
        "compute; use it in a file of its own that imports this one",
    );
  };
}

// Grading.
export const grade = absent("grade");
// The runtime.
export const compile = absent("compile");
export const currentDevice = absent("currentDevice");
export const DEVICE_NAMES: readonly string[] = [];
export const sessionsCreated = absent("sessionsCreated");
export const setDevice = absent("setDevice");
// Files.
export const loadMnist = absent("loadMnist");
export const Mnist = absent("Mnist");
export const loadParameters = absent("loadParameters");
export const loadSafetensors = absent("loadSafetensors");
export const saveSafetensors = absent("saveSafetensors");
// Pictures.
export const imageGrid = absent("imageGrid");
export const lineChart = absent("lineChart");
export const toImages = absent("toImages");
export const toRows = absent("toRows");
export const writePng = absent("writePng");
