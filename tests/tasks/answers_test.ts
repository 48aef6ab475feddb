import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { answersPage } from "../../tasks/answers/page.ts";
import { SHEET } from "../../tasks/answers/sheet.ts";
import { documentOf, linesOf, summaryOf } from "../../tasks/answers/view.ts";
import { sideBySide } from "../../tasks/answers/side_by_side.ts";
import { answersTask } from "../../tasks/answers.ts";
import { capture } from "../lib/course/capture.ts";
import { inTemporaryFolder } from "../temporary_folder.ts";
import { answerOf, models } from "./answers/small.ts";

Deno.test("the sheet has its 30 answers in order, each with a topic of its own", () => {
  assertEquals(SHEET.map(({ number }) => number), Array.from({ length: 30 }, (_, i) => i + 1));
  assertEquals(new Set(SHEET.map(({ topic }) => topic)).size, 30);
});

Deno.test("answers --only runs the answers named, and gives a page and a document", async () => {
  await inTemporaryFolder(async (folder) => {
    const { status, stdout, stderr } = await capture(answersTask, [
      ...["--only=7,4,9", "--json", `--out=${folder}`],
    ]);
    assertEquals(status, 0, stderr);
    const { answers, page, sideBySide } = JSON.parse(stdout);
    assertEquals(sideBySide, null);
    assertEquals(answers.map(({ number }: { number: number }) => number), [4, 7, 9]);
    for (const answer of answers) {
      assertEquals(
        Object.keys(answer).sort(),
        ["evidence", "number", "result", "seconds", "sheet", "topic", "verdict"],
      );
    }
    assertEquals(answers[0].verdict, "corrected");
    assertEquals(
      (await Deno.readFile(answers[2].evidence.picture)).slice(1, 4),
      new TextEncoder().encode("PNG"),
    );
    assertMatch(stderr, / 4 {2}corrected +variance of a step back\n/);
    assertMatch(stderr, /0 confirmed, 1 qualified, 2 corrected \(4, 7\)/);
    const html = await Deno.readTextFile(page);
    assertStringIncludes(html, 'class="katex-html"');
    assertStringIncludes(html, "default-src &#39;none&#39;");
    assert(!/(src|href)="(?!data:|#)/.test(html), "the page loads something");
    assert(!html.includes("katex-error"), "a formula cannot be read");
  });
});

Deno.test("answers that there are not are told in one line", async () => {
  const { status, stderr } = await capture(answersTask, ["--only=31"]);
  assertEquals(status, 2);
  assertMatch(stderr, /^answers: --only takes whole numbers from 1 to 30[^\n]+\n$/);
});

Deno.test("an answer depends on the seed and on nothing that ran before", async () => {
  const first = await answerOf(17);
  await answerOf(24);
  const [again, other] = [await answerOf(17), await answerOf(17, 1)];
  const numbersOf = (answer: typeof first) => answer.evidence.numbers;
  assertEquals(numbersOf(again), numbersOf(first));
  assert(numbersOf(other).varianceAtTemperature1 !== numbersOf(first).varianceAtTemperature1);
});

Deno.test("text of an answer is escaped on the page", async () => {
  const answer = await answerOf(21);
  const marked = {
    ...answer,
    claim: { ...answer.claim, topic: "<script>alert(1)</script>", sheet: "<b>bold</b>" },
    evidence: { numbers: {}, table: { head: ["<i>"], rows: [["<u>"]] }, sureness: "<em>" },
  };
  const html = answersPage([marked], { seed: 0, device: "cpu" });
  for (const markup of ["<script>alert", "<b>bold", "<i>", "<u>", "<em>"]) {
    assert(!html.includes(markup), markup);
  }
});

Deno.test("every answer has two lines, a document, formulas that can be read, and its evidence", async () => {
  const answers = [];
  for (const { number } of SHEET) answers.push(await answerOf(number));
  for (const answer of answers) {
    const [first, second] = linesOf(answer);
    assertStringIncludes(first, answer.claim.topic);
    assert(second.trim().length > 0 && !/NaN|[{}]/.test(second), second);
    assert(Object.keys(answer.evidence.numbers).length > 0);
    assert(!/NaN|undefined/.test(answer.result), answer.result);
    assert(JSON.stringify(documentOf(answer, undefined)).length > 0);
  }
  const pair = await sideBySide(models);
  const html = answersPage(answers, { seed: 0, device: "cpu", pair });
  assert(!html.includes("katex-error"), "a formula cannot be read");
  assert(html.indexOf('id="side-by-side"') < html.indexOf('id="answer-26"'));
  // Each in a box of its own, as wide ones scroll there.
  const [tables, boxes] = [/<table>/g, /<div class="wide"[^>]*>\s*<table>/g].map((form) =>
    html.match(form)!.length
  );
  assertEquals(boxes, tables);
  assert(tables >= 15);
  assertMatch(summaryOf(answers), /\d+ confirmed, \d+ qualified, \d+ corrected \(4, 7\)/);
});
