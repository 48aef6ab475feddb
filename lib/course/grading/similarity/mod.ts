/**
 * Which submissions are alike: a report for people, who decide what that means.
 *
 * @module
 */
import { join } from "node:path";
import { entryOf } from "../../../../exercises/catalogue.ts";
import { writeWhole } from "../../../files.ts";
import { hasCode, partsOf } from "../../entry.ts";
import { readTextIfThere } from "../../files.ts";
import { htmlDocument } from "../../report/document.ts";
import { type Html, html } from "../../report/html.ts";
import { stubOf } from "../../stub.ts";
import { compare, type Comparison, type Handout, type Submission } from "./compare.ts";
import { comparisonSection } from "./page.ts";
import ownStyles from "./page.css" with { type: "text" };

export type { Submission } from "./compare.ts";

/**
 * Compares submissions, each with each of the same exercise, and writes `similarity.json` and
 * `similarity.html`. The same submissions give the same bytes, in any order.
 *
 * @param out the folder, which is made where needed
 * @param submissions the students' files, of any exercises
 * @throws {UsageError} if there is no such exercise
 * @throws {DataError} if a file cannot be written
 *
 * @example
 * ```ts
 * import { writeSimilarity } from "./mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const out = await Deno.makeTempDir();
 * const text = "export const sigmaVe = (t) => t.mul(8.517).add(-4.605).exp().add(0).mul(1);";
 * const submissions = ["ada", "bob"].map((student) => ({ student, exercise: "b", text }));
 * await writeSimilarity(out, submissions);
 * const { exercises: [{ pairs: [pair] }] } = JSON.parse(
 *   await Deno.readTextFile(`${out}/similarity.json`),
 * );
 * assertEquals(pair.students, ["ada", "bob"]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function writeSimilarity(
  out: string,
  submissions: readonly Submission[],
): Promise<void> {
  const exercises = [...new Set(submissions.map(({ exercise }) => exercise))].sort();
  const documents: ({ exercise: string } & Comparison)[] = [];
  const sections: Html[] = [];
  for (const exercise of exercises) {
    const own = submissions.filter((submission) => submission.exercise === exercise);
    const comparison = compare(own, await handoutOf(exercise));
    documents.push({ exercise, ...comparison });
    const texts = new Map(own.map(({ student, text }) => [student, text]));
    sections.push(comparisonSection(exercise, comparison, texts));
  }
  const json = JSON.stringify({ exercises: documents }, null, 2);
  await writeWhole("grade", join(out, "similarity.json"), `${json}\n`);
  await writeWhole("grade", join(out, "similarity.html"), page(sections));
}

/** What everybody who does an exercise begins with, and what its authors make of it. */
async function handoutOf(exercise: string): Promise<Handout> {
  const entry = entryOf(exercise);
  if (!hasCode(entry)) return { stub: "" };
  const parts = partsOf(entry);
  const solution = await readTextIfThere(parts.solution);
  return solution === undefined
    ? { stub: await readTextIfThere(parts.stub) ?? "" }
    : { stub: stubOf(solution), solution };
}

function page(sections: readonly Html[]): string {
  const title = "Submissions that are alike";
  const body = html`
    <h1>${title}</h1>
    <p class="note">
      <b>This is where to look, not what to conclude.</b> The functions asked for are short, and
      have few right forms: many students are alike who worked alone. Alike are also those who
      learned together, as they may have been told to, or used the same source. Read both files,
      and speak with both before you decide anything.
    </p>
    <p class="note">
      Compared are the tokens of what was written beyond the handout, without comments, types,
      layout, and the names of variables and functions; the order of functions is of no account.
      <b>Evidence</b> is, in bits, how unlikely it is that somebody who knows nothing of the
      other would have all of it in common, estimated from the rest of the class: what many have
      counts next to nothing, however much it is, and what nobody else has counts most; what is
      not alike takes from it. It is a rough estimate, good for putting pairs in order. Names and
      remarks that only two write are shown beside it and are no part of it. Not found are copies
      that were rebuilt: terms swapped, methods for functions, statements split or joined.
    </p>
    ${sections.length === 0 ? html`<p>There is nothing to compare.</p>` : sections}
  `;
  return htmlDocument({ title, body, styles: ownStyles });
}
