/**
 * What a student gets to read: points, every check that they have with what it found, that there are
 * others and how those ended, and their answers with marks.
 *
 * This module loads KaTeX and a Markdown parser (tens of milliseconds): import it dynamically.
 *
 * @module
 */
import { checkItem, mark } from "../../../report/check_item.ts";
import { htmlDocument } from "../../../report/document.ts";
import { type Html, html } from "../../../report/html.ts";
import { markdown } from "../../../report/markdown.ts";
import { nameOf } from "../../roster.ts";
import type { GradedCheck, GradedFunction, GradeRow } from "../../row.ts";
import { seen, type SeenCheck } from "../forms/seen.ts";
import { shownName } from "../names.ts";
import type { MarkedAnswer, MarkedRow } from "../rubric/mark.ts";
import { fileFaultOf } from "../statistics.ts";
import { clip, count, harmless, oneLine } from "../text.ts";
import styles from "./pages.css" with { type: "text" };

/** How long an answer can be on a page, and what is said of a file. */
const [LONGEST_ANSWER, LONGEST_FAULT] = [20_000, 2000];

/** The page of a student, with all of their exercises. */
export function studentPage(student: string, rows: readonly MarkedRow[]): string {
  const id = shownName(student);
  const [{ person }] = rows;
  const name = nameOf(person);
  const body = html`
    <header>
      <h1><bdi>${name === "" ? id : name}</bdi></h1>
      ${name === "" ? "" : html`<p class="count"><bdi>${id}</bdi></p>`}
      <nav>${rows.map(({ row }) =>
        html`
          <a href="#${row.exercise}">Exercise ${row.exercise.toUpperCase()}</a>
        `
      )}</nav>
    </header>
    <main>${rows.map(exerciseSection)}</main>
  `;
  return htmlDocument({ title: `${name === "" ? id : name}: points`, body, styles });
}

function exerciseSection(marked: MarkedRow): Html {
  const { row, answers } = marked;
  const isSaid = (row.reason ?? fileFaultOf(row)) !== undefined;
  return html`
    <section id="${row.exercise}">
      <h2>Exercise ${row.exercise.toUpperCase()}</h2>
      ${pointsOf(marked)} ${remarksOn(row)} ${row.functions.map((fn) =>
        functionPart(fn, row.checks.filter((check) => check.function === fn.name), isSaid)
      )} ${answers.map(answerPart)}
    </section>
  `;
}

/** The points of an exercise, and where they come from. */
function pointsOf(
  { row, manualScore, manualMaxScore, unmarked, total, maxTotal }: MarkedRow,
): Html {
  if (manualScore === undefined) {
    const open = manualMaxScore > 0 ? "The answers are not marked yet." : "";
    const code = `${row.score} of ${count(row.maxScore, "point")} for the code`;
    return html`<p class="points">${
      row.maxScore > 0
        ? html`
          <b>${code}</b>.
        `
        : ""
    }${open}</p>`;
  }
  const code = row.maxScore > 0 ? `${row.score} of ${row.maxScore} for the code, ` : "";
  const open = unmarked === 0 ? "" : ` (${count(unmarked, "answer")} still to be marked)`;
  return html`
    <p class="points">
      <b>${total} of ${count(maxTotal, "point")}</b>:
      ${code}${manualScore} of ${manualMaxScore} for the answers${open}
    </p>
  `;
}

function remarksOn(row: GradeRow): Html {
  const { reason, notes, checks } = row;
  const fault = fileFaultOf(row);
  const failed = checks.filter(({ status }) => status === "grader-error").length;
  const hidden = checks.some(({ visibility }) => visibility === "hidden");
  return html`
    ${reason === undefined
      ? ""
      : notice(`Nothing could be graded: ${oneLine(reason)}`)} ${fault === undefined ? "" : notice(
        `No function could be checked: ${clip(oneLine(fault), LONGEST_FAULT)}`,
      )} ${failed === 0 ? "" : notice(
        `The grader itself failed in ${count(failed, "check")}, so these points are not final: ` +
          "tell your instructor.",
      )} ${notes.map((note) => html`<p class="note">${oneLine(note)}</p>`)} ${hidden
      ? html`
        <p class="note">
          A function's points are given when all of its checks pass: those that you have, and those that
          only graders have, which look for the same on other data.
        </p>
      `
      : ""}
  `;
}

function notice(text: string): Html {
  return html`<p class="notice">${text}</p>`;
}

/**
 * A function with its checks, open where there is something to read.
 *
 * @param isSaid whether that was said already, of all functions
 */
function functionPart(fn: GradedFunction, checks: readonly GradedCheck[], isSaid: boolean): Html {
  const [own, hidden] = [checksOf(checks, "public"), checksOf(checks, "hidden")];
  const failing = checks.find(({ status }) => status !== "passed");
  const points = fn.maxScore > 0 ? `${fn.score} of ${count(fn.maxScore, "point")}, ` : "";
  return html`
    <details ${failing === undefined || isSaid ? "" : "open"}>
      <summary>
        ${mark(failing?.status ?? "passed")} <code>${oneLine(fn.name)}</code>
        <span class="count">${points}${passedOf(checks)} of ${checks.length} checks passed</span>
      </summary>
      ${list(own)} ${hidden.length === 0 ? "" : html`
        <p>
          Checks that only graders have: ${passedOf(hidden)} of ${hidden
            .length} passed${passedOf(own) ===
                own.length && passedOf(hidden) < hidden.length
            ? html`. <b>All checks that you have pass; the points are lost here.</b>`
            : ""}
        </p>
        ${list(hidden)}
      `}
    </details>
  `;
}

function checksOf(checks: readonly GradedCheck[], visibility: GradedCheck["visibility"]) {
  return checks.filter((check) => check.visibility === visibility);
}

function passedOf(checks: readonly GradedCheck[]): number {
  return checks.filter(({ status }) => status === "passed").length;
}

/** A list of checks. What could not be called fails every check for one reason: it is said once. */
function list(checks: readonly GradedCheck[]): Html {
  const shown = checks.map(seen);
  const told = shown.filter((check, i) => !(i > 0 && repeats(check, shown[i - 1])));
  return html`<ul class="checks">${told.map((check) => html`<li>${item(check)}</li>`)}</ul>`;
}

function repeats(a: SeenCheck, b: SeenCheck): boolean {
  return a.status !== "passed" && a.status !== "failed" && a.message === b.message;
}

/** Of a check that only graders have there is no finding, which is what hints go with otherwise. */
function item(check: SeenCheck): Html {
  const isBare = check.status === "failed" && check.finding === undefined;
  return html`${checkItem(check, true)}${
    isBare ? html`<p class="hint"><b>Hint.</b> ${check.hint}</p>` : ""
  }`;
}

function answerPart(
  { number, question, answer, points, maxPoints, comment, changed }: MarkedAnswer,
) {
  const text = clip(harmless(answer), LONGEST_ANSWER);
  return html`
    <h3>Question ${number}</h3>
    ${markdown(harmless(question), "mathml")}
    <div class="answer">${text === ""
      ? html`<p class="none">Not answered.</p>`
      : markdown(text, "mathml")}</div>
    ${points === undefined ? "" : html`
      <p class="mark">
        <b>${points} of ${count(maxPoints, "point")}</b>${changed ? ", for an earlier answer" : ""}
        ${comment === "" ? "" : html`<span class="comment">${harmless(comment)}</span>`}
      </p>
    `}
  `;
}
