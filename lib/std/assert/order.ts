/**
 * Assertions about the order of two values, compared with the language's own operators.
 *
 * @module
 */

import { AssertionError } from "./assertion_error.ts";
import { show } from "./format.ts";

/**
 * `actual` must be greater than `expected`.
 *
 * @throws {AssertionError} when it is not; a `NaN` never is.
 */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual > expected)) throw orderError(actual, ">", expected, msg);
}

/**
 * `actual` must be greater than `expected` or equal to it.
 *
 * @throws {AssertionError} when it is not; a `NaN` never is.
 */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual >= expected)) throw orderError(actual, ">=", expected, msg);
}

/**
 * `actual` must be less than `expected`.
 *
 * @throws {AssertionError} when it is not; a `NaN` never is.
 */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual < expected)) throw orderError(actual, "<", expected, msg);
}

/**
 * `actual` must be less than `expected` or equal to it.
 *
 * @throws {AssertionError} when it is not; a `NaN` never is.
 */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual <= expected)) throw orderError(actual, "<=", expected, msg);
}

function orderError<T>(actual: T, relation: string, expected: T, msg?: string): AssertionError {
  return new AssertionError(msg ?? `Expect ${show(actual)} ${relation} ${show(expected)}`);
}
