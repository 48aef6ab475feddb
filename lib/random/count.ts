/**
 * The check that every random function makes of how many values it is asked for.
 *
 * @module
 */

import { GenlabError } from "../errors.ts";

/** Throws a `GenlabError` naming `operation` unless `n` is a whole number, 0 or more. */
export function checkCount(operation: string, n: number): void {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new GenlabError(
      `${operation}: the number of values must be a whole number, 0 or more, got ${n}`,
    );
  }
}
