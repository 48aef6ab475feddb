/**
 * What counts as deeply equal. Judged by plain `throw`s, since the assertions rest on `equal`.
 *
 * @module
 */

import { equal } from "@std/assert";

class Hidden {
  #value: number;
  constructor(value: number) {
    this.#value = value;
  }
  get value(): number {
    return this.#value;
  }
}

function cycle(value: number): object {
  const node: { value: number; self?: object } = { value };
  node.self = node;
  return node;
}

const key = Symbol("key");

const equalPairs: [string, unknown, unknown][] = [
  ["0 and -0", 0, -0],
  ["NaN and NaN", NaN, NaN],
  ["arrays", [1, [2, "3"]], [1, [2, "3"]]],
  ["float arrays with -0 and NaN", Float32Array.of(0, NaN), Float32Array.of(-0, NaN)],
  ["objects in another order", { a: 1, b: 2 }, { b: 2, a: 1 }],
  ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ["maps in another order", new Map([["a", 1], ["b", 2]]), new Map([["b", 2], ["a", 1]])],
  ["sets of objects", new Set([{ a: 1 }, { a: 2 }]), new Set([{ a: 2 }, { a: 1 }])],
  ["dates", new Date(5), new Date(5)],
  ["regular expressions", /a/g, /a/g],
  ["addresses", new URL("file:///a"), new URL("file:///a")],
  ["buffers", Uint8Array.of(1).buffer, Uint8Array.of(1).buffer],
  ["instances", new Hidden(1), new Hidden(1)],
  ["cycles", cycle(1), cycle(1)],
];

const unequalPairs: [string, unknown, unknown][] = [
  ["a number and its text", 1, "1"],
  ["null and undefined", null, undefined],
  ["null and an object", null, {}],
  ["arrays of other lengths", [1, 2], [1, 2, 3]],
  ["nested elements", [1, [2]], [1, [3]]],
  ["an undefined key and none", { a: undefined }, {}],
  ["an undefined key and another", { a: undefined }, { b: undefined }],
  ["symbol keys", { [key]: 1 }, { [key]: 2 }],
  ["an array and a typed array", [1], Float32Array.of(1)],
  ["typed arrays of other types", Float32Array.of(1), Float64Array.of(1)],
  ["typed arrays of other values", Float32Array.of(1, 2), Float32Array.of(1, 3)],
  ["typed arrays of other lengths", Float32Array.of(1), Float32Array.of(1, 2)],
  ["big integers", BigInt64Array.of(1n), BigInt64Array.of(2n)],
  ["map values", new Map([["a", 1]]), new Map([["a", 2]])],
  ["sets", new Set([1, 2]), new Set([1, 3])],
  ["sets of objects", new Set([{ a: 1 }]), new Set([{ a: 2 }])],
  ["dates", new Date(5), new Date(6)],
  ["flags of regular expressions", /a/g, /a/],
  ["addresses", new URL("file:///a"), new URL("file:///b")],
  ["buffers", Uint8Array.of(1).buffer, Uint8Array.of(2).buffer],
  ["private data seen through a getter", new Hidden(1), new Hidden(2)],
  ["an instance and a plain object", new Hidden(1), { value: 1 }],
  ["cycles", cycle(1), cycle(2)],
  ["functions", () => 1, () => 1],
  ["errors", new Error("a"), new Error("b")],
];

for (const [what, a, b] of equalPairs) {
  Deno.test(`equal holds for ${what}`, () => {
    if (!equal(a, b) || !equal(b, a)) throw new Error("found unequal");
  });
}

for (const [what, a, b] of unequalPairs) {
  Deno.test(`equal does not hold for ${what}`, () => {
    if (equal(a, b) || equal(b, a)) throw new Error("found equal");
  });
}
