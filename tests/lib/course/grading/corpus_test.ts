import { assert, assertEquals } from "@std/assert";
import { CATALOGUE } from "../../../../exercises/catalogue.ts";
import type { CodeEntry } from "../../../../lib/course/entry.ts";
import { grade, type GradeRow } from "../../../../mod.ts";
import * as vae from "../../../exercises/a_vae/mod.ts";
import * as score from "../../../exercises/b_score/mod.ts";
import { assertCaught, type Corpus } from "../../../exercises/corpus.ts";
import * as ddpm from "../../../exercises/d_ddpm/mod.ts";
import * as ebm from "../../../exercises/e_ebm/mod.ts";
import { filesOf } from "./corpus/files.ts";
import { submissionsOf, type Variant } from "./corpus/submissions.ts";
import { withFolder } from "./folders.ts";

const CORPORA: readonly (readonly [CodeEntry, Corpus])[] = [
  [CATALOGUE.a, vae],
  [CATALOGUE.b, score],
  [CATALOGUE.d, ddpm],
  [CATALOGUE.e, ebm],
];

/**
 * Every how manyth mistake is handed in. The exercises' own tests run each of them by the same checks;
 * with GENLAB_CORPUS=all they are graded too, which takes minutes.
 */
const STRIDE = Deno.env.get("GENLAB_CORPUS") === "all" ? 1 : 5;

/** What is handed in to each exercise. */
const handedIn = await Promise.all(CORPORA.map(async ([entry, corpus]) => {
  const { checks } = await entry.code.load();
  return {
    entry,
    names: Object.keys(corpus.MISTAKES),
    submissions: submissionsOf(checks, corpus, STRIDE),
  };
}));

const studentOf = (i: number) => `student-${i}`;

/** All of it in one batch. */
async function gradeAll(): Promise<GradeRow[]> {
  const students: Record<string, Record<string, string>> = {};
  for (const { entry, submissions } of handedIn) {
    for (const [i, text] of (await filesOf(entry.folder, submissions)).entries()) {
      (students[studentOf(i)] ??= {})[`exercise_${entry.name}.ts`] = text;
    }
  }
  // Right ways that take thousands of operations are slow, which is no matter here.
  const options = { exercises: handedIn.map(({ entry }) => entry.name), jobs: 2, timeout: 60 };
  return await withFolder(students, (folder) => Array.fromAsync(grade(folder, options)));
}

const graded = gradeAll();

/** Asserts that a function has the points that it should have, and that the reason is the right one. */
function assertGraded(row: GradeRow, name: string, { verdict }: Variant): void {
  assertEquals([row.reason, row.notes], [undefined, []]);
  const { score, maxScore } = row.functions.find((graded) => graded.name === name)!;
  const open = row.checks.filter((check) => check.function === name && check.status !== "passed");
  if (verdict === "right") {
    assertEquals([open, score], [[], maxScore]);
    return;
  }
  assertEquals(score, 0);
  if (verdict === "overfitted") {
    assertEquals(open.map(({ visibility, status }) => `${visibility} ${status}`), [
      "hidden failed",
    ]);
  } else {
    assertCaught(open.find(({ visibility }) => visibility === "public"), verdict);
  }
}

for (const { entry, names, submissions } of handedIn) {
  for (const name of names) {
    Deno.test(`${name}: mistakes in a file cost its points, right ways to write it earn them`, async (t) => {
      const rows = (await graded).filter(({ exercise }) => exercise === entry.name);
      for (const [i, submission] of submissions.entries()) {
        const variant = submission.get(name);
        if (variant === undefined) continue;
        const row = rows.find(({ student }) => student === studentOf(i));
        assert(row !== undefined);
        await t.step(`${variant.name}, by ${row.student}`, () => assertGraded(row, name, variant));
      }
    });
  }
}
