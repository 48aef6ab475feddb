/**
 * What a batch has to do: one thing for each student and exercise.
 *
 * @module
 */
import { entryOf } from "../../../exercises/catalogue.ts";
import type { Check } from "../check.ts";
import { hasCode, partsOf } from "../entry.ts";
import { readTextIfThere } from "../files.ts";
import { type Section, sectionsIn } from "../questions.ts";
import { sha256Of } from "./digest.ts";
import { clip } from "./outputs/text.ts";
import { answersName, codeName, reasonWithout } from "./pick.ts";
import type { GradedAnswer } from "./row.ts";
import type { Copied, Submission } from "./submissions.ts";

/** How much of an answer is kept, in characters. */
const LONGEST_ANSWER = 30_000;

/** An exercise, as far as it is graded. */
export interface Asked {
  readonly name: string;
  /** Whether there is code to hand in, or answers alone. */
  readonly hasCode: boolean;
  readonly checks: readonly Check[];
  readonly questions: readonly Section[];
}

/** A submission to an exercise, to be graded. */
export interface Item {
  readonly student: string;
  readonly exercise: Asked;
  /** A digest of the submission and of all that judges it. */
  readonly key: string;
  /** The student's file. */
  readonly code?: Copied;
  readonly answers: readonly GradedAnswer[];
  /** Why there is nothing to judge. */
  readonly reason?: string;
  readonly notes: readonly string[];
}

/** An exercise by its name. */
export async function askedOf(name: string): Promise<Asked> {
  const entry = entryOf(name);
  const checks = hasCode(entry) ? (await entry.code.load()).checks : [];
  const questions = sectionsIn(await readTextIfThere(partsOf(entry).questions) ?? "");
  return { name: entry.name, hasCode: hasCode(entry), checks, questions };
}

/**
 * What is to be graded of a submission to an exercise.
 *
 * @param grader a digest of all that judges
 * @param names of all exercises
 */
export async function itemOf(
  submission: Submission,
  exercise: Asked,
  { grader, names }: { readonly grader: string; readonly names: readonly string[] },
): Promise<Item> {
  const { student, files, faults, notes } = submission;
  const [codeFile, answersFile] = [codeName(exercise.name), answersName(exercise.name)];
  const [code, written] = [files.get(codeFile), files.get(answersFile)];
  const reason = reasonOf(submission, exercise, names);
  const fault = faults.get(answersFile);
  const allNotes = [...notes, ...(fault === undefined ? [] : [fault])];
  const inputs = [student, exercise.name, code?.digest, written?.digest, reason, allNotes];
  return {
    student,
    exercise,
    key: sha256Of([...inputs.map((input) => input ?? null), grader]),
    ...(reason === undefined ? { code } : { reason }),
    answers: answersTo(exercise, written && await Deno.readTextFile(written.path)),
    notes: allNotes,
  };
}

/** Why there is nothing to judge; undefined if there is. */
function reasonOf(
  { files, faults, names, fault }: Submission,
  exercise: Asked,
  exercises: readonly string[],
): string | undefined {
  if (fault !== undefined) return fault;
  const needed = exercise.hasCode ? codeName(exercise.name) : answersName(exercise.name);
  if (files.has(needed)) return undefined;
  return faults.get(needed) ??
    (exercise.hasCode
      ? reasonWithout(exercise.name, names, exercises)
      : `there is no ${needed}; hand it in`);
}

/** The exercise's questions with what the student wrote, which need not be in their order. */
function answersTo({ questions }: Asked, text = ""): GradedAnswer[] {
  const written = new Map(sectionsIn(text).map(({ number, answer }) => [number, answer]));
  return questions.map(({ number, question }) => {
    // Spreadsheets and pages hold no more of it.
    return { number, question, answer: clip(written.get(number) ?? "", LONGEST_ANSWER) };
  });
}
