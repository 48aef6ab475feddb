/**
 * Deep equality of values.
 *
 * @module
 */

/**
 * Whether two values have the same type and the same content. `0` equals `-0` and `NaN` equals
 * `NaN`; arrays, typed arrays, maps, sets and objects are compared by content, in any order of keys;
 * an object with the key `a: undefined` differs from one without the key.
 *
 * @example
 * ```ts
 * import { assert, assertFalse, equal } from "@std/assert";
 *
 * assert(equal({ shape: [2, 3] }, { shape: [2, 3] }));
 * assertFalse(equal([2, 3], new Float32Array([2, 3])));
 * ```
 */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, new Map());
}

/** `assumed` holds the pairs under comparison, so that cyclic values come to an end. */
function compare(a: unknown, b: unknown, assumed: Map<object, object>): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || !samePrototype(a, b)) return false;

  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof ArrayBuffer) {
    return sameElements(new Uint8Array(a), new Uint8Array(b as ArrayBuffer));
  }
  if (isTypedArray(a)) return sameElements(a, b as NumberArray);

  if (assumed.get(a) === b) return true;
  assumed.set(a, b);
  if (a instanceof Map) return sameEntries([...a], [...b as Map<unknown, unknown>], assumed);
  if (a instanceof Set) return sameEntries([...a], [...b as Set<unknown>], assumed);
  return sameProperties(a, b, assumed);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function samePrototype(a: object, b: object): boolean {
  return prototypeOf(a) === prototypeOf(b);
}

/** An object without a prototype counts as a plain object. */
function prototypeOf(value: object): object {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

type NumberArray = ArrayLike<number | bigint>;

function isTypedArray(value: object): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function sameElements(a: NumberArray, b: NumberArray): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !Object.is(a[i], b[i])) return false;
  }
  return true;
}

function sameEntries(a: unknown[], b: unknown[], assumed: Map<object, object>): boolean {
  if (a.length !== b.length) return false;
  const unmatched = new Set(b);
  return a.every((entry) => {
    for (const candidate of unmatched) {
      if (compare(entry, candidate, assumed)) return unmatched.delete(candidate);
    }
    return false;
  });
}

function sameProperties(a: object, b: object, assumed: Map<object, object>): boolean {
  const keys = new Set([...propertyKeys(a), ...propertyKeys(b)]);
  for (const key of keys) {
    if (key in a !== key in b) return false;
    if (!compare(Reflect.get(a, key), Reflect.get(b, key), assumed)) return false;
  }
  return true;
}

/** The getters of a class count too: what a private field or a built-in object holds shows there. */
function propertyKeys(object: object): (string | symbol)[] {
  const keys: (string | symbol)[] = [];
  for (
    let level: object | null = object;
    level !== null && level !== Object.prototype && level !== Array.prototype;
    level = Object.getPrototypeOf(level)
  ) {
    keys.push(...Reflect.ownKeys(level));
  }
  return keys;
}
