/**
 * The generator that random functions draw from when they are given none.
 *
 * @module
 */

import { Generator } from "./generator.ts";

/** The generator used where no other is named. Until it is seeded it has `DEFAULT_SEED`. */
export const defaultGenerator: Generator = new Generator();

/**
 * Seeds {@linkcode defaultGenerator}, as `torch.manual_seed` does, and returns it.
 *
 * @throws {GenlabError} if `seed` is not an integer in [-2^63, 2^64).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { defaultGenerator, manualSeed } from "./default.ts";
 *
 * manualSeed(0);
 * assertEquals(defaultGenerator.float(), 0.49625658988952637);
 * ```
 */
export function manualSeed(seed: number | bigint): Generator {
  return defaultGenerator.manualSeed(seed);
}
