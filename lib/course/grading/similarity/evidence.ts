/**
 * How much it says that two submissions are alike, judged by the rest of the class. Where a task has
 * few right answers, many are alike who never spoke: what counts is what nobody else has.
 *
 * @module
 */

/** A set of submissions, 32 to a number. */
export type Holders = Uint32Array;

/** A set of submissions, by their numbers, out of `size`. */
export function holders(size: number, members: Iterable<number>): Holders {
  const set = new Uint32Array(Math.ceil(size / 32));
  for (const member of members) set[member >>> 5] |= 1 << (member & 31);
  return set;
}

/** A set without some of its members. */
export function without(set: Holders, members: readonly number[]): Holders {
  const rest = set.slice();
  for (const member of members) rest[member >>> 5] &= ~(1 << (member & 31));
  return rest;
}

/** How many there are in a set: in each word, bits are added in pairs, in fours, and so on. */
function count(set: Holders): number {
  let sum = 0;
  for (let i = 0; i < set.length; i++) {
    let word = set[i];
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    word = (word + (word >>> 4)) & 0x0f0f0f0f;
    sum += Math.imul(word, 0x01010101) >>> 24;
  }
  return sum;
}

/**
 * The evidence in shared fingerprints, in bits: each more makes it half as likely that two have so much
 * in common by chance.
 *
 * A solution that a third of the class came to says little, however long it is, as its fingerprints
 * come together: they are taken in groups that others have as a whole. By Laplace's rule of succession,
 * that n of N others have a group says -log2((n + 1) / (N + 2)), and each of its m fingerprints says
 * -log2((n + 1) / (n + 2)) more, as none of the n was without it. A group says m at most, which is what
 * it says where n is 0: in every class many do something that only one other does.
 *
 * @param shared who has each of the fingerprints that both have, the commonest first
 * @param others all but the two
 *
 * @example Shared by all, and by nobody else
 * ```ts
 * import { evidenceOf, holders } from "./evidence.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const others = holders(10, [2, 3, 4, 5, 6, 7, 8, 9]);
 * assert(evidenceOf(Array(20).fill(others), others) < 4);
 * assertEquals(evidenceOf(Array(20).fill(holders(10, [0, 1])), others), 20);
 * ```
 */
export function evidenceOf(shared: readonly Holders[], others: Holders): number {
  const size = count(others);
  const worth = (fingerprints: number, holding: number) => {
    const rarity = Math.log2((size + 2) / (holding + 1));
    const agreement = Math.log2((holding + 2) / (holding + 1));
    return Math.min(fingerprints, rarity + fingerprints * agreement);
  };

  let bits = 0;
  let [group, joint] = [others.slice(), others.slice()];
  let [fingerprints, holding] = [0, size];
  for (const set of shared) {
    const remaining = intersect(group, set, joint);
    if (remaining > 0 || holding === 0) {
      [group, joint] = [joint, group];
      holding = remaining;
      fingerprints++;
    } else {
      bits += worth(fingerprints, holding);
      holding = intersect(others, set, group);
      fingerprints = 1;
    }
  }
  return bits + worth(fingerprints, holding);
}

/** How many of some submissions have all of some fingerprints. */
export function holdersOfAll(shared: readonly Holders[], others: Holders): number {
  const left = others.slice();
  for (const set of shared) intersect(left, set, left);
  return count(left);
}

/** Writes into `result` what is in both sets; gives how many that are. */
function intersect(a: Holders, b: Holders, result: Holders): number {
  for (let i = 0; i < a.length; i++) result[i] = a[i] & b[i];
  return count(result);
}
