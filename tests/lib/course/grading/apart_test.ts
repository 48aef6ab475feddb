import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { requireApart } from "../../../../lib/course/grading/apart.ts";
import { JOURNAL } from "../../../../lib/course/grading/journal.ts";
import { UsageError } from "../../../../lib/errors.ts";
import { withFolder } from "./folders.ts";

Deno.test("results take no student's place", () =>
  withFolder({ in: { ana: { "exercise_a.ts": "" }, "..bob": { x: "" } } }, async (folder) => {
    const dir = join(folder, "in");
    const cases: [string, string][] = [
      ["in", `--out: ${dir} is the folder with the submissions; choose a folder of its own`],
      [
        "in/ana",
        `--out: ${dir}/ana lies among the submissions, and seems to be one; choose a folder of its own`,
      ],
      [
        "in/..bob",
        `--out: ${dir}/..bob lies among the submissions, and seems to be one; choose a folder of its ` +
        "own",
      ],
      [
        "in/ana/results",
        `--out: ${dir}/ana/results lies in ${dir}/ana, a submission; choose a folder of its own`,
      ],
    ];
    for (const [out, message] of cases) {
      const error = await assertRejects(() => requireApart(dir, join(folder, out)), UsageError);
      assertEquals(error.message, message);
    }
  }));

Deno.test("results may lie elsewhere, around the submissions, or in a folder of their own", () =>
  withFolder({
    in: { ana: {}, new: {}, old: { [JOURNAL]: "", "grades.csv": "" } },
  }, async (folder) => {
    for (const out of ["out", "in2", ".", "in/new", "in/old", "in/nothing yet"]) {
      await requireApart(join(folder, "in"), join(folder, out));
    }
  }));
