/**
 * How the batch and its evaluators talk: a line of JSON asks, marked lines of JSON answer, one for
 * each check as it ends.
 *
 * @module
 */
import type { Finding, Status } from "../check.ts";
import type { Walls } from "../runner/sandbox.ts";

/** Asks for checks of a file. */
export interface Task extends Walls {
  /** The file: a copy, absolute. */
  readonly file: string;
  /** The file as messages name it. */
  readonly shown: string;
  readonly exercise: string;
  /** The functions whose checks are run. */
  readonly functions: readonly string[];
  /** Of all random draws of the checks. */
  readonly seed: number;
  /** Seconds that loading the file, or tracing a function, may take. */
  readonly timeout: number;
}

/** How a check of a submission ended. */
export interface Judged {
  /** The check's id. */
  readonly id: string;
  readonly status: Status;
  readonly message: string;
  readonly finding?: Finding;
  readonly seconds: number;
}

/** What an evaluator says. */
export type Message =
  /** It can be asked. */
  | { readonly ready: true }
  /** It cannot, and why. */
  | { readonly fault: string }
  /** The file is loaded, or cannot be: the checks begin. */
  | { readonly loaded: true }
  /** A check has ended. */
  | { readonly judged: Judged }
  /** All have; and how many bytes of memory the evaluator has by now. */
  | { readonly done: true; readonly memory: number };
