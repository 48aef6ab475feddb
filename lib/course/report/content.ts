/**
 * What a run's report says, as plain data, and the figures in it.
 *
 * An exercise's program gathers a `ReportContent` when checks and figures are done, and calls
 * `writeReport(join(out, "report.html"), content)` of `./write.ts` (imported dynamically: it loads
 * KaTeX and a Markdown parser).
 *
 * @module
 */
import type { CheckResult } from "../check.ts";
import type { Student } from "../student.ts";
import type { TypeFault } from "../type_check.ts";

/** A picture that was drawn. */
export interface Drawn {
  readonly title: string;
  /** What to see in it, in Markdown. */
  readonly caption: string;
  /** The PNG. */
  readonly path: string;
}

/** A picture that could not be drawn. */
export interface LeftOut {
  readonly title: string;
  /** Why, in one line: "not written yet: sigmaVe, work/exercise_b.ts:14". */
  readonly reason: string;
}

/** A figure of an exercise. */
export type Figure = Drawn | LeftOut;

/** How an exercise's figures are drawn. */
export interface FigureOptions {
  /** The folder for the PNG files. */
  readonly out: string;
  /** Of all random draws. */
  readonly seed: number;
  /** Results of checks: a function that could not be called there is not called again. */
  readonly checks?: readonly CheckResult[];
  /** Ends the drawing: the pictures that are there stay. */
  readonly signal?: AbortSignal;
}

/**
 * Draws an exercise's figures with a student's functions. A function that cannot be called, or does
 * not give what it should, leaves its figures out; nothing of it is thrown.
 */
export type DrawFigures = (student: Student, options: FigureOptions) => Promise<Figure[]>;

/** Everything that stands in a report. */
export interface ReportContent {
  /** Title of the exercise. */
  readonly title: string;
  /** What was checked, for people: `work/exercise_a.ts`, or that it is the reference solution. */
  readonly source: string;
  readonly seed: number;
  readonly device: string;
  /** What to do next; not given when all is done. */
  readonly next?: string;
  /** The task in Markdown, with formulas between dollar signs: the exercise's README. */
  readonly task: string;
  readonly checks: readonly CheckResult[];
  /** The file's type errors; none by default. */
  readonly typeFaults?: readonly TypeFault[];
  /** Whether the hints of checks that did not pass are shown. */
  readonly hints: boolean;
  /** The numbers as the terminal shows them, a line each; none where they could not be computed. */
  readonly numbers: readonly string[];
  readonly figures: readonly Figure[];
  /** The questions in Markdown, as set: a heading `Question N` opens each. */
  readonly questions: string;
  /** The student's answers, the same text with answers written in; not given while there is none. */
  readonly answers?: string;
}
