/**
 * A comparison as a page: the pairs, and what they have in common side by side.
 *
 * @module
 */
import { type Html, html } from "../../report/html.ts";
import { harmless, oneLine, percent } from "../outputs/text.ts";
import type { Comparison, Pair } from "./compare.ts";
import { linesOf } from "./lexemes.ts";
import type { Lines } from "./regions.ts";

/** How many lines are shown around a region. */
const AROUND = 1;
/** So much of a region is shown, and so many regions of a pair: a hundred pairs fill one page. */
const MOST_LINES = 100;
const MOST_REGIONS = 30;
/** Longer files are not shown as a whole. */
const LONGEST_WHOLE = 400;
/** Longer lines are cut. */
const LONGEST_LINE = 300;
/** In smaller classes it is hard to tell what is common. */
const SMALL_CLASS = 10;

/**
 * What a page says of an exercise.
 *
 * @param texts of the submissions, by student
 */
export function comparisonSection(
  exercise: string,
  comparison: Comparison,
  texts: ReadonlyMap<string, string>,
): Html {
  const { submissions, chance, pairs, omitted } = comparison;
  const anchor = (rank: number) => `${exercise}-${rank}`;
  const all = submissions * (submissions - 1) / 2;
  return html`
    <section>
      <h2>Exercise ${exercise.toUpperCase()}</h2>
      <p class="note">
        ${submissions} submissions, ${all} pairs. Among so many, chance explains what is below
        ${chance.toFixed(1)} bits, which is grey; it may explain some of what is above.
        ${submissions < SMALL_CLASS
          ? "In a class as small as this one, nobody can tell what is common: look for yourself."
          : ""}
      </p>
      ${omitted.map(({ student, reason }) =>
        html`<p class="note">${oneLine(student)} is not compared: ${reason}.</p>`
      )} ${pairs.length === 0
        ? html`<p>No two submissions are alike beyond what was handed out.</p>`
        : pairTable(pairs, chance, anchor)} ${pairs.map((pair, i) =>
          pairSection(pair, anchor(i + 1), texts)
        )}
    </section>
  `;
}

function pairTable(
  pairs: readonly Pair[],
  chance: number,
  anchor: (rank: number) => string,
): Html {
  return html`
    <div class="scroll">
      <table class="pairs">
        <thead>
          <tr>
            <th></th>
            <th>students</th>
            <th>evidence, bits</th>
            <th>alike</th>
            <th>others with all of it</th>
            <th>only these two write</th>
          </tr>
        </thead>
        <tbody>
          ${pairs.map(({ students, evidence, others, shares, turns }, i) =>
            html`
              <tr${html`
                class="${evidence > chance ? "" : "chance"}"
              `}>
                <td>${i + 1}</td>
                <td><a href="#${anchor(i + 1)}">${students.map(oneLine).join(" and ")}</a></td>
                <td class="number">${evidence.toFixed(1)}</td>
                <td class="number">${shares.map(percent).join(" / ")}</td>
                <td class="number">${others}</td>
                <td>${turns.slice(0, 3).map(quoted).join(", ")}</td>
                </tr>
            `
          )}
        </tbody>
      </table>
    </div>
  `;
}

function pairSection(
  { students, evidence, others, official, shares, regions, turns }: Pair,
  anchor: string,
  texts: ReadonlyMap<string, string>,
): Html {
  const files = students.map((student) => linesOf(texts.get(student) ?? ""));
  const marked = [0, 1].map((side) => regions.map(({ lines }) => lines[side]));
  const [first, second] = students.map(oneLine);
  const isShort = files.every(({ length }) => length <= LONGEST_WHOLE);
  return html`
    <section id="${anchor}">
      <h3>${first} and ${second}</h3>
      <p class="note">
        ${evidence.toFixed(1)} bits. ${percent(shares[0])} of what ${first} wrote is in the other
        file, and ${percent(shares[1])} of what ${second} wrote.
        ${others === 0
          ? "Nobody else has"
          : others === 1
          ? "One other has"
          : `${others} others have`}
        all of it.
        ${percent(official)} of what they have in common is in the official solution, too.
        ${turns.length === 0 ? "" : `Only these two write: ${turns.map(quoted).join(", ")}.`}
      </p>
      ${regions.slice(0, MOST_REGIONS).map(({ lines }) =>
        html`
          <div class="sides">${lines.map(([from, to], side) => {
            const last = Math.min(to, from + MOST_LINES - 1);
            return excerpt(files[side], [from - AROUND, last + AROUND], [[from, to]], to - last);
          })}</div>
        `
      )} ${regions.length > MOST_REGIONS
        ? html`<p class="note">And ${regions.length - MOST_REGIONS} regions more.</p>`
        : ""} ${isShort
        ? html`
          <details>
            <summary>Both files whole</summary>
            <div class="sides">${files.map((file, side) =>
              excerpt(file, [1, file.length], marked[side])
            )}</div>
          </details>
        `
        : ""}
    </section>
  `;
}

/** Some lines of a file, with those marked that are in a region, and how many are left out of it. */
function excerpt(
  file: readonly string[],
  [first, last]: Lines,
  marked: readonly Lines[],
  left = 0,
): Html {
  const from = Math.max(1, first);
  const shown = file.slice(from - 1, last).map((text, i) => {
    const line = from + i;
    const isSame = marked.some(([first, last]) => first <= line && line <= last);
    const cut = harmless(text.slice(0, LONGEST_LINE)) + (text.length > LONGEST_LINE ? " …" : "");
    return html`<span class="${isSame ? "same" : ""}" data-line="${line}">${cut}
</span>`;
  });
  return html`<div class="code">${shown}${left > 0 ? `… and ${left} lines more` : ""}</div>`;
}

function quoted(turn: string): string {
  return `“${oneLine(turn.slice(0, LONGEST_LINE))}”`;
}
