/**
 * Assertions that something holds or is there.
 *
 * @module
 */

import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./format.ts";

/** The values that {@linkcode assertFalse} takes for false. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

/**
 * The expression must be truthy.
 *
 * @throws {AssertionError} with `msg`, when it is not.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * assert(Math.exp(0) === 1, "exp(0) is 1");
 * ```
 */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/**
 * The expression must be falsy.
 *
 * @throws {AssertionError} with `msg`, when it is not.
 */
export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

/**
 * The value must be neither `null` nor `undefined`.
 *
 * @throws {AssertionError} when it is.
 */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) {
    throw new AssertionError(
      `Expected actual: "${actual}" to not be null or undefined${suffix(msg)}`,
    );
  }
}

/**
 * Fails always: for a line that must not be reached.
 *
 * @throws {AssertionError} always.
 */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${suffix(msg)}`);
}
