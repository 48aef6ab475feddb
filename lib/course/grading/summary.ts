/**
 * What came of a batch, in a few lines for the person who graded it.
 *
 * @module
 */
import {
  fileFaultOf,
  mean,
  median,
  reasonOf,
  reasons,
  statusCounts,
} from "./outputs/statistics.ts";
import { listOf, oneLine } from "./outputs/text.ts";
import type { MarkedRow } from "./outputs/rubric/mark.ts";
import type { GradeRow } from "./row.ts";

/** How many lines a list may have. */
const MOST = 5;

/** How many names a line may have. */
const MOST_NAMES = 3;

/** Seconds from which a submission counts as slow: right ones take a fraction of one. */
const SLOW = 5;

/**
 * A summary of rows: points, what failed most often, and what a person should look at.
 *
 * @param marked in their order
 */
export function summaryOf(marked: readonly MarkedRow[]): string[] {
  const rows = marked.map(({ row }) => row);
  return [
    ...Array.from(Map.groupBy(rows, ({ exercise }) => exercise).values(), exerciseLines).flat(),
    ...statusLines(rows),
    ...answerLines(marked),
    ...section("No function could be checked:", [...reasons(rows, fileFaultOf)], reasonLine),
    ...section("Nothing to grade:", [...reasons(rows, reasonOf)], reasonLine),
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

/** Points in one exercise, and the functions that are right least often. */
function exerciseLines(rows: readonly GradeRow[]): string[] {
  const [{ exercise, maxScore }] = rows;
  const title = `Exercise ${exercise.toUpperCase()}:`;
  const graded = rows.filter(({ reason }) => reason === undefined);
  const count = `${graded.length} of ${rows.length} submissions`;
  if (maxScore === 0) return [`${title} ${count} with answers to mark`];
  const scores = rows.map(({ score }) => score);
  const full = scores.filter((score) => score === maxScore).length;
  const ofGraded = graded.length === rows.length || graded.length === 0
    ? ""
    : ` (${meanScore(graded)} of those graded)`;
  return [
    `${title} ${count} graded; mean ${meanScore(rows)}${ofGraded}, median ${median(scores)} of ` +
    `${maxScore}, ${full} with all points`,
    ...hardestLines(graded),
  ];
}

function meanScore(rows: readonly GradeRow[]): string {
  return mean(rows.map(({ score }) => score)).toFixed(1);
}

/** How many submissions have each function right, where that is not all. */
function hardestLines(graded: readonly GradeRow[]): string[] {
  const functions = Map.groupBy(graded.flatMap(({ functions }) => functions), ({ name }) => name);
  const counts = Array.from(functions, ([name, results]) => {
    return { name, right: results.filter(({ score, maxScore }) => score === maxScore).length };
  }).filter(({ right }) => right < graded.length).sort((a, b) => a.right - b.right);
  const shown = counts.slice(0, MOST).map(({ name, right }) => {
    return `${name} ${right} of ${graded.length}`;
  });
  return shown.length === 0 ? [] : [`  right least often: ${shown.join(", ")}`];
}

/** How often each status came up. */
function statusLines(rows: readonly GradeRow[]): string[] {
  const counts = [...statusCounts(rows.filter(({ reason }) => reason === undefined))];
  return counts.length === 0
    ? []
    : [`Checks: ${counts.map(([status, n]) => `${status} ${n}`).join(", ")}`];
}

/** How many answers wait for a person; those that nobody wrote need none. */
function answerLines(marked: readonly MarkedRow[]): string[] {
  const written = marked.flatMap(({ answers }) => answers)
    .filter(({ answer }) => answer.trim() !== "");
  const open = written.filter(({ points }) => points === undefined).length;
  return open === 0
    ? []
    : [`Answers: ${open} of ${written.length} await marks: fill in rubric.csv, then use --resume`];
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

/** A reason, after those it is given for. */
function reasonLine([reason, rows]: readonly [string, readonly GradeRow[]]): string {
  return `${namesOf(rows)}: ${reason}`;
}

function nameOf({ student, exercise }: GradeRow): string {
  return `${student} ${exercise}`;
}

/** Several rows, the first by name. */
function namesOf(rows: readonly GradeRow[]): string {
  return listOf(rows.map(nameOf), MOST_NAMES);
}
