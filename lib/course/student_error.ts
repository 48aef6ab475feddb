/**
 * What can be wrong with a student's file or with a function in it, as an error and as plain data
 * that crosses from one process to another.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";

/**
 * What went wrong:
 *
 * - `file`: there is no such file, or it is none
 * - `syntax`: the file cannot be parsed, or imports what is not there
 * - `missing`: the file does not export the function
 * - `not-written`: the function throws `NotImplemented`
 * - `threw`: the function, or the file as it was loaded, threw something else
 * - `type`: the function is none, is asynchronous, or returns something other than tensors
 * - `timeout`, `memory`, `output`: it took more of these than is allowed
 * - `ended`: it ended the process it ran in
 * - `rejected`: what it answered is not a valid graph
 */
export type StudentErrorKind =
  | ("file" | "syntax" | "missing" | "not-written" | "threw" | "type")
  | ("timeout" | "memory" | "output" | "ended" | "rejected");

/** Every kind there is. */
export const STUDENT_ERROR_KINDS: readonly StudentErrorKind[] = [
  ...(["file", "syntax", "missing", "not-written", "threw", "type"] as const),
  ...(["timeout", "memory", "output", "ended", "rejected"] as const),
];

/** A place in a student's file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A `StudentError` as plain data. */
export interface Fault {
  readonly kind: StudentErrorKind;
  /** What is wrong, in one line, without the place. */
  readonly message: string;
  /** Where in the student's file, if that is known. */
  readonly place?: Place;
}

/** Something wrong with a student's file; the message is for the student. */
export class StudentError extends GenlabError implements Fault {
  readonly kind: StudentErrorKind;
  readonly place?: Place;
  /** The file as the message names it. */
  readonly file?: string;

  /**
   * @param fault what is wrong
   * @param file the file as the person knows it; with the place it stands at the message's end
   */
  constructor(fault: Fault, file?: string) {
    const { kind, message, place } = fault;
    super(file === undefined ? message : message + located(file, place));
    this.kind = kind;
    this.place = place;
    this.file = file;
  }
}

/** `, work/exercise_a.ts:14`, which terminals and editors make a link of. */
function located(file: string, place: Place | undefined): string {
  return `, ${file}${place === undefined ? "" : `:${place.line}`}`;
}
