/**
 * A report as a page: it reads like a notebook, from the task to the questions.
 *
 * @module
 */
import type { CheckResult } from "../check.ts";
import { sectionsIn } from "../questions.ts";
import type { TypeFault } from "../type_check.ts";
import { checkItem, mark } from "./check_item.ts";
import type { Figure, ReportContent } from "./content.ts";
import { htmlDocument } from "./document.ts";
import { type Html, html } from "./html.ts";
import { markdown } from "./markdown.ts";

/** A PNG as it stands in a page. */
export interface Picture {
  /** A `data:` URL. */
  readonly url: string;
  /** Width in the page's pixels, on a screen with room for it. */
  readonly width: number;
  readonly height: number;
}

/**
 * The page of a report.
 *
 * @param pictures the pictures of the figures that were drawn, by their paths
 */
export function page(content: ReportContent, pictures: ReadonlyMap<string, Picture>): string {
  const { title, source, seed, device, next, checks, typeFaults = [], hints, numbers, figures } =
    content;
  const passed = checks.filter(({ status }) => status === "passed").length;
  const sections = [
    ["task", "The task", markdown(withoutTitle(content.task))],
    ["checks", "Checks", [
      ...typeFaults.map(typeError),
      ...[...byFunction(checks)].map((group) => functionChecks(group, hints)),
    ]],
    ["numbers", "Numbers", numbersOf(numbers)],
    ["pictures", "Pictures", figures.map((figure) => figureOf(figure, pictures))],
    ["questions", "Questions", questionsOf(content)],
  ] as const;
  const body = html`
    <header>
      <h1>${title}</h1>
      <p
        class="run">${source} · seed ${seed} · ${device} · ${passed} of ${checks
          .length} checks passed</p>
      <p><b>${next === undefined ? "All is done." : "Next:"}</b> ${next ?? ""}</p>
      <nav>${sections.map(([id, name]) =>
        html`
          <a href="#${id}">${name}</a>
        `
      )}</nav>
    </header>
    <main>
    ${sections.map(([id, name, body]) =>
      html`
        <section id="${id}">
        <h2>${name}</h2>
        ${body}
        </section>
      `
    )}</main>
  `;
  return htmlDocument({ title, body });
}

/** The page has a title of its own. */
function withoutTitle(text: string): string {
  return text.replace(/^\s*# .*\n/, "");
}

type Group = readonly [name: string, checks: readonly CheckResult[]];

function byFunction(checks: readonly CheckResult[]): Map<string, CheckResult[]> {
  return Map.groupBy(checks, (check) => check.function);
}

/** A function with its checks, open where there is something to do. */
function functionChecks([name, checks]: Group, hints: boolean): Html {
  const passed = checks.filter(({ status }) => status === "passed").length;
  const status = checks.find(({ status }) => status !== "passed")?.status ?? "passed";
  // One that could not be called fails every check for the same reason: it is said once.
  const told = checks.filter(({ message, error }, i) =>
    error === undefined || message !== checks[i - 1]?.message
  );
  return html`
    <details ${status === "passed" ? "" : "open"}>
      <summary>${mark(status)} <code>${name}</code>
    <span class="count">${passed} of ${checks.length}</span></summary>
      <ul class="checks">${told.map((check) => html`<li>${checkItem(check, hints)}</li>`)}</ul>
    </details>
  `;
}

function typeError({ file, line, message }: TypeFault): Html {
  return html`<p>${mark("failed")} <b>type error</b>, ${file}:${line}: ${message}</p>`;
}

function numbersOf(numbers: readonly string[]): Html {
  return numbers.length === 0
    ? html`<p class="none">They come when every function can be called.</p>`
    : html`<pre>${numbers.join("\n")}</pre>`;
}

function figureOf(figure: Figure, pictures: ReadonlyMap<string, Picture>): Html {
  const { title } = figure;
  const picture = "path" in figure ? pictures.get(figure.path) : undefined;
  if (!("path" in figure) || picture === undefined) {
    const reason = "reason" in figure ? figure.reason : "the picture is missing";
    return html`<p class="none">${title}: left out (${reason}).</p>`;
  }
  const { url, width, height } = picture;
  return html`
    <figure>
      <img src="${url}" alt="${title}" width="${width}" height="${height}">
      <figcaption>${markdown(figure.caption)}</figcaption>
    </figure>
  `;
}

function questionsOf({ questions, answers = "" }: ReportContent): Html[] {
  const written = new Map(sectionsIn(answers).map(({ number, answer }) => [number, answer]));
  return sectionsIn(questions).map(({ number, question }) => {
    const answer = written.get(number) ?? "";
    return html`
      <h3>Question ${number}</h3>
      ${markdown(question)}
      <div class="answer">${answer === ""
        ? html`<p class="none">Not answered yet.</p>`
        : markdown(answer)}</div>
    `;
  });
}
