/**
 * The answers as a page that loads nothing.
 *
 * This module loads KaTeX and a Markdown parser (tens of milliseconds): import it dynamically.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { htmlDocument } from "../../lib/course/report/document.ts";
import { type Html, html } from "../../lib/course/report/html.ts";
import { markdown } from "../../lib/course/report/markdown.ts";
import type { Evidence, Picture, Table, Verdict } from "./claim.ts";
import type { Answer } from "./run.ts";
import { PAIR_FROM, type SideBySide } from "./side_by_side.ts";
import { short } from "./statistics.ts";
import { summaryOf, wordsOf } from "./view.ts";

/** What stands over the answers. */
export interface PageOptions {
  readonly seed: number;
  readonly device: string;
  /** What stands before the answers that compare the two models. */
  readonly pair?: SideBySide;
}

/** The answers of the sheet and where each part begins. */
const PARTS = [
  { title: "Diffusion", from: 1, to: 15 },
  { title: "Energy-based models", from: 16, to: 25 },
  { title: "Side by side", from: PAIR_FROM, to: 30 },
] as const;

const STYLES = `
.verdict { padding: 0.1rem 0.5rem; border-radius: 4px; border: 1px solid currentColor; font-size: 0.8em; }
.confirmed { color: var(--right); }
.corrected { color: var(--wrong); }
.qualified { color: var(--link); }
.sheet { color: var(--faint); }
section > p, .sheet, .found { max-width: 46rem; }
nav a { display: inline-block; }
.wide { overflow-x: auto; }
.wide :is(th, td) { padding: 0.35rem 0.5rem; }
td:not(:first-child) { white-space: nowrap; }
@media (min-width: 40rem) { td:first-child { min-width: 8rem; } }
`;

/** The page. What is not markup of ours is escaped. */
export function answersPage(
  answers: readonly Answer[],
  { seed, device, pair }: PageOptions,
): string {
  const title = "The answer sheet, run";
  const body = html`
    <header>
      <h1>${title}</h1>
      <p class="run">seed ${seed} · ${device} · ${summaryOf(answers)}</p>
      <p>Every answer is a claim that was run. What it gave is below, with a verdict: confirmed, it
        holds as it stands; qualified, it holds under a condition or in part; corrected, it is wrong.
        The judge of digits is a LeNet that is right about 99 % of test digits; it is sure where it
        gives a class a probability of at least 0.9. Fréchet distances are those of its features to
        the features of training digits: the lower, the more alike are the two sets.</p>
      <nav>${answers.map(({ claim, verdict }) =>
        html`
          <a class="${verdict}" href="#answer-${claim.number}">${claim.number}</a>
        `
      )}</nav>
    </header>
    <main>${PARTS.map(({ title, from, to }) => {
      const inPart = answers.filter(({ claim }) => claim.number >= from && claim.number <= to);
      return inPart.length === 0 ? "" : html`
        <section>
          <h2>${title}</h2>
          ${from === PAIR_FROM && pair !== undefined ? pairOf(pair) : ""}
          ${inPart.map(answerOf)}
        </section>
      `;
    })}</main>
  `;
  return htmlDocument({ title, body, styles: STYLES });
}

function pairOf({ result, evidence }: SideBySide): Html {
  return html`
    <article id="side-by-side">
      <h3>The pair</h3>
      <div class="found">${prose(result)}</div>
      ${evidenceOf(evidence)}
    </article>
  `;
}

function answerOf({ claim, verdict, result, evidence }: Answer): Html {
  return html`
    <article id="answer-${claim.number}">
      <h3>${claim.number}. ${claim.topic} ${badge(verdict)}</h3>
      <div class="sheet">${markdown(`**The sheet:** ${claim.sheet}`)}</div>
      <div class="found">${prose(`**The run:** ${result}`)}</div>
      ${evidenceOf(evidence)}
    </article>
  `;
}

function evidenceOf({ numbers, table, picture, sureness }: Evidence): Html {
  return html`
    ${table === undefined ? "" : tableOf(table)}
    ${picture === undefined ? "" : figureOf(picture)}
    <details>
      <summary>Numbers</summary>
      <dl>${Object.entries(numbers).map(([name, value]) =>
        html`
          <dt>${wordsOf(name)}</dt>
          <dd>${short(value)}</dd>
        `
      )}</dl>
    </details>
    ${sureness === undefined ? "" : html`<div class="none">${prose(sureness)}</div>`}
  `;
}

/** Markdown whose lines do not break within a number and what belongs to it. */
function prose(text: string): Html {
  return markdown(text.replaceAll(" %", "\u00a0%").replaceAll(" ± ", "\u00a0±\u00a0"));
}

function badge(verdict: Verdict): Html {
  return html`<span class="verdict ${verdict}">${verdict}</span>`;
}

function tableOf({ head, rows }: Table): Html {
  return html`
    <div class="wide" role="region" aria-label="table" tabindex="0">
      <table>
        <thead>
          <tr>${head.map((name) => html`<th>${name}</th>`)}</tr>
        </thead>
        <tbody>${rows.map((row) =>
          html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`
        )}</tbody>
      </table>
    </div>
  `;
}

function figureOf({ title, png, scale }: Picture): Html {
  const bytes = Buffer.from(png);
  // The header's width and height (PNG specification, section 11.2.1).
  const [width, height] = [16, 20].map((at) => Math.round(bytes.readUInt32BE(at) / scale));
  const url = `data:image/png;base64,${bytes.toString("base64")}`;
  return html`
    <figure>
      <img src="${url}" alt="${title}" width="${width}" height="${height}">
      <figcaption>${title}</figcaption>
    </figure>
  `;
}
