/**
 * Assertions that two values are equal: in content, in identity, or within a tolerance.
 *
 * @module
 */

import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { difference, show, suffix } from "./format.ts";

/**
 * The two values must be deeply equal, as {@linkcode equal} has it.
 *
 * @throws {AssertionError} with the lines that differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([1, 2].map((x) => x * x), [1, 4]);
 * ```
 */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  throw new AssertionError(
    `Values are not equal${suffix(msg)}\n${difference(actual, expected)}`,
  );
}

/**
 * The two values must not be deeply equal.
 *
 * @throws {AssertionError} when they are.
 */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  throw new AssertionError(
    `Expected actual: ${show(actual)} not to be: ${show(expected)}${suffix(msg)}`,
  );
}

/**
 * The two must be the same value by `Object.is`: `NaN` is `NaN`, `0` is not `-0`, and an object is
 * only itself.
 *
 * @throws {AssertionError} when they are not.
 */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  if (show(actual) === show(expected)) {
    throw new AssertionError(
      `Values have the same structure but are not reference-equal${suffix(msg)}\n${show(actual)}`,
    );
  }
  throw new AssertionError(
    `Values are not strictly equal${suffix(msg)}\n${difference(actual, expected)}`,
  );
}

/**
 * Two numbers must differ by at most `tolerance`, which defaults to `1e-7` times the expected
 * value's size (to `1e-7` itself where the expected value is not finite).
 *
 * @throws {AssertionError} with both numbers and their distance.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(0.1 + 0.2, 0.3);
 * assertAlmostEquals(0.693, Math.LN2, 1e-3);
 * ```
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const delta = Math.abs(expected - actual);
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected) * 1e-7 : 1e-7);
  // Written so that a NaN on either side fails.
  if (delta <= allowed) return;
  throw new AssertionError(
    `Expected actual: "${decimal(actual)}" to be close to "${decimal(expected)}": ` +
      `delta "${decimal(delta)}" is greater than "${decimal(allowed)}"${suffix(msg)}`,
  );
}

function decimal(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toExponential();
}
