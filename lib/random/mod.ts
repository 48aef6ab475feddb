/**
 * Random numbers that repeat PyTorch's: generators, and the distributions drawn from them.
 *
 * @module
 */

export * from "./default.ts";
export * from "./distributions.ts";
export { DEFAULT_SEED, Generator } from "./generator.ts";
export * from "./integers.ts";
export * from "./multinomial.ts";
export * from "./normal.ts";
