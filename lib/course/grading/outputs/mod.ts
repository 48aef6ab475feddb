/**
 * Everything that grading leaves for people and programs, written from its rows alone: the same rows
 * give the same bytes. Numbers that differ from run to run stand where the name says `seconds` (or
 * `time`, in JUnit's and Gradescope's forms).
 *
 * This module loads KaTeX and libraries for CSV and XML: import it dynamically.
 *
 * @module
 */
import { join } from "node:path";
import { DataError } from "../../../errors.ts";
import { writeWhole } from "../../../files.ts";
import { isThere } from "../../files.ts";
import type { Person } from "../roster.ts";
import type { GradeRow } from "../row.ts";
import { gradesJson, SCHEMA } from "./forms/grades_json.ts";
import schema from "./forms/grades.schema.json" with { type: "json" };
import { gradescopeResults } from "./forms/gradescope.ts";
import { junitXml } from "./forms/junit.ts";
import { gradesCsv, nbgraderCsv } from "./forms/tables.ts";
import { fileNameOf } from "./names.ts";
import { classPage } from "./pages/class_page.ts";
import { studentPage } from "./pages/student_page.ts";
import { type MarkedRow, markRows } from "./rubric/mark.ts";
import { mergeRubrics } from "./rubric/merge.ts";
import { readRubric } from "./rubric/read.ts";
import { rubricText } from "./rubric/rubric.ts";

export type { MarkedRow } from "./rubric/mark.ts";
export { readRubric } from "./rubric/read.ts";

/** The name of the table in which answers are marked by hand. */
export const RUBRIC = "rubric.csv";

/** Where marks come from, beside `rubric.csv` in the folder itself. */
export interface OutputOptions {
  /** Folders whose rubrics count as well, as of the parts of a batch; none by default. */
  readonly marksOf?: readonly string[];
  /** Who the students are; by default only their ids are known. */
  readonly roster?: readonly Person[];
  /** Students of earlier runs who are not in this one: what was written for them alone is removed. */
  readonly gone?: readonly string[];
}

/**
 * Writes every form of the results into a folder:
 *
 * - `grades.json`, and `grades.schema.json`, which describes it; `grades.csv`; `nbgrader.csv`;
 *   `junit.xml`;
 * - `rubric.csv`: a line for each answer, to be marked by hand. What a person wrote there before stays
 *   and counts;
 * - `index.html`, for instructors; `students/NAME.html`, for each student;
 * - `gradescope/NAME/results.json` for each student.
 *
 * Files are written whole or not at all. A link leads to `similarity.html` if that is there already.
 *
 * @param out the folder, which is made where needed
 * @param rows of all submissions, in any order; one for each student and exercise
 * @returns the rows with their marks, by student and then by exercise
 * @throws {DataError} if a `rubric.csv` cannot be understood: then nothing is written; or if a file
 *   cannot be written
 *
 * @example
 * ```ts
 * import { writeOutputs } from "./mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const row = {
 *   ...{ student: "ada", exercise: "a", score: 2, maxScore: 3, seconds: 0.5 },
 *   ...{ functions: [], checks: [], answers: [], notes: [] },
 * };
 * const out = await Deno.makeTempDir();
 * await writeOutputs(out, [row]);
 * const { results } = JSON.parse(await Deno.readTextFile(`${out}/grades.json`));
 * assertEquals([results[0].student, results[0].score], ["ada", 2]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function writeOutputs(
  out: string,
  rows: readonly GradeRow[],
  { marksOf = [], roster, gone = [] }: OutputOptions = {},
): Promise<readonly MarkedRow[]> {
  const path = (...names: string[]) => join(out, ...names);
  const folders = [out, ...marksOf];
  const rubrics = await Promise.all(folders.map((folder) => readRubric(join(folder, RUBRIC))));
  const { rubric, rows: unnamed } = markRows(rows, mergeRubrics(rubrics));
  const people = new Map(roster?.map((person) => [person.student, person]));
  const marked = unnamed.map((row) => ({ ...row, person: people.get(row.row.student) }));
  const write = (content: string, ...names: string[]) =>
    writeWhole("grade", path(...names), content);
  // Before all else: it holds what no regrade brings back.
  await write(rubricText(rubric), RUBRIC);
  await write(JSON.stringify(schema, undefined, 2) + "\n", SCHEMA);
  await write(gradesJson(marked), "grades.json");
  await write(gradesCsv(marked), "grades.csv");
  await write(nbgraderCsv(marked), "nbgrader.csv");
  await write(junitXml(marked.map(({ row }) => row)), "junit.xml");
  for (const [student, theirs] of Map.groupBy(marked, ({ row }) => row.student)) {
    const name = fileNameOf(student);
    await write(studentPage(student, theirs), "students", `${name}.html`);
    const results = gradescopeResults(theirs.map(({ row }) => row));
    await write(JSON.stringify(results, undefined, 2) + "\n", "gradescope", name, "results.json");
  }
  const hasSimilarity = await isThere(path("similarity.html"));
  await removePages(out, gone);
  await write(classPage(marked, { hasSimilarity }), "index.html");
  return marked;
}

/** Removes what `writeOutputs` wrote for students, and nothing else. */
async function removePages(out: string, students: readonly string[]): Promise<void> {
  for (const name of students.map(fileNameOf)) {
    const folder = join(out, "gradescope", name);
    await removeIfThere(join(out, "students", `${name}.html`));
    await removeIfThere(join(folder, "results.json"));
    // With anything else in it, it stays.
    await Deno.remove(folder).catch(() => undefined);
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`cannot remove ${path} (${reason}), which is of a student who is gone`);
  }
}
