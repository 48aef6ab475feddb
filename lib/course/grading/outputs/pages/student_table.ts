/**
 * Every submission of a class as a table that can be sorted and searched.
 *
 * @module
 */
import { type Html, html } from "../../../report/html.ts";
import { nameOf } from "../../roster.ts";
import type { GradeRow } from "../../row.ts";
import { fileNameOf, hasRoster, shownName } from "../names.ts";
import type { MarkedRow } from "../rubric/mark.ts";
import { oneLine } from "../text.ts";

const COLUMNS = [
  ...["Exercise", "Score", "Answers", "Total"],
  ...["Not passed", "Remarks", "Seconds"],
];

/** The table, in the order of the rows; with names where there is a roster. */
export function studentTable(rows: readonly MarkedRow[]): Html {
  const hasNames = hasRoster(rows);
  const columns = ["Student", ...(hasNames ? ["Name"] : []), ...COLUMNS];
  return html`
    <p><input type="search" data-filters="all" aria-label="search" placeholder="search" hidden></p>
    <div class="scroll">
      <table class="plain" id="all" data-sortable>
        <thead>
          <tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr>
        </thead>
        <tbody>${rows.map((row) => rowOf(row, hasNames))}</tbody>
      </table>
    </div>
  `;
}

function rowOf(marked: MarkedRow, hasNames: boolean): Html {
  const { row, person, manualScore, manualMaxScore, unmarked, total, maxTotal } = marked;
  const { student, exercise, score, maxScore, seconds } = row;
  const href = `students/${fileNameOf(student)}.html#${exercise}`;
  const answers = manualScore === undefined
    ? ""
    : `${manualScore} of ${manualMaxScore}${unmarked > 0 ? `, ${unmarked} open` : ""}`;
  const remarks = [...row.reason === undefined ? [] : [row.reason], ...row.notes];
  return html`
    <tr>
      <td class="long"><a href="${href}"><bdi>${shownName(student)}</bdi></a></td>
      ${hasNames ? html`<td class="long"><bdi>${nameOf(person)}</bdi></td>` : ""}
      <td>${exercise.toUpperCase()}</td>
      <td class="number" data-value="${score}">${score} of ${maxScore}</td>
      <td class="number" data-value="${manualScore ?? -1}">${answers}</td>
      <td class="number" data-value="${total}">${total} of ${maxTotal}</td>
      <td class="long">${notPassed(row)}</td>
      <td class="long">${remarks.map(oneLine).join("; ")}</td>
      <td class="number seconds" data-value="${seconds}">${seconds.toFixed(1)}</td>
    </tr>
  `;
}

/** The functions that earned nothing, and those among them that only hidden checks tell. */
function notPassed({ checks }: GradeRow): string {
  const groups = Map.groupBy(
    checks.filter(({ status }) => status !== "passed"),
    (check) => check.function,
  );
  return Array.from(groups, ([name, failing]) => {
    const isHidden = failing.every(({ visibility }) => visibility === "hidden");
    return isHidden ? `${name} (hidden check)` : name;
  }).join(", ");
}
