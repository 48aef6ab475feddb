/**
 * Short questions of an exercise, and which of them have an answer yet.
 *
 * Questions and answers stand in Markdown: a heading `Question N` opens each question, and a
 * paragraph that begins with `Answer N` its answer.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { readTextIfThere } from "./files.ts";

/** A question, by its number, and whether anything is written under its answer. */
export interface Question {
  readonly number: number;
  readonly answered: boolean;
}

/**
 * Which of the questions in a text are answered. Comments, rules and marks of emphasis are no answer.
 *
 * @example
 * ```ts
 * import { questionsIn } from "./questions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "## Question 1\nWhy?\n\n**Answer 1.** Because.\n\n## Question 2\nHow?\n\n**Answer 2.**\n";
 * assertEquals(questionsIn(text), [
 *   { number: 1, answered: true },
 *   { number: 2, answered: false },
 * ]);
 * ```
 */
export function questionsIn(markdown: string): Question[] {
  return sectionsIn(markdown).map(({ number, answer }) => ({ number, answered: answer !== "" }));
}

/** A question and its answer, in Markdown. */
export interface Section {
  readonly number: number;
  readonly question: string;
  /** Empty while nothing is written. */
  readonly answer: string;
}

/** The questions and answers of a text, without comments. */
export function sectionsIn(markdown: string): Section[] {
  const sections = withoutComments(markdown).split(/^#+[ \t]*Question[ \t]+(?=\d)/mi).slice(1);
  return sections.map((section) => {
    const [asked, answer = ""] = section.split(/^[*_]*Answer[ \t]+\d+[.:]?[*_]*[.:]?/mi);
    const question = asked.replace(/^\d+[.:]?/, "").trim();
    const answered = /[^\s*_-]/.test(answer);
    // A rule below separates it from the next question.
    const written = answered ? answer.replace(/\n[ \t]*-{3,}\s*$/, "").trim() : "";
    return { number: parseInt(section), question, answer: written };
  });
}

/** A text without comments, in time in proportion to its length, however many of them are left open. */
function withoutComments(markdown: string): string {
  const kept: string[] = [];
  let at = 0;
  while (true) {
    const opening = markdown.indexOf("<!--", at);
    const closing = opening < 0 ? -1 : markdown.indexOf("-->", opening);
    if (closing < 0) return kept.join("") + markdown.slice(at);
    kept.push(markdown.slice(at, opening));
    at = closing + "-->".length;
  }
}

/**
 * The questions of an exercise, with what the student has answered.
 *
 * @param questions path of the questions as set
 * @param answers path of the student's file; while there is none, nothing is answered
 * @throws {DataError} if the questions are missing, or a file that is there cannot be read
 */
export async function loadQuestions(questions: string, answers: string): Promise<Question[]> {
  const asked = await readTextIfThere(questions);
  if (asked === undefined) {
    throw new DataError(`there is no ${questions}; restore it with git checkout`);
  }
  const written = questionsIn(await readTextIfThere(answers) ?? "");
  const done = new Set(written.filter(({ answered }) => answered).map(({ number }) => number));
  return questionsIn(asked).map(({ number }) => ({ number, answered: done.has(number) }));
}
