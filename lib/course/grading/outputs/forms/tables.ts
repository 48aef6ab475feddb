/**
 * Grades as tables: `grades.csv` for spreadsheets, `nbgrader.csv` with the columns of nbgrader's
 * export.
 *
 * @module
 */
import { type Cell, csv } from "../csv.ts";
import { hasRoster } from "../names.ts";
import type { MarkedRow } from "../rubric/mark.ts";
import { oneLine } from "../text.ts";

/** A column: its name, and what a row has in it. */
type Column = readonly [name: string, of: (row: MarkedRow) => Cell];

/** Who a student is, where a roster says. */
const PERSON: readonly Column[] = [
  ["last_name", ({ person }) => person?.lastName],
  ["first_name", ({ person }) => person?.firstName],
  ["email", ({ person }) => person?.email],
];

const STUDENT: Column = ["student", ({ row }) => row.student];

/** Numbers that differ from run to run stand in `seconds` alone. */
const GRADES: readonly Column[] = [
  ["exercise", ({ row }) => row.exercise],
  ["score", ({ row }) => row.score],
  ["max_score", ({ row }) => row.maxScore],
  ["manual_score", ({ manualScore }) => manualScore],
  ["manual_max_score", ({ manualMaxScore }) => manualMaxScore],
  ["unmarked", ({ unmarked }) => unmarked],
  ["total", ({ total }) => total],
  ["max_total", ({ maxTotal }) => maxTotal],
  ["checks_passed", ({ row }) => row.checks.filter(({ status }) => status === "passed").length],
  ["checks", ({ row }) => row.checks.length],
  ["reason", ({ row }) => oneLine(row.reason ?? "")],
  ["notes", ({ row }) => row.notes.map(oneLine).join("; ")],
  ["seconds", ({ row }) => Number(row.seconds.toFixed(3))],
];

/** Grades as CSV, with names where there is a roster. */
export function gradesCsv(rows: readonly MarkedRow[]): string {
  return table([STUDENT, ...(hasRoster(rows) ? PERSON : []), ...GRADES], rows);
}

/** What grading does not know is left empty: dates, and without a roster who the students are. */
const NBGRADER: readonly Column[] = [
  ["assignment", ({ row }) => `exercise_${row.exercise}`],
  ["duedate", () => undefined],
  ["timestamp", () => undefined],
  ["student_id", ({ row }) => row.student],
  ...PERSON,
  ["raw_score", ({ total }) => total],
  ["late_submission_penalty", () => 0],
  ["score", ({ total }) => total],
  ["max_score", ({ maxTotal }) => maxTotal],
];

/** Grades as nbgrader exports them; manual marks count, as they do there. */
export function nbgraderCsv(rows: readonly MarkedRow[]): string {
  return table(NBGRADER, rows);
}

function table(columns: readonly Column[], rows: readonly MarkedRow[]): string {
  return csv(
    columns.map(([name]) => name),
    rows.map((row) => columns.map(([, of]) => of(row))),
  );
}
