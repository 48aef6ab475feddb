/**
 * What came of a batch, in a few lines for the person who graded it.
 *
 * @module
 */
import { oneLine } from "./one_line.ts";
import type { GradeRow } from "./row.ts";

/** How many lines a list may have. */
const MOST = 5;

/** Seconds from which a submission counts as slow: right ones take a fraction of one. */
const SLOW = 5;

/**
 * A summary of rows: points, what failed most often, and what a person should look at.
 *
 * @param rows in their order
 */
export function summaryOf(rows: readonly GradeRow[]): string[] {
  return [
    ...Array.from(Map.groupBy(rows, ({ exercise }) => exercise).values(), exerciseLines).flat(),
    ...statusLines(rows),
    ...section("Nothing to grade:", rows.filter(({ reason }) => reason !== undefined), (row) => {
      return `${nameOf(row)}: ${row.reason}`;
    }),
    ...section(
      "Slowest:",
      rows.filter(({ seconds }) => seconds >= SLOW).toSorted((a, b) => b.seconds - a.seconds),
      (row) => `${nameOf(row)}: ${row.seconds.toFixed(1)} s`,
    ),
    ...section("Look at:", rows.filter(({ notes }) => notes.length > 0), (row) => {
      return `${nameOf(row)}: ${row.notes.join("; ")}`;
    }),
    ...section(
      "The grader failed, and did not give points:",
      rows.filter(hasGraderError),
      (row) => {
        const errors = row.checks.filter(({ status }) => status === "grader-error");
        return `${nameOf(row)}: ${errors.map(({ id }) => id).join(", ")}: ${errors[0].message}`;
      },
    ),
  ];
}

/** Whether something went wrong on our side. */
export function hasGraderError({ checks }: GradeRow): boolean {
  return checks.some(({ status }) => status === "grader-error");
}

/** Points in one exercise, and the checks that failed most often. */
function exerciseLines(rows: readonly GradeRow[]): string[] {
  const [{ exercise, maxScore }] = rows;
  const title = `Exercise ${exercise.toUpperCase()}:`;
  const graded = rows.filter(({ reason }) => reason === undefined);
  const count = `${graded.length} of ${rows.length} submissions`;
  if (maxScore === 0) return [`${title} ${count} with answers to mark`];
  const scores = rows.map(({ score }) => score).sort((a, b) => a - b);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const median = (scores[(scores.length - 1) >> 1] + scores[scores.length >> 1]) / 2;
  const full = scores.filter((score) => score === maxScore).length;
  const fails = new Map<string, number>();
  for (const { checks } of graded) {
    for (const { id, status } of checks) {
      if (status !== "passed") fails.set(id, (fails.get(id) ?? 0) + 1);
    }
  }
  const most = [...fails].sort(([, a], [, b]) => b - a).slice(0, MOST);
  return [
    `${title} ${count} graded; mean ${mean.toFixed(1)}, median ${median} of ${maxScore}, ` +
    `${full} with all points`,
    ...(most.length === 0
      ? []
      : [`  not passed most often: ${
        most.map(([id, n]) => `${id} ${Math.round(100 * n / graded.length)} %`).join(", ")
      }`]),
  ];
}

/** How often each status came up. */
function statusLines(rows: readonly GradeRow[]): string[] {
  const statuses = rows.filter(({ reason }) => reason === undefined)
    .flatMap(({ checks }) => checks.map(({ status }) => status));
  const counts = Array.from(Map.groupBy(statuses, (status) => status), ([status, all]) => {
    return [status, all.length] as const;
  }).sort(([, a], [, b]) => b - a);
  return counts.length === 0
    ? []
    : [`Checks: ${counts.map(([status, n]) => `${status} ${n}`).join(", ")}`];
}

function section<T>(title: string, items: readonly T[], line: (item: T) => string): string[] {
  if (items.length === 0) return [];
  const more = items.length - MOST;
  return [
    title,
    ...items.slice(0, MOST).map((item) => `  ${oneLine(line(item))}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function nameOf({ student, exercise }: GradeRow): string {
  return `${student} ${exercise}`;
}
