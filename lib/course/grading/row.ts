/**
 * What grading says of one submission to one exercise, as plain data: the batch makes rows, journals
 * keep them, and every form of output is written from them alone.
 *
 * @module
 */
import type { Finding, Status } from "../check.ts";

/** A check of a submission. */
export interface GradedCheck {
  /** Names it for ever: `kl-mean-term`. */
  readonly id: string;
  /** The student's function that it looked at. */
  readonly function: string;
  /** Whether students have it, or only graders. */
  readonly visibility: "public" | "hidden";
  /** How it ended; only `passed` earns anything. */
  readonly status: Status;
  /** What it looks for; where the function could not be called, why. */
  readonly message: string;
  /** A push in the right direction. */
  readonly hint: string;
  /** What was found, if it failed. */
  readonly finding?: Finding;
  /** Seconds it took. */
  readonly seconds: number;
}

/** A function of a submission: its points are earned when all of its checks pass, hidden ones too. */
export interface GradedFunction {
  /** As the student's file exports it. */
  readonly name: string;
  /** Points earned: all, or none. */
  readonly score: number;
  /** Points of its checks together. */
  readonly maxScore: number;
}

/** A question of an exercise, and what the student wrote. */
export interface GradedAnswer {
  /** From 1. */
  readonly number: number;
  /** As it is asked, in Markdown. */
  readonly question: string;
  /** What the student wrote, as it is; empty if nothing. */
  readonly answer: string;
}

/** A submission to an exercise, graded. */
export interface GradeRow {
  /** The student's id: the name of the folder or of the zip file. */
  readonly student: string;
  /** The exercise's name: `a`. */
  readonly exercise: string;
  /** Points earned, of `maxScore`; questions are marked by hand and not among them. */
  readonly score: number;
  /** Points there are. */
  readonly maxScore: number;
  /** The exercise's functions, in its order. */
  readonly functions: readonly GradedFunction[];
  /** Every check of the exercise, in its order. */
  readonly checks: readonly GradedCheck[];
  /** Every question of the exercise, in its order. */
  readonly answers: readonly GradedAnswer[];
  /** Why nothing could be graded, and what to do about it; in one line. */
  readonly reason?: string;
  /** What a person should know of the submission although it was graded; a line each. */
  readonly notes: readonly string[];
  /** Seconds it took. */
  readonly seconds: number;
}
