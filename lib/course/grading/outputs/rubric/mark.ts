/**
 * Brings the rows of a run and the marks of a rubric together. Marks stay through any number of
 * regrades, those of students who are not in the run as well.
 *
 * @module
 */
import type { Person } from "../../roster.ts";
import type { GradeRow } from "../../row.ts";
import { byStudent } from "../names.ts";
import { sumOf } from "../text.ts";
import { answerHash, keyOf, type Rubric, type RubricLine } from "./rubric.ts";

/** What a question is worth until a person says otherwise in the rubric. */
const DEFAULT_POINTS = 1;

/** What stands in the column `changed` of a mark that is for an earlier answer. */
const CHANGED = "marked before the answer changed: look again, then empty this cell";

/** An answer with its mark. */
export interface MarkedAnswer {
  /** From 1. */
  readonly number: number;
  readonly question: string;
  readonly answer: string;
  /** Points given; undefined while it is not marked. */
  readonly points?: number;
  readonly maxPoints: number;
  /** What the person who marked it says to the student. */
  readonly comment: string;
  /** Whether the mark is for an earlier answer. */
  readonly changed: boolean;
}

/** A row with the marks of its answers. */
export interface MarkedRow {
  readonly row: GradeRow;
  /** Who the student is, where a roster says. */
  readonly person?: Person;
  readonly answers: readonly MarkedAnswer[];
  /** Points for answers; undefined while none is marked. */
  readonly manualScore?: number;
  readonly manualMaxScore: number;
  /** How many answers are not marked. */
  readonly unmarked: number;
  /** Points of the checks and of the answers. */
  readonly total: number;
  readonly maxTotal: number;
}

/** The rows of a run with their marks, and the rubric with the run's answers. */
export interface Marked {
  readonly rows: readonly MarkedRow[];
  readonly rubric: Rubric;
}

/**
 * The rows of a run with the marks of a rubric, in order, and the rubric for the next run: a line for
 * each student and question of an exercise, whether answered or not, and every line that was there.
 */
export function markRows(rows: readonly GradeRow[], rubric: Rubric): Marked {
  const run: Run = {
    before: new Map(rubric.lines.map((line) => [line.ref.key, line])),
    asked: Map.groupBy(rows.flatMap(questionsOf), ({ exercise }) => exercise),
    known: knownNumbers(rubric),
    worth: usualPoints(rubric),
  };
  const marked = rows.toSorted(byStudent).map((row) => ({ row, lines: linesOf(row, run) }));
  const made = marked.flatMap(({ lines }) => lines);
  const keys = new Set(made.map(({ ref }) => ref.key));
  const others = rubric.lines.filter(({ ref }) => !keys.has(ref.key));
  const lines = [...made, ...others].sort((a, b) => byStudent(a, b) || a.number - b.number);
  return {
    rows: marked.map(({ row, lines }) => withMarks(row, lines)),
    rubric: { lines, extra: rubric.extra },
  };
}

/** What the lines of a run are made from. */
interface Run {
  /** The lines that were there, by key. */
  readonly before: ReadonlyMap<string, RubricLine>;
  /** What is asked in each exercise; questions repeat. */
  readonly asked: ReadonlyMap<string, readonly Question[]>;
  /** The numbers of the questions in the rubric, by exercise. */
  readonly known: ReadonlyMap<string, ReadonlySet<number>>;
  /** What a question is worth where a line does not say. */
  worth(exercise: string, number: number): number;
}

/** A question of an exercise. */
interface Question {
  readonly exercise: string;
  readonly number: number;
  readonly question: string;
}

function questionsOf({ exercise, answers }: GradeRow): Question[] {
  return answers.map(({ number, question }) => ({ exercise, number, question }));
}

function knownNumbers({ lines }: Rubric): Run["known"] {
  const groups = Map.groupBy(lines, ({ exercise }) => exercise);
  return new Map(Array.from(groups, ([exercise, group]) => {
    return [exercise, new Set(group.map(({ number }) => number))];
  }));
}

/** The lines of a row: one for each question of the exercise, and those with a mark for another. */
function linesOf({ student, exercise, answers }: GradeRow, run: Run): RubricLine[] {
  const questions = new Map<number, string>();
  for (const { number, question } of run.asked.get(exercise) ?? []) questions.set(number, question);
  for (const number of run.known.get(exercise) ?? []) {
    if (questions.has(number)) continue;
    const theirs = run.before.get(keyOf(student, exercise, number));
    if (theirs?.points !== undefined) questions.set(number, theirs.question);
  }
  const given = new Map(answers.map(({ number, answer }) => [number, answer]));
  return [...questions].sort(([a], [b]) => a - b).map(([number, question]) => {
    const key = keyOf(student, exercise, number);
    const answer = given.get(number) ?? "";
    const before = run.before.get(key);
    return {
      ...{ student, exercise, number, question, answer },
      points: before?.points,
      maxPoints: before?.maxPoints ?? run.worth(exercise, number),
      comment: before?.comment ?? "",
      changed: changeOf(before, answerHash(answer)),
      ref: { key, text: answerHash(answer) },
      extra: before?.extra ?? new Map(),
    };
  });
}

/** Whether the mark of a line is for another answer than the one there is: once it is, it stays so. */
function changeOf(before: RubricLine | undefined, hash: string): string {
  if (before?.points === undefined) return "";
  const isSame = before.ref.text === undefined || before.ref.text === hash;
  return before.changed === "" && isSame ? "" : CHANGED;
}

/** What most lines about a question say that it is worth. */
function usualPoints({ lines }: Rubric): Run["worth"] {
  const usual = new Map<string, number>();
  for (const [question, group] of Map.groupBy(lines, questionKey)) {
    const counts = new Map<number, number>();
    for (const { maxPoints } of group) {
      if (maxPoints !== undefined) counts.set(maxPoints, (counts.get(maxPoints) ?? 0) + 1);
    }
    const [most] = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
    if (most !== undefined) usual.set(question, most[0]);
  }
  return (exercise, number) => usual.get(questionKey({ exercise, number })) ?? DEFAULT_POINTS;
}

function questionKey({ exercise, number }: Pick<Question, "exercise" | "number">): string {
  return JSON.stringify([exercise, number]);
}

function withMarks(row: GradeRow, lines: readonly RubricLine[]): MarkedRow {
  const answers = lines.map((
    { number, question, answer, points, maxPoints, comment, changed },
  ) => ({
    ...{ number, question, answer, points, comment, changed: changed !== "" },
    maxPoints: maxPoints ?? DEFAULT_POINTS,
  }));
  const marks = answers.flatMap(({ points }) => points ?? []);
  const manualScore = marks.length > 0 ? sumOf(marks) : undefined;
  const manualMaxScore = sumOf(answers.map(({ maxPoints }) => maxPoints));
  return {
    ...{ row, answers, manualScore, manualMaxScore },
    unmarked: answers.length - marks.length,
    total: sumOf([row.score, ...marks]),
    maxTotal: sumOf([row.maxScore, manualMaxScore]),
  };
}
