/**
 * Compares the submissions to one exercise, each with each.
 *
 * @module
 */
import { LONGEST_COMPARED } from "../container.ts";
import { evidenceOf, holders, holdersOfAll, without } from "./evidence.ts";
import { hashesOf } from "./fingerprints.ts";
import { type Program, shareIn, takeApart } from "./program.ts";
import { type Region, regionsOf } from "./regions.ts";
import { tokensOf } from "./tokens.ts";

/** A submission to an exercise. */
export interface Submission {
  /** The student's id. */
  readonly student: string;
  /** The exercise's name: `a`. */
  readonly exercise: string;
  /** The text of the file with the functions. */
  readonly text: string;
}

/** What submissions have in common for reasons that are known. */
export interface Handout {
  /** The text that everybody began with; what is in it does not count. */
  readonly stub: string;
  /** The official solution, if it is there. */
  readonly solution?: string;
}

/** Two submissions that are alike. */
export interface Pair {
  /** In the order of their names. */
  readonly students: readonly [string, string];
  /**
   * In bits, as `evidenceOf` gives them, times the square of the share of the smaller submission's
   * fingerprints that the other has: what is not alike speaks against a copy.
   */
  readonly evidence: number;
  /** How many others have as well all that these two have in common. */
  readonly others: number;
  /** How much of what they have in common is in the official solution as well, from 0 to 1. */
  readonly official: number;
  /** How much of what each wrote itself the other has as well, from 0 to 1. */
  readonly shares: readonly [number, number];
  /** What they have in common, in the order of the first. */
  readonly regions: readonly Region[];
  /** Names and remarks that these two have and nobody else; they are no part of the evidence. */
  readonly turns: readonly string[];
}

/** What a comparison gives. */
export interface Comparison {
  /** How many submissions were compared. */
  readonly submissions: number;
  /** The evidence below which one pair or more of so many is to be expected by chance. */
  readonly chance: number;
  /** The pairs with the most evidence, from the first. */
  readonly pairs: readonly Pair[];
  /** Submissions that could not be compared, and why. */
  readonly omitted: readonly { readonly student: string; readonly reason: string }[];
}

/** How many pairs are shown at most, and how many that chance might explain. */
const MOST_PAIRS = 100;
const MOST_CHANCE_PAIRS = 10;
/** How many turns are shown of a pair. */
const MOST_TURNS = 8;

/** A submission, taken apart. */
interface Entrant extends Program {
  readonly student: string;
}

/**
 * The pairs of submissions that are more alike than what they were handed explains, those with the
 * most evidence first.
 *
 * @param submissions to one exercise
 *
 * @example A copy with other names
 * ```ts
 * import { compare } from "./compare.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const original = "export const f = (x) => x.mul(x).sub(1).exp().sum(0).neg().div(3);";
 * const copy = original.replaceAll("x", "input");
 * const own = "export const f = (x) => x.pow(2).add(-1).exp().mean(0).mul(x.shape[0] / -3);";
 * const submissions = [original, own, copy].map((text, i) => ({
 *   student: `s${i}`,
 *   exercise: "a",
 *   text,
 * }));
 * assertEquals(compare(submissions, { stub: "" }).pairs[0].students, ["s0", "s2"]);
 * ```
 */
export function compare(submissions: readonly Submission[], handout: Handout): Comparison {
  const given: ReadonlySet<number> = new Set(hashesOf(tokensOf(handout.stub).tokens));
  const handed = [handout.stub, handout.solution ?? ""].map((text) => takeApart(text, given));
  const ordered = submissions.toSorted((a, b) => a.student < b.student ? -1 : 1);
  const entrants = ordered
    .filter(({ text }) => text.length <= LONGEST_COMPARED)
    .map(({ student, text }): Entrant => ({ student, ...takeApart(text, given) }));
  const count = entrants.length;
  const chance = Math.log2(Math.max(1, count * (count - 1) / 2));
  const ranked = ranking(entrants);
  const beyond = ranked.filter(({ evidence }) => evidence > chance).length;
  const rare = rareTurns(entrants, new Set(handed.flatMap(({ turns }) => [...turns])));
  const pairs = ranked.slice(0, Math.min(MOST_PAIRS, beyond + MOST_CHANCE_PAIRS));
  return {
    submissions: count,
    chance,
    pairs: pairs.map(({ members: [i, j], evidence, others }) => {
      const [a, b] = [entrants[i], entrants[j]];
      return {
        students: [a.student, b.student],
        evidence,
        others,
        official: officialShare(a, b, handed[1]),
        shares: [shareIn(a, b), shareIn(b, a)],
        regions: regionsOf(a, b),
        turns: (rare.get(`${i} ${j}`) ?? []).slice(0, MOST_TURNS),
      };
    }),
    omitted: ordered
      .filter(({ text }) => text.length > LONGEST_COMPARED)
      .map(({ student }) => ({
        student,
        reason: `the file has more than ${LONGEST_COMPARED} characters, which are not compared`,
      })),
  };
}

/** Two of the entrants, by their numbers. */
interface Ranked {
  readonly members: readonly [number, number];
  readonly evidence: number;
  readonly others: number;
}

/** All pairs that share something, those with the most evidence first. */
function ranking(entrants: readonly Entrant[]): Ranked[] {
  const members = new Map<number, number[]>();
  for (const [i, { fingerprints }] of entrants.entries()) {
    for (const fingerprint of fingerprints.keys()) {
      const list = members.get(fingerprint);
      if (list === undefined) members.set(fingerprint, [i]);
      else list.push(i);
    }
  }
  const everybody = holders(entrants.length, entrants.keys());
  const commonestFirst = entrants.map(({ fingerprints }) =>
    [...fingerprints.keys()]
      .map((fingerprint) => ({ fingerprint, members: members.get(fingerprint)! }))
      .sort((a, b) => b.members.length - a.members.length || a.fingerprint - b.fingerprint)
  );
  const sets = new Map(
    [...members].map(([fingerprint, list]) => [fingerprint, holders(entrants.length, list)]),
  );
  const ranked: Ranked[] = [];
  for (let i = 0; i < entrants.length; i++) {
    for (let j = i + 1; j < entrants.length; j++) {
      const own = [entrants[i], entrants[j]].map(({ fingerprints }) => fingerprints);
      const shared = commonestFirst[i].filter(({ fingerprint }) => own[1].has(fingerprint));
      if (shared.length === 0) continue;
      const found = shared.map(({ fingerprint }) => sets.get(fingerprint)!);
      const others = without(everybody, [i, j]);
      // A copy that is hidden among other code is still all of the original.
      const share = shared.length / Math.min(own[0].size, own[1].size);
      ranked.push({
        members: [i, j],
        evidence: evidenceOf(found, others) * share ** 2,
        others: holdersOfAll(found, others),
      });
    }
  }
  // Sorting is stable: equal evidence stays in the order of names.
  return ranked.sort((a, b) => b.evidence - a.evidence);
}

/** How much of what two have in common is in the official solution. */
function officialShare(a: Program, b: Program, { hashes }: Program): number {
  const shared = [...a.fingerprints.keys()].filter((fingerprint) =>
    b.fingerprints.has(fingerprint)
  );
  return shared.filter((fingerprint) => hashes.has(fingerprint)).length / shared.length;
}

/** The turns that exactly two entrants have, by the two. */
function rareTurns(
  entrants: readonly Entrant[],
  known: ReadonlySet<string>,
): Map<string, string[]> {
  const members = new Map<string, number[]>();
  for (const [i, { turns }] of entrants.entries()) {
    for (const turn of turns) {
      const list = members.get(turn) ?? [];
      // Who has it beyond the third makes no difference.
      if (!known.has(turn) && list.length < 3) members.set(turn, [...list, i]);
    }
  }
  const rare = new Map<string, string[]>();
  for (const [turn, list] of members) {
    if (list.length !== 2) continue;
    const key = list.join(" ");
    rare.set(key, [...rare.get(key) ?? [], turn]);
  }
  return rare;
}
