/**
 * The page of a class, for its instructors: how scores are spread, what went wrong and how often,
 * what a person should look at, and every student.
 *
 * @module
 */
import type { Status } from "../../../check.ts";
import { mark } from "../../../report/check_item.ts";
import { htmlDocument } from "../../../report/document.ts";
import { type Html, html } from "../../../report/html.ts";
import type { GradeRow } from "../../row.ts";
import { fileNameOf, hasRoster, shownName } from "../names.ts";
import type { MarkedRow } from "../rubric/mark.ts";
import * as statistics from "../statistics.ts";
import { clip, count, oneLine, percent } from "../text.ts";
import styles from "./pages.css" with { type: "text" };
import { studentTable } from "./student_table.ts";
import script from "./table.js" with { type: "text" };

/** What the page of a class says besides the rows. */
export interface ClassPageOptions {
  /** Whether `similarity.html` is beside it. */
  readonly hasSimilarity: boolean;
}

/** What ends at a limit. */
const LIMITS: readonly Status[] = ["timeout", "memory", "rejected"];
/** How many mistakes are listed for an exercise, and how many students of one by name. */
const MISTAKES = 15;
const NAMES = 8;
/** How long a text is that a student's code said. */
const LONGEST = 400;

/** The page. */
export function classPage(
  marked: readonly MarkedRow[],
  { hasSimilarity }: ClassPageOptions,
): string {
  const rows = marked.map(({ row }) => row);
  const exercises = [...Map.groupBy(rows, ({ exercise }) => exercise)]
    .sort(([a], [b]) => a < b ? -1 : 1);
  const students = new Set(rows.map(({ student }) => student)).size;
  const title = `Grades of ${count(students, "student")}`;
  const body = html`
    <header>
      <h1>${title}</h1>
      <nav>
        <a href="#attention">To look at</a>
        ${exercises.map(([name]) =>
          html`
            <a href="#exercise-${name}">Exercise ${name.toUpperCase()}</a>
          `
        )}
        <a href="#students">Students</a>
        ${hasSimilarity ? html`<a href="similarity.html">Similar submissions</a>` : ""}
      </nav>
    </header>
    <main>
      <section id="attention">
        <h2>To look at</h2>
        ${attention(marked)} ${slowest(rows)}
      </section>
      ${exercises.map(([name, rows]) => exerciseSection(name, rows))}
      <section id="students">
        <h2>Students</h2>
        ${studentTable(marked)}
      </section>
    </main>
  `;
  return htmlDocument({ title, body, styles, script });
}

/** What needs a person, and whose it is. */
function attention(marked: readonly MarkedRow[]): Html {
  type List = (rows: readonly GradeRow[]) => Html;
  const kinds: [what: string, is: (row: MarkedRow) => boolean, list?: List][] = [
    [
      "The grader failed in a check: grade again, or report it",
      ({ row }) => row.checks.some(({ status }) => status === "grader-error"),
    ],
    [
      "No function could be checked",
      ({ row }) => statistics.fileFaultOf(row) !== undefined,
      byReason(statistics.fileFaultOf),
    ],
    [
      "Nothing could be graded",
      ({ row }) => row.reason !== undefined,
      byReason(statistics.reasonOf),
    ],
    [
      "Ended by a limit of time, memory or size",
      ({ row }) => row.checks.some(({ status }) => LIMITS.includes(status)),
    ],
    ["Not on the roster", ({ person }) => hasRoster(marked) && person === undefined],
    ["Graded with a note", ({ row }) => row.notes.length > 0],
    [
      "All public checks pass, but not those that only graders have",
      ({ row }) => failsHiddenOnly(row),
    ],
    [
      "Marked by hand before the answer changed",
      ({ answers }) => answers.some(({ changed }) => changed),
    ],
  ];
  const found = kinds.flatMap(([what, is, list = names]) => {
    const rows = marked.filter(is).map(({ row }) => row);
    return rows.length === 0 ? [] : [html`<li><b>${rows.length}</b> ${what}: ${list(rows)}</li>`];
  });
  return found.length === 0 ? html`<p>Nothing.</p>` : html`<ul>${found}</ul>`;
}

/** Submissions by name, under the reason that they share. */
function byReason(of: (row: GradeRow) => string | undefined): (rows: readonly GradeRow[]) => Html {
  return (rows) => {
    const lines = Array.from(
      statistics.reasons(rows, of),
      ([reason, rows]) => html`<li>${text(reason)}: ${names(rows)}</li>`,
    );
    return html`<ul>${lines}</ul>`;
  };
}

function failsHiddenOnly({ checks }: GradeRow): boolean {
  const failing = checks.filter(({ status }) => status !== "passed");
  return failing.length > 0 && failing.every(({ visibility }) => visibility === "hidden");
}

/** Submissions by name, with links; of many the first. */
function names(rows: readonly Pick<GradeRow, "student" | "exercise">[]): Html {
  const [first, rest] = [rows.slice(0, NAMES), rows.slice(NAMES)];
  const links = first.map(({ student, exercise }, i) => {
    const href = `students/${fileNameOf(student)}.html#${exercise}`;
    return html`${i > 0 ? ", " : ""}<a href="${href}"><bdi>${shownName(student)}</bdi></a>`;
  });
  return html`${links}${rest.length > 0 ? `, and ${rest.length} more` : ""}`;
}

/** The only numbers of the page that differ from run to run, beside the column of seconds. */
function slowest(rows: readonly GradeRow[]): Html {
  const sorted = rows.toSorted((a, b) => b.seconds - a.seconds).slice(0, 5);
  const entries = sorted.map((row, i) =>
    html`${i > 0 ? "; " : ""}${names([row])} ${row.seconds.toFixed(1)} s`
  );
  return html`<p class="seconds">Slowest: ${entries}.</p>`;
}

function exerciseSection(name: string, rows: readonly GradeRow[]): Html {
  const graded = rows.filter(({ reason }) => reason === undefined);
  return html`
    <section id="exercise-${name}">
      <h2>Exercise ${name.toUpperCase()}</h2>
      <p>${summary(rows)}${graded.length < rows.length
        ? `; ${rows.length - graded.length} could not be graded`
        : ""}.</p>
      ${graded.some(({ checks }) => checks.length > 0) ? codeParts(rows, graded) : ""}
    </section>
  `;
}

function summary(rows: readonly GradeRow[]): string {
  const submissions = count(rows.length, "submission");
  const most = Math.max(...rows.map(({ maxScore }) => maxScore));
  if (most === 0) return `${submissions}, all to be marked by hand`;
  const scores = rows.map(({ score }) => score);
  const [mean, median] = [statistics.mean(scores), statistics.median(scores)].map(round);
  return `${submissions}, mean ${mean} and median ${median} of ${count(most, "point")}`;
}

function codeParts(rows: readonly GradeRow[], graded: readonly GradeRow[]): Html {
  return html`
    <h3>Scores</h3>
    ${bars(statistics.distribution(rows))}
    <h3>Checks</h3>
    ${statuses(graded)} ${rates(graded)}
    <h3>Most common mistakes</h3>
    ${mistakes(graded)}
  `;
}

function bars(bins: readonly statistics.Bin[]): Html {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return html`
    <table class="plain bars">
      ${bins.map(({ label, count }) =>
        html`
          <tr>
            <th scope="row">${label}</th>
            <td class="number">${count}</td>
            <td>${bar(count / most)}</td>
          </tr>
        `
      )}
    </table>
  `;
}

function bar(share: number): Html | string {
  return share === 0 ? "" : html`<span class="bar" style="--share: ${share.toFixed(4)}"></span>`;
}

function statuses(rows: readonly GradeRow[]): Html {
  const counts = [...statistics.statusCounts(rows)];
  return html`<p>${counts.map(([status, n]) => `${n} ${status}`).join(", ")}</p>`;
}

function rates(rows: readonly GradeRow[]): Html {
  return html`
    <div class="scroll">
      <table class="plain" data-sortable>
        <thead>
          <tr>
            ${["Check", "Function", "Not passed", "How"].map((name) =>
              html`<th scope="col">${name}</th>`
            )}
          </tr>
        </thead>
        <tbody>${statistics.checkRates(rows).map(rateRow)}</tbody>
      </table>
    </div>
  `;
}

function rateRow(
  { id, visibility, total, failures, statuses, ...rest }: statistics.CheckRate,
): Html {
  const share = failures / total;
  const how = Array.from(statuses, ([status, n]) => `${n} ${status}`).join(", ");
  const whose = visibility === "hidden" ? html`<span class="count">(hidden)</span>` : "";
  return html`
    <tr>
      <td>${id} ${whose}</td>
      <td><code>${rest.function}</code></td>
      <td data-value="${share}">${failures} of ${total}, ${percent(share)} ${bar(share)}</td>
      <td>${how}</td>
    </tr>
  `;
}

function mistakes(rows: readonly GradeRow[]): Html {
  const all = statistics.mistakes(rows);
  if (all.length === 0) return html`<p>None.</p>`;
  const rest = all.length - MISTAKES;
  return html`
    ${all.slice(0, MISTAKES).map((mistake) => mistakePart(mistake, rows[0].exercise))} ${rest > 0
      ? html`<p class="none">And ${rest} less common.</p>`
      : ""}
  `;
}

function mistakePart(
  { check, finding, isWholeFile, students }: statistics.Mistake,
  exercise: string,
): Html {
  const found = Object.entries(finding ?? {});
  const whose = check.visibility === "hidden" ? ", which only graders have" : "";
  const where = isWholeFile ? "the whole file" : html`<code>${check.function}</code>`;
  const which = isWholeFile ? "" : `, ${check.id}${whose}`;
  return html`
    <div class="mistake">
      <div>${mark(check.status)} <b>${count(students.length, "student")}</b>
        ${where}: ${text(check.message)} <span class="count">(${check.status}${which})</span></div>
      ${found.length === 0 ? "" : html`<dl>${
        found.map(([name, value]) =>
          html`
            <dt>${name}</dt>
            <dd>${text(value)}</dd>
          `
        )
      }</dl>`}
      <div>${names(students.map((student) => ({ student, exercise })))}</div>
    </div>
  `;
}

function text(value: string): string {
  return clip(oneLine(value), LONGEST);
}

function round(points: number): string {
  return String(Number(points.toFixed(1)));
}
