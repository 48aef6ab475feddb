/**
 * Assertions that a function throws, or that its promise rejects.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./format.ts";

type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

/**
 * The function must throw. Returns what it threw.
 *
 * @throws {AssertionError} when it returns.
 */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/**
 * The function must throw an error of the class, with `msgIncludes` in its message. Returns the
 * error.
 *
 * @throws {AssertionError} when it returns, or throws anything else.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const error = assertThrows(() => new Array(-1), RangeError, "array length");
 * assertEquals(error.name, "RangeError");
 * ```
 */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  classOrMsg?: ErrorClass<E> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const note = typeof classOrMsg === "string" ? classOrMsg : msg;
  try {
    fn();
  } catch (error) {
    if (typeof classOrMsg === "function") {
      checkError(error, "thrown", classOrMsg, msgIncludes, note);
    }
    return error;
  }
  throw new AssertionError(`Expected function to throw${suffix(note)}`);
}

/**
 * The promise that the function returns must reject. Resolves to what it rejected with.
 *
 * @throws {AssertionError} when it resolves, or when the function throws before it returns.
 */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/**
 * The promise that the function returns must reject with an error of the class, with `msgIncludes`
 * in its message. Resolves to the error.
 *
 * @throws {AssertionError} when it resolves, rejects with anything else, or when the function throws
 * before it returns.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(() => Promise.reject(new TypeError("no such dtype")), TypeError, "dtype");
 * ```
 */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  classOrMsg?: ErrorClass<E> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const note = typeof classOrMsg === "string" ? classOrMsg : msg;
  const promise = startPromise(fn, note);
  try {
    await promise;
  } catch (error) {
    if (typeof classOrMsg === "function") {
      checkError(error, "rejected", classOrMsg, msgIncludes, note);
    }
    return error;
  }
  throw new AssertionError(`Expected function to reject${suffix(note)}`);
}

function startPromise(
  fn: () => PromiseLike<unknown>,
  msg: string | undefined,
): PromiseLike<unknown> {
  try {
    const promise = fn();
    if (typeof promise?.then === "function") return promise;
  } catch {
    // A plain throw is reported below: it is the same mistake as returning no promise.
  }
  throw new AssertionError(`Function throws when expected to reject${suffix(msg)}`);
}

function checkError<E extends Error>(
  error: unknown,
  how: "thrown" | "rejected",
  ErrorClass: ErrorClass<E>,
  msgIncludes: string | undefined,
  msg: string | undefined,
): void {
  if (!(error instanceof Error)) {
    throw new AssertionError(`A non-Error object was ${how}${suffix(msg)}`);
  }
  if (!(error instanceof ErrorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${ErrorClass.name}", ` +
        `but was "${error.constructor.name}"${suffix(msg)}`,
    );
  }
  // Colours in either text do not count.
  const message = stripVTControlCharacters(error.message);
  if (!message.includes(stripVTControlCharacters(msgIncludes ?? ""))) {
    throw new AssertionError(
      `Expected error message to include ${JSON.stringify(msgIncludes)}, ` +
        `but got ${JSON.stringify(error.message)}${suffix(msg)}`,
    );
  }
}
