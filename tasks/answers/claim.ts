/**
 * What an answer of the sheet is as a claim that can be run.
 *
 * @module
 */
import type { Generator } from "../../lib/random/mod.ts";
import type { Models } from "./models.ts";

/** What became of an answer: it holds, it is wrong, or it holds with a condition. */
export type Verdict = "confirmed" | "corrected" | "qualified";

/** A table of measured values. */
export interface Table {
  /** What each column holds. */
  readonly head: readonly string[];
  /** One cell for each column. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A picture of what was measured. */
export interface Picture {
  readonly title: string;
  /** The bytes of a PNG. */
  readonly png: Uint8Array;
  /** Screen pixels of the picture for one of the page's. */
  readonly scale: number;
}

/** What a verdict rests on. */
export interface Evidence {
  /** Numbers by name, all of this run. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly table?: Table;
  readonly picture?: Picture;
  /** How sure it is, where chance has a part: counts and standard errors. */
  readonly sureness?: string;
}

/** What running a claim gives. */
export interface Outcome {
  readonly verdict: Verdict;
  /** What was found, and the reason; Markdown with formulas between dollar signs. */
  readonly result: string;
  readonly evidence: Evidence;
}

/** What a claim is run with. */
export interface Setting {
  /** A stream of random numbers that no other claim draws from. */
  readonly generator: Generator;
  /** The shipped models and what they draw, made when they are asked for. */
  readonly models: Models;
}

/** One answer of the sheet. */
export interface Claim {
  /** Its number on the sheet, 1 to 30. */
  readonly number: number;
  readonly topic: string;
  /** What the sheet says, in our words; Markdown with formulas between dollar signs. */
  readonly sheet: string;
  /** The run in a line of plain text: `{name}` is that number, `{name%}` that number in percent. */
  readonly brief: string;
  /** Runs it. */
  run(setting: Setting): Promise<Outcome>;
}
