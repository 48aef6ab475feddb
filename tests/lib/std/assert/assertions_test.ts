/**
 * Every assertion passes where its fact holds and throws an `AssertionError` that says what was
 * wrong where it does not. `node:assert` is the judge, so that no assertion vouches for itself.
 *
 * @module
 */

import judge from "node:assert/strict";
import * as std from "@std/assert";

/** The assertion must fail, with this in its message. */
function fails(assertion: () => void, message: RegExp): void {
  judge.throws(assertion, (error) => {
    judge.ok(error instanceof std.AssertionError, "throws an AssertionError");
    judge.match(error.message, message);
    return true;
  });
}

Deno.test("AssertionError is an Error with a name and a cause", () => {
  const error = new std.AssertionError("message", { cause: 5 });
  judge.ok(error instanceof Error);
  judge.deepEqual([error.name, error.message, error.cause], ["AssertionError", "message", 5]);
});

Deno.test("assert and assertFalse take truthy and falsy values", () => {
  std.assert("text");
  fails(() => std.assert(0, "zero is not true"), /^zero is not true$/);
  fails(() => std.assert(false), /^$/);
  std.assertFalse("");
  fails(() => std.assertFalse(1, "one is not false"), /^one is not false$/);
});

Deno.test("assertExists refuses null and undefined alone", () => {
  std.assertExists(0);
  std.assertExists("");
  fails(() => std.assertExists(null), /"null" to not be null or undefined\.$/);
  fails(() => std.assertExists(undefined, "no seed"), /"undefined".*: no seed$/);
});

Deno.test("fail fails", () => {
  fails(() => std.fail(), /^Failed assertion\.$/);
  fails(() => std.fail("reached"), /^Failed assertion: reached$/);
});

Deno.test("assertEquals shows what differs", () => {
  std.assertEquals({ shape: [2, 3] }, { shape: [2, 3] });
  std.assertEquals([0], [-0]);
  fails(() => std.assertEquals([1, 2], [1, 3]), /^Values are not equal\.\n[^]*2[^]*3/);
  fails(() => std.assertEquals("a", "b", "letters"), /^Values are not equal: letters\n/);
});

Deno.test("assertEquals shows a difference deep inside long values", () => {
  const long = Float32Array.from({ length: 20_000 }, (_, i) => i);
  fails(() => std.assertEquals(long.with(12_345, 0.5), long), / 0\.5,/);
  fails(() => std.assertEquals(long, long.slice(0, -1)), /19999/);
});

Deno.test("assertNotEquals refuses equal content", () => {
  std.assertNotEquals([1], [2]);
  fails(
    () => std.assertNotEquals([1], [1], "moved"),
    /^Expected actual: [^]* not to be: [^]*moved$/,
  );
});

Deno.test("assertStrictEquals wants the same object and tells 0 from -0", () => {
  const list = [1];
  std.assertStrictEquals(list, list);
  std.assertStrictEquals(NaN, NaN);
  fails(() => std.assertStrictEquals([1], [1]), /same structure but are not reference-equal\./);
  fails(() => std.assertStrictEquals(0, -0), /^Values are not strictly equal\./);
  fails(() => std.assertStrictEquals(1, 2, "steps"), /^Values are not strictly equal: steps/);
});

Deno.test("assertAlmostEquals allows 1e-7 of the expected value by default", () => {
  std.assertAlmostEquals(1000 + 0.9e-4, 1000);
  std.assertAlmostEquals(-1000 - 0.9e-4, -1000);
  fails(() => std.assertAlmostEquals(1000 + 1.1e-4, 1000), /delta "1\.[^"]*e-4" is greater than/);
  fails(() => std.assertAlmostEquals(1e-9, 0), /to be close to "0"/);
});

Deno.test("assertAlmostEquals takes a tolerance, which is included", () => {
  std.assertAlmostEquals(1.5, 1, 0.5);
  std.assertAlmostEquals(Infinity, Infinity);
  std.assertAlmostEquals(NaN, NaN);
  fails(() => std.assertAlmostEquals(1.6, 1, 0.5, "kl"), /greater than "5e-1": kl$/);
  fails(() => std.assertAlmostEquals(NaN, 1, 0.5), /"NaN"/);
  fails(() => std.assertAlmostEquals(1, NaN, 0.5), /"NaN"/);
  fails(() => std.assertAlmostEquals(-Infinity, Infinity, 0.5), /Infinity/);
});

Deno.test("the four comparisons differ at equality and refuse NaN", () => {
  std.assertGreater(2, 1);
  std.assertGreaterOrEqual(1, 1);
  std.assertLess(1, 2);
  std.assertLessOrEqual(1, 1);
  fails(() => std.assertGreater(1, 1), /^Expect 1 > 1$/);
  fails(() => std.assertGreaterOrEqual(0, 1), /^Expect 0 >= 1$/);
  fails(() => std.assertLess(1, 1), /^Expect 1 < 1$/);
  fails(() => std.assertLessOrEqual(2, 1), /^Expect 2 <= 1$/);
  fails(() => std.assertGreater(1, 2, "the loss fell"), /^the loss fell$/);
  const orders = [
    std.assertGreater,
    std.assertGreaterOrEqual,
    std.assertLess,
    std.assertLessOrEqual,
  ];
  for (const order of orders) fails(() => order(NaN, 0), /NaN/);
});

Deno.test("assertInstanceOf accepts subclasses and names both classes", () => {
  std.assertInstanceOf(new RangeError(), Error);
  fails(() => std.assertInstanceOf([], Map), /instance of "Map" but was "Array"\.$/);
  fails(() => std.assertInstanceOf(null, Map), /but was "null"/);
  fails(() => std.assertInstanceOf(undefined, Map), /but was "undefined"/);
  fails(() => std.assertInstanceOf(5, Number, "boxed"), /but was "number": boxed$/);
});

Deno.test("assertInstanceOf narrows the type", () => {
  const value: unknown = new Float32Array(3);
  std.assertInstanceOf(value, Float32Array);
  const length: number = value.length;
  judge.equal(length, 3);
});

Deno.test("assertMatch and assertStringIncludes quote the text", () => {
  std.assertMatch("step 12", /\d+$/);
  fails(() => std.assertMatch("step", /\d/), /^Expected actual: "step" to match: "\/\\d\/"\.$/);
  std.assertStringIncludes("sigma", "gm");
  fails(() => std.assertStringIncludes("sigma", "mu"), /"sigma" to contain: "mu"\.$/);
});

Deno.test("assertArrayIncludes finds by content, in arrays and typed arrays", () => {
  std.assertArrayIncludes([1, [2], NaN], [[2], NaN]);
  std.assertArrayIncludes(Float32Array.of(1, 2), Float32Array.of(2));
  std.assertArrayIncludes([1], []);
  fails(() => std.assertArrayIncludes([1, [2]], [1, [3]]), /missing: \[\s*\[\s*3/);
});
