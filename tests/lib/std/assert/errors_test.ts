/**
 * `assertThrows` and `assertRejects`, with `node:assert` as the judge.
 *
 * @module
 */

import judge from "node:assert/strict";
import { AssertionError, assertRejects, assertThrows } from "@std/assert";

class ShapeError extends Error {
  override name = "ShapeError";
  constructor(readonly dim: number, message: string) {
    super(message);
  }
}

const raise = (value: unknown) => () => {
  throw value;
};
const error = new ShapeError(1, "matmul: 2 is not 3");

/** What an assertion that must fail says. */
function complaint(assertion: () => unknown): string {
  try {
    assertion();
  } catch (failure) {
    judge.ok(failure instanceof AssertionError, "throws an AssertionError");
    return failure.message;
  }
  throw new Error("the assertion passed");
}

async function asyncComplaint(assertion: () => Promise<unknown>): Promise<string> {
  const outcome = await assertion().then(() => undefined, (failure) => failure);
  judge.ok(outcome instanceof AssertionError, "rejects with an AssertionError");
  return outcome.message;
}

Deno.test("assertThrows returns what was thrown", () => {
  const typed: ShapeError = assertThrows(raise(error), ShapeError, "2 is not");
  judge.equal(typed, error);
  judge.equal(typed.dim, 1);
  judge.equal(assertThrows(raise(error), Error), error);
  judge.equal(assertThrows(raise(error), "with a note only"), error);
  judge.equal(assertThrows(raise(5)), 5);
  judge.equal(assertThrows(raise(undefined)), undefined);
});

Deno.test("assertThrows fails where nothing is thrown", () => {
  judge.equal(complaint(() => assertThrows(() => 1)), "Expected function to throw.");
  judge.equal(complaint(() => assertThrows(() => 1, "note")), "Expected function to throw: note");
  judge.equal(
    complaint(() => assertThrows(() => 1, Error, "text", "note")),
    "Expected function to throw: note",
  );
});

Deno.test("assertThrows fails on another class, another text or no error", () => {
  judge.match(
    complaint(() => assertThrows(raise(error), RangeError)),
    /instance of "RangeError", but was "ShapeError"\.$/,
  );
  judge.match(
    complaint(() => assertThrows(raise(error), ShapeError, "conv2d", "note")),
    /to include "conv2d", but got "matmul: 2 is not 3": note$/,
  );
  judge.equal(
    complaint(() => assertThrows(raise("text"), Error)),
    "A non-Error object was thrown.",
  );
});

Deno.test("assertThrows does not count colours in a message", () => {
  assertThrows(raise(new Error("a \x1b[31mred\x1b[39m word")), Error, "red word");
});

Deno.test("assertRejects resolves to what the promise rejected with", async () => {
  const typed: ShapeError = await assertRejects(() => Promise.reject(error), ShapeError, "matmul");
  judge.equal(typed, error);
  judge.equal(await assertRejects(() => Promise.reject(error), "with a note only"), error);
  judge.equal(await assertRejects(() => Promise.reject(5)), 5);
});

Deno.test("assertRejects fails where the promise resolves", async () => {
  const done = () => Promise.resolve(1);
  judge.equal(await asyncComplaint(() => assertRejects(done)), "Expected function to reject.");
  judge.equal(
    await asyncComplaint(() => assertRejects(done, Error, "text", "note")),
    "Expected function to reject: note",
  );
});

Deno.test("assertRejects fails on a plain throw and on no promise", async () => {
  const throws = (): Promise<unknown> => {
    throw error;
  };
  judge.match(await asyncComplaint(() => assertRejects(throws)), /throws when expected to reject/);
  judge.match(
    await asyncComplaint(() => assertRejects(throws, ShapeError)),
    /throws when expected to reject/,
  );
});

Deno.test("assertRejects fails on another class, another text or no error", async () => {
  judge.match(
    await asyncComplaint(() => assertRejects(() => Promise.reject(error), RangeError)),
    /instance of "RangeError", but was "ShapeError"\.$/,
  );
  judge.match(
    await asyncComplaint(() => assertRejects(() => Promise.reject(error), Error, "conv2d")),
    /to include "conv2d"/,
  );
  judge.equal(
    await asyncComplaint(() => assertRejects(() => Promise.reject("text"), Error)),
    "A non-Error object was rejected.",
  );
});
