/**
 * What two programs have in common, as regions of lines.
 *
 * @module
 */
import { NOISE } from "./fingerprints.ts";
import type { Program } from "./program.ts";

/** Lines from 1, the first and the last. */
export type Lines = readonly [first: number, last: number];

/** Something that two programs have in common. */
export interface Region {
  /** Where it stands in each. */
  readonly lines: readonly [Lines, Lines];
  /** How many tokens it has. */
  readonly tokens: number;
}

/** How often a fingerprint is looked at in one program: more often is repetition. */
const MOST_PLACES = 8;

/** How many lines without a token a region may have in one place. */
const MOST_LINES_BETWEEN = 3;

/** A run of equal tokens. */
interface Run {
  /** Where it begins in each program. */
  readonly at: readonly [number, number];
  readonly length: number;
}

/**
 * The regions that two programs have in common around their shared fingerprints, in the order of the
 * first program. The longest come first, and none is over another, as in greedy string tiling (Wise
 * 1993).
 */
export function regionsOf(a: Program, b: Program): Region[] {
  const taken = [new Set<number>(), new Set<number>()];
  const regions: Region[] = [];
  for (const run of runsOf(a, b).sort((x, y) => y.length - x.length)) {
    const { at, length } = longest(run, (i, j) => !taken[0].has(i) && !taken[1].has(j));
    if (length < NOISE) continue;
    for (let i = 0; i < length; i++) at.forEach((start, side) => taken[side].add(start + i));
    const linesIn = ({ tokens }: Program, start: number): Lines => [
      tokens[start].line,
      tokens[start + length - 1].lastLine,
    ];
    regions.push({ lines: [linesIn(a, at[0]), linesIn(b, at[1])], tokens: length });
  }
  return regions.sort((x, y) => x.lines[0][0] - y.lines[0][0] || x.lines[1][0] - y.lines[1][0]);
}

/** The runs of equal tokens through shared fingerprints. */
function runsOf(a: Program, b: Program): Run[] {
  const runs: Run[] = [];
  // By how far the places are apart, which is the same all along a run.
  const found = new Map<number, Run[]>();
  for (const [hash, places] of a.fingerprints) {
    const others = b.fingerprints.get(hash)?.slice(0, MOST_PLACES) ?? [];
    for (const i of places.slice(0, MOST_PLACES)) {
      for (const j of others) {
        const along = found.get(i - j) ?? [];
        if (along.some(({ at: [start], length }) => start <= i && i < start + length)) continue;
        const run = grown(a, b, i, j);
        found.set(i - j, [...along, run]);
        runs.push(...pieces(run, a, b).map((piece) => trimmed(piece, a, b)));
      }
    }
  }
  return runs;
}

/** The longest run of equal tokens through a place of each. */
function grown(a: Program, b: Program, i: number, j: number): Run {
  const isSame = (offset: number) => {
    const [left, right] = [a.tokens[i + offset], b.tokens[j + offset]];
    return left !== undefined && right !== undefined && left.word === right.word;
  };
  let [before, after] = [0, 0];
  while (isSame(-before - 1)) before++;
  while (isSame(after)) after++;
  return { at: [i - before, j - before], length: before + after };
}

/** A run in pieces that have no long comments between them. */
function pieces({ at: [i, j], length }: Run, a: Program, b: Program): Run[] {
  const found: Run[] = [];
  const isApart = ({ tokens }: Program, at: number) =>
    tokens[at].line - tokens[at - 1].lastLine > MOST_LINES_BETWEEN;
  let start = 0;
  for (let end = 1; end <= length; end++) {
    if (end < length && !isApart(a, i + end) && !isApart(b, j + end)) continue;
    found.push({ at: [i + start, j + start], length: end - start });
    start = end;
  }
  return found;
}

/** A run without what was given, at its ends. */
function trimmed({ at: [i, j], length }: Run, a: Program, b: Program): Run {
  const isGiven = (offset: number) => a.given[i + offset] && b.given[j + offset];
  let [start, end] = [0, length];
  while (start < end && isGiven(start)) start++;
  while (start < end && isGiven(end - 1)) end--;
  return { at: [i + start, j + start], length: end - start };
}

/** The longest part of a run in which every pair of places is free. */
function longest({ at: [i, j], length }: Run, isFree: (i: number, j: number) => boolean): Run {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let end = 0; end < length; end++) {
    if (!isFree(i + end, j + end)) start = end + 1;
    else if (end + 1 - start > best.length) best = { start, length: end + 1 - start };
  }
  return { at: [i + best.start, j + best.start], length: best.length };
}
