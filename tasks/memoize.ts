/**
 * Results that are kept.
 *
 * @module
 */

/** A function of a number whose result is made once for each: sessions of some size, say. */
export function memoize<R>(make: (n: number) => R): (n: number) => R {
  const made = new Map<number, R>();
  return (n) => {
    const result = made.get(n) ?? make(n);
    made.set(n, result);
    return result;
  };
}
