/**
 * A submission's program, taken apart for comparisons.
 *
 * @module
 */
import { type Fingerprints, hashesOf, NOISE, winnow } from "./fingerprints.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** A program, taken apart. */
export interface Program {
  readonly tokens: readonly Token[];
  /** The hashes of all its runs of tokens, in their order; */
  readonly runs: readonly number[];
  /** and as a set. */
  readonly hashes: ReadonlySet<number>;
  /** Whether each token is in a run that everybody was handed. */
  readonly given: readonly boolean[];
  /** Where it has which fingerprints; none of them was handed out. */
  readonly fingerprints: Fingerprints;
  /** Names of its own, and lines of comments. */
  readonly turns: ReadonlySet<string>;
}

/**
 * Takes a program apart.
 *
 * @param given hashes of runs of tokens that everybody was handed
 */
export function takeApart(text: string, given: ReadonlySet<number>): Program {
  const { tokens, turns } = tokensOf(text);
  const runs = hashesOf(tokens);
  return {
    tokens,
    runs,
    hashes: new Set(runs),
    given: covered({ tokens, runs }, given),
    fingerprints: winnow(runs, given),
    turns,
  };
}

/** How much of what a program has of its own is in another one as well, from 0 to 1. */
export function shareIn(program: Program, other: Program): number {
  const { given } = program;
  const shared = covered(program, other.hashes);
  const own = given.filter((isGiven) => !isGiven).length;
  return own === 0 ? 0 : shared.filter((isShared, i) => isShared && !given[i]).length / own;
}

/** Whether each token is in a run with one of the hashes. */
function covered(
  { tokens, runs }: Pick<Program, "tokens" | "runs">,
  hashes: ReadonlySet<number>,
): boolean[] {
  const marks = tokens.map(() => false);
  runs.forEach((hash, at) => {
    if (hashes.has(hash)) marks.fill(true, at, at + NOISE);
  });
  return marks;
}
