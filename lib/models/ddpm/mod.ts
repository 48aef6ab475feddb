/**
 * DDPM's network, and files that hold trained ones.
 *
 * @module
 */
export { type Ddpm, loadDdpm, saveDdpm } from "./checkpoint.ts";
export { UNet, type UNetOptions } from "./unet.ts";
