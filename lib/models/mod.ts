/**
 * The mathematics and networks of the model families.
 *
 * @module
 */
export * from "./discrete.ts";
export * from "./ddpm/mod.ts";
export * from "./ddpm/process/mod.ts";
export * from "./ebm/mod.ts";
export * from "./ebm/process/mod.ts";
export { LeNet, loadLeNet, saveLeNet } from "./lenet.ts";
