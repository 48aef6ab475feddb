/**
 * An exercise as a student meets it, and where its parts lie.
 *
 * @module
 */
import type { Exercise } from "./check.ts";
import { isThere } from "./files.ts";
import { inProject } from "./paths.ts";
import type { DrawFigures } from "./report/content.ts";

/** An exercise as a student meets it. */
export interface Entry {
  /** What follows `exercise-` in its command. */
  readonly name: string;
  /** What it is about, in a few words. */
  readonly title: string;
  /** Its folder among the exercises. */
  readonly folder: string;
  /** Its code, where there is some to write. */
  readonly code?: Code;
}

/** What is there of an exercise in which code is written; loaded when it is needed. */
export interface Code {
  load(): Promise<Exercise>;
  loadFigures(): Promise<DrawFigures>;
}

/** An exercise in which code is written. */
export type CodeEntry = Entry & { readonly code: Code };

/** Whether there is code to write in an exercise. */
export function hasCode(entry: Entry): entry is CodeEntry {
  return entry.code !== undefined;
}

/** Where an exercise's parts lie: absolute paths. */
export interface Parts {
  /** The student's file. */
  readonly work: string;
  /** The student's answers. */
  readonly answers: string;
  readonly questions: string;
  /** The task in words. */
  readonly task: string;
  /** The reference solution, which students do not have. */
  readonly solution: string;
  /** What a student begins with, where there is no solution to make it from. */
  readonly stub: string;
}

/** Where the parts of an exercise lie. */
export function partsOf({ name, folder }: Entry): Parts {
  const part = (file: string) => inProject("exercises", folder, file);
  return {
    work: inProject("work", `exercise_${name}.ts`),
    answers: inProject("work", `answers_${name}.md`),
    questions: part("questions.md"),
    task: part("README.md"),
    solution: part("solution.ts"),
    stub: part("stub.ts"),
  };
}

/** Whether an exercise's solution is here, as it is not in the student edition. */
export async function hasSolution(entry: Entry): Promise<boolean> {
  return await isThere(partsOf(entry).solution);
}
