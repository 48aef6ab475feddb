/**
 * `grades.json`: everything that is known of every submission, for programs. `grades.schema.json`
 * describes it.
 *
 * @module
 */
import type { MarkedRow } from "../rubric/mark.ts";

/** The name of the file that describes `grades.json`, beside it. */
export const SCHEMA = "grades.schema.json";

/** The document as text, a line for each submission. */
export function gradesJson(rows: readonly MarkedRow[]): string {
  const results = rows.map((marked) => JSON.stringify(resultOf(marked)));
  return `{"$schema":"./${SCHEMA}","results":[\n${results.join(",\n")}\n]}\n`;
}

/** Where there is no manual score it is null, so that it is there for a program to see. */
function resultOf({ row, answers, ...marks }: MarkedRow): unknown {
  const { manualScore = null, manualMaxScore, unmarked, total, maxTotal } = marks;
  const { student, exercise, score, maxScore, functions, checks, reason = null, notes } = row;
  return {
    ...{ student, exercise, score, maxScore },
    ...{ manualScore, manualMaxScore, unmarked, total, maxTotal },
    ...{ reason, notes, functions, checks },
    answers: answers.map(({ points = null, ...answer }) => ({ ...answer, points })),
    seconds: row.seconds,
  };
}
