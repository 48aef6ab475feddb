/**
 * What a class did, from the rows of one exercise.
 *
 * @module
 */
import type { Finding, Status } from "../../check.ts";
import type { GradedCheck, GradeRow } from "../row.ts";
import { oneLine } from "./text.ts";

/** A range of scores, and how many submissions are in it. */
export interface Bin {
  /** `0 %`, `1–9 %`, ... `100 %`. */
  readonly label: string;
  readonly count: number;
}

/** How scores are spread: nothing, tenths of what can be had, everything. */
export function distribution(rows: readonly GradeRow[]): Bin[] {
  const labels = ["0 %", ...TENTHS, "100 %"];
  const counts = labels.map(() => 0);
  for (const { score, maxScore } of rows) {
    const share = maxScore > 0 ? score / maxScore : 0;
    const tenth = share >= 1 ? labels.length - 1 : share <= 0 ? 0 : 1 + Math.floor(share * 10);
    counts[tenth]++;
  }
  return labels.map((label, i) => ({ label, count: counts[i] }));
}

/** The bins between nothing and everything. */
const TENTHS = Array.from({ length: 10 }, (_, i) => `${i === 0 ? 1 : 10 * i}–${10 * i + 9} %`);

/** The mean of numbers; 0 of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The median of numbers; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How a check ended in a class. */
export interface CheckRate {
  readonly id: string;
  readonly function: string;
  readonly visibility: GradedCheck["visibility"];
  /** How many submissions it looked at. */
  readonly total: number;
  /** How many did not pass, those aside where it waited for another function. */
  readonly failures: number;
  /** How often it ended otherwise than passed, by status, the most frequent first. */
  readonly statuses: ReadonlyMap<Status, number>;
}

/** How the checks of an exercise ended, those that fail most first. */
export function checkRates(rows: readonly GradeRow[]): CheckRate[] {
  const groups = Map.groupBy(rows.flatMap(({ checks }) => checks), ({ id }) => id);
  const rates = Array.from(groups, ([id, checks]): CheckRate => {
    const statuses = countBy(checks.flatMap(({ status }) => status === "passed" ? [] : [status]));
    return {
      id,
      function: checks[0].function,
      visibility: checks[0].visibility,
      total: checks.length,
      failures: sumOf(statuses) - (statuses.get("skipped") ?? 0),
      statuses,
    };
  });
  return rates.sort((a, b) => b.failures / b.total - a.failures / a.total);
}

/** How all checks ended, by status, the most frequent first. */
export function statusCounts(rows: readonly GradeRow[]): ReadonlyMap<Status, number> {
  return countBy(rows.flatMap(({ checks }) => checks.map(({ status }) => status)));
}

/** Why there was nothing to grade. */
export function reasonOf({ reason }: GradeRow): string | undefined {
  return reason;
}

/**
 * Why no function of a file could be checked, such as that it does not load: it is said of all of them.
 * Undefined if one could.
 */
export function fileFaultOf({ checks, reason }: GradeRow): string | undefined {
  if (reason !== undefined) return undefined;
  const said = checks.filter(({ status }) => status !== "skipped");
  const [first] = said;
  // What a check says by itself, or of its function, is another text for the next.
  const isSame = said.every(({ status, finding, message }) => {
    return status !== "passed" && finding === undefined && message === first.message;
  });
  return isSame && said.some((check) => check.function !== first.function)
    ? first.message
    : undefined;
}

/**
 * Rows of which something is said, by what it is: first what befell few.
 *
 * @param of what is said of a row, if anything
 */
export function reasons(
  rows: readonly GradeRow[],
  of: (row: GradeRow) => string | undefined,
): ReadonlyMap<string, readonly GradeRow[]> {
  const groups = Map.groupBy(rows.filter((row) => of(row) !== undefined), (row) => of(row)!);
  return new Map([...groups].sort(([, a], [, b]) => a.length - b.length));
}

/** Something that several students did in the same way. */
export interface Mistake {
  readonly check: GradedCheck;
  /** What was found; undefined where the function could not be called. */
  readonly finding?: Finding;
  /** Whether it is in the file as a whole, so that none of its functions could be called. */
  readonly isWholeFile: boolean;
  /** Who did it, in order. */
  readonly students: readonly string[];
}

/**
 * What went wrong most often. Of each function the first check that does not pass counts, as a
 * student meets it; all inputs being the same, so is what one mistake gives. What keeps a file from
 * being loaded is said of every function, and counts once.
 */
export function mistakes(rows: readonly GradeRow[]): Mistake[] {
  const groups = Map.groupBy(rows.flatMap(firstsOf), signature);
  return Array.from(groups.values(), ([first, ...others]): Mistake => ({
    check: first.check,
    finding: first.check.finding,
    isWholeFile: first.isWholeFile,
    students: [first, ...others].map(({ student }) => student),
  })).sort((a, b) => b.students.length - a.students.length);
}

/** What a student meets first. */
interface First {
  readonly student: string;
  readonly check: GradedCheck;
  readonly isWholeFile: boolean;
}

function firstsOf({ student, checks }: GradeRow): First[] {
  const firsts = [...Map.groupBy(checks, (check) => check.function).values()].flatMap((group) => {
    const first = group.find(({ status }) => status !== "passed");
    return first === undefined || first.status === "skipped" ? [] : [first];
  });
  // What is wrong with one function names it, or what it computes.
  const byWords = Map.groupBy(firsts, (check) => check.finding ?? check.message);
  return Array.from(byWords.values(), ([check, ...same]) => {
    return { student, check, isWholeFile: same.length > 0 };
  });
}

/** What is the same in one mistake of several students: not the lines of their files. */
function signature({ check: { id, status, message, finding }, isWholeFile }: First): string {
  const what = finding === undefined
    ? oneLine(message).replaceAll(/:\d+/g, "")
    : [finding.expected, finding.received, finding.where];
  return JSON.stringify([isWholeFile ? "" : id, status, what]);
}

/** How often each value is there, the most frequent first. */
function countBy(values: readonly Status[]): ReadonlyMap<Status, number> {
  const counts = Array.from(Map.groupBy(values, (value) => value), ([value, all]) => {
    return [value, all.length] as const;
  });
  return new Map(counts.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}

function sumOf(counts: ReadonlyMap<unknown, number>): number {
  return counts.values().reduce((sum, n) => sum + n, 0);
}
