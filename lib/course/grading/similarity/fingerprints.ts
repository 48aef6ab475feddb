/**
 * Fingerprints of token sequences, by winnowing (Schleimer, Wilkerson and Aiken 2003, "Winnowing:
 * Local Algorithms for Document Fingerprinting"): of the hashes of all runs of k tokens the smallest
 * in each window of w is kept. Whatever two programs have in common in t = w + k - 1 tokens or more is
 * found; less than k tokens in common are noise.
 *
 * @module
 */
import type { Token } from "./tokens.ts";

/** Noise threshold k: one call in a chain, `.mul(0.5).exp`, has so many tokens. */
export const NOISE = 7;
/** Guarantee threshold t: a short statement, `let std = logvar.mul(0.5).exp()`, has some more. */
export const GUARANTEE = 10;

const WINDOW = GUARANTEE - NOISE + 1;

/** Fingerprints, each with the tokens it begins at. */
export type Fingerprints = ReadonlyMap<number, readonly number[]>;

/** The hashes of all runs of k tokens, in their order. */
export function hashesOf(tokens: readonly Pick<Token, "word">[]): number[] {
  const words = tokens.map(({ word }) => word);
  const hashes: number[] = [];
  for (let i = 0; i + NOISE <= words.length; i++) {
    hashes.push(hash(words.slice(i, i + NOISE).join(" ")));
  }
  return hashes;
}

/** FNV-1a in 32 bits (Fowler, Noll and Vo), of UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

/**
 * The fingerprints of a program.
 *
 * @param hashes of its runs of k tokens
 * @param given hashes that are in what everybody was handed: they are never chosen
 */
export function winnow(hashes: readonly number[], given: ReadonlySet<number>): Fingerprints {
  const chosen = new Map<number, number[]>();
  let last = -1;
  for (const [start, end] of ownRuns(hashes, given)) {
    // A run that is shorter than a window is one window.
    for (let at = start; at === start || at + WINDOW <= end; at++) {
      // The last of the smallest: it stays the choice for as long as it can.
      let smallest = at;
      for (let i = at; i < Math.min(at + WINDOW, end); i++) {
        if (hashes[i] <= hashes[smallest]) smallest = i;
      }
      if (smallest === last) continue;
      last = smallest;
      const places = chosen.get(hashes[smallest]) ?? [];
      places.push(smallest);
      chosen.set(hashes[smallest], places);
    }
  }
  return chosen;
}

/** The runs of hashes that were not given: from, and to below. */
function* ownRuns(
  hashes: readonly number[],
  given: ReadonlySet<number>,
): Generator<[number, number]> {
  let start = 0;
  for (let i = 0; i <= hashes.length; i++) {
    if (i < hashes.length && !given.has(hashes[i])) continue;
    if (i > start) yield [start, i];
    start = i + 1;
  }
}
