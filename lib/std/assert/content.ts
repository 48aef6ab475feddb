/**
 * Assertions about what a value is made of: its class, its text, its elements.
 *
 * @module
 */

import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { show, suffix } from "./format.ts";

/** An array, typed array or anything like them, but no string. */
export type ArrayLikeArg<T> = ArrayLike<T> & object;

/**
 * The value must be an instance of the class.
 *
 * @throws {AssertionError} naming both classes.
 *
 * @example
 * ```ts
 * import { assertInstanceOf } from "@std/assert";
 *
 * const value: unknown = new Float32Array(2);
 * assertInstanceOf(value, Float32Array);
 * value.fill(1);
 * ```
 */
export function assertInstanceOf<T extends abstract new (...args: never[]) => unknown>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  if (actual instanceof expectedType) return;
  throw new AssertionError(
    `Expected object to be an instance of "${expectedType.name}" ` +
      `but was "${typeName(actual)}"${suffix(msg)}`,
  );
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" ? value.constructor?.name ?? "Object" : typeof value;
}

/**
 * The text must match the regular expression.
 *
 * @throws {AssertionError} when it does not.
 */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (expected.test(actual)) return;
  throw new AssertionError(`Expected actual: "${actual}" to match: "${expected}"${suffix(msg)}`);
}

/**
 * The text must contain the other text.
 *
 * @throws {AssertionError} when it does not.
 */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (actual.includes(expected)) return;
  throw new AssertionError(`Expected actual: "${actual}" to contain: "${expected}"${suffix(msg)}`);
}

/**
 * Every element of `expected` must deeply equal some element of `actual`.
 *
 * @throws {AssertionError} naming the elements that are missing.
 */
export function assertArrayIncludes<T>(
  actual: ArrayLikeArg<T>,
  expected: ArrayLikeArg<T>,
  msg?: string,
): void {
  const present = Array.from(actual);
  const missing = Array.from(expected).filter((item) => !present.some((x) => equal(x, item)));
  if (missing.length === 0) return;
  throw new AssertionError(
    `Expected actual: "${show(actual)}" to include: "${show(expected)}"${suffix(msg)}\n` +
      `missing: ${show(missing)}`,
  );
}
