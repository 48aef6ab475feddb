/**
 * Data sets and how they are read in batches.
 *
 * @module
 */
export * from "./loader.ts";
export * from "./mnist.ts";
