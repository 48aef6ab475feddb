/**
 * DDPM's network, and files that hold trained ones.
 *
 * @module
 */
export { Attention, ResidualBlock } from "./blocks.ts";
export { type Ddpm, loadDdpm, saveDdpm } from "./checkpoint.ts";
export { UNet, type UNetOptions } from "./unet.ts";
