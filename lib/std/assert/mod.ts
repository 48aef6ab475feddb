/**
 * The assertions our tests use, with the names and signatures of the published `@std/assert`.
 *
 * `deno.json` links this package where the published one cannot be reached; without the link, the
 * published one takes its place and nothing else changes.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(new Float32Array([0.5, 1]), Float32Array.of(0.5, 1));
 * assertAlmostEquals(Math.log1p(1e-3), 1e-3 - 5e-7, 1e-9);
 * assertThrows(() => new Uint8Array(-1), RangeError);
 * ```
 *
 * @module
 */

export * from "./assertion_error.ts";
export * from "./content.ts";
export * from "./equal.ts";
export * from "./equality.ts";
export * from "./errors.ts";
export * from "./order.ts";
export * from "./truth.ts";
