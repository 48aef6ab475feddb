/**
 * The mathematics and networks of the model families.
 *
 * @module
 */
export * from "./discrete.ts";
