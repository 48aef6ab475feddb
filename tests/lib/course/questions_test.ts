import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { loadQuestions, questionsIn, sectionsIn } from "../../../lib/course/questions.ts";
import { DataError } from "../../../lib/errors.ts";

const SET = fileURLToPath(
  new URL("../../../exercises/c_discrete/questions.md", import.meta.url),
);

/** The numbers of the answered questions. */
function answered(markdown: string): number[] {
  return questionsIn(markdown).filter((question) => question.answered).map(({ number }) => number);
}

Deno.test("exercise C sets six questions, none of them answered", async () => {
  const questions = questionsIn(await Deno.readTextFile(SET));
  assertEquals(questions.map(({ number }) => number), [1, 2, 3, 4, 5, 6]);
  assertEquals(questions.filter((question) => question.answered), []);
});

Deno.test("an answer is anything written after its mark", () => {
  const question = "## Question 3\n\nWhy, as in Answer 1?\n\n";
  for (
    const answer of [
      "**Answer 3.** Because.",
      "**Answer 3.**\n\nBecause.\n",
      "Answer 3: because",
      "__Answer 3__\nbecause",
      "**Answer 3.** **Because**",
      "**answer 3**: 42",
    ]
  ) assertEquals(answered(question + answer), [3], answer);
  for (
    const nothing of [
      "",
      "**Answer 3.**",
      "**Answer 3.** \n\n \t\r\n",
      "**Answer 3.**\n\n<!-- write\nhere -->\n",
      "**Answer 3.**\n\n---\n",
      "**Answer 3.**\n\n## Question 4\n\nHow?\n",
    ]
  ) assertEquals(answered(question + nothing), [], nothing);
});

Deno.test("each answer belongs to the question it stands under", () => {
  const text = [1, 2, 10].map((n) =>
    `## Question ${n}\r\n\r\nWhy?\r\n\r\n**Answer ${n}.** ${n === 2 ? "" : "Yes."}\r\n`
  ).join("\r\n");
  assertEquals(answered(text), [1, 10]);
});

Deno.test("without a file of answers nothing is answered", async () => {
  const folder = await Deno.makeTempDir();
  const answers = `${folder}/answers_c.md`;
  const none = await loadQuestions(SET, answers);
  assertEquals(none.map((question) => question.answered), [1, 2, 3, 4, 5, 6].map(() => false));
  await Deno.writeTextFile(answers, "## Question 2\n\n**Answer 2.** Yes.\n\n## Question 7\n");
  const one = await loadQuestions(SET, answers);
  assertEquals(one.map((question) => question.answered), [1, 2, 3, 4, 5, 6].map((n) => n === 2));
  await assertRejects(() => loadQuestions(SET, folder), DataError, "cannot read");
  await assertRejects(() => loadQuestions(answers + "x", answers), DataError, "there is no");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("comments that are never closed take no time", () => {
  const text = "<!--".repeat(2 ** 18);
  assertEquals(sectionsIn(`${text}\n## Question 1\n\n**Answer 1.** Yes.`), [
    { number: 1, question: "", answer: "Yes." },
  ]);
});
