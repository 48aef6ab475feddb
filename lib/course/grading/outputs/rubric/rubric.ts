/**
 * A rubric: the answers to an exercise's questions, as a table in which a person marks them. It goes
 * to a spreadsheet and comes back, so a line knows by itself what it is about, and nothing that a
 * person wrote there is ever dropped.
 *
 * @module
 */
import { csv, visible } from "../csv.ts";
import { hashOf } from "../names.ts";

/** The columns of a rubric, in their order; a person may add more. */
export const COLUMNS = [
  ...["student", "exercise", "number", "question", "answer"],
  ...["points", "max_points", "comment", "changed", "ref"],
] as const;

/** A line of a rubric: an answer and its mark. */
export interface RubricLine {
  readonly student: string;
  readonly exercise: string;
  /** Of the question, from 1. */
  readonly number: number;
  readonly question: string;
  readonly answer: string;
  /** Points given; undefined while it is not marked. */
  readonly points?: number;
  /** Points that can be given; undefined where a person left that open. */
  readonly maxPoints?: number;
  /** For the student. */
  readonly comment: string;
  /** Something, if the answer is another than the one that was marked. */
  readonly changed: string;
  /** Names the answer, and stands for what it says. */
  readonly ref: Ref;
  /** What a person wrote in columns of their own, by column. */
  readonly extra: ReadonlyMap<string, string>;
}

/**
 * What stands in the column `ref`. A spreadsheet turns a student's id `0012` to 12 and breaks lines
 * its own way, but leaves this alone.
 */
export interface Ref {
  /** Stands for the student, the exercise and the question's number. */
  readonly key: string;
  /** Stands for the answer's text; undefined where a line does not say. */
  readonly text?: string;
}

/** A rubric. */
export interface Rubric {
  readonly lines: readonly RubricLine[];
  /** Columns that a person added. */
  readonly extra: readonly string[];
}

/** The key of an answer. */
export function keyOf(student: string, exercise: string, number: number): string {
  return hashOf(JSON.stringify([visible(student), exercise, number]));
}

/** What stands for an answer's text, however its lines end. */
export function answerHash(answer: string): string {
  return hashOf(visible(answer).trim()).slice(0, 8);
}

/** The text of a ref: a letter first, so that no spreadsheet takes it for a number. */
export function refText({ key, text = "" }: Ref): string {
  return `q${key}-${text}`;
}

/** A ref by its text; undefined if it is none. */
export function refOf(text: string): Ref | undefined {
  const [, key, hash] = /^q([0-9a-f]{16})-([0-9a-f]{8})?$/.exec(text) ?? [];
  return key === undefined ? undefined : { key, text: hash };
}

/**
 * A rubric as CSV. It begins with a byte order mark, by which spreadsheets know UTF-8; `readRubric`
 * reads it back.
 */
export function rubricText({ lines, extra }: Rubric): string {
  const rows = lines.map((line) => [
    ...[line.student, line.exercise, line.number, line.question, line.answer],
    ...[line.points, line.maxPoints, line.comment, line.changed, refText(line.ref)],
    ...extra.map((column) => line.extra.get(column)),
  ]);
  return "\ufeff" + csv([...COLUMNS, ...extra], rows);
}
