/**
 * The error every assertion throws.
 *
 * @module
 */

/**
 * A fact that a test states does not hold.
 *
 * @example
 * ```ts
 * import { AssertionError, assertInstanceOf } from "@std/assert";
 *
 * assertInstanceOf(new AssertionError("the loss grew"), Error);
 * ```
 */
export class AssertionError extends Error {
  override name = "AssertionError";

  /** The message cannot be left out. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
