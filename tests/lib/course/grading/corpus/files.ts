/**
 * Submissions to an exercise as files that students could have handed in.
 *
 * @module
 */
import { assert } from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PROJECT } from "../../../../student_project.ts";
import { withFolder } from "../folders.ts";
import type { Submission } from "./submissions.ts";

/**
 * The files' texts: each is bundled from the modules that state its functions, with all that these use,
 * and imports genlab alone.
 *
 * @param folder of the exercise
 */
export async function filesOf(
  folder: string,
  submissions: readonly Submission[],
): Promise<string[]> {
  const modules = submissions.map((submission, i) => [`${i}.ts`, moduleOf(folder, submission)]);
  return await withFolder(Object.fromEntries(modules), async (temporary) => {
    const out = join(temporary, "out");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["bundle", "--quiet", "--config", join(PROJECT, "deno.json"), "--external=genlab"],
        ...[`--outdir=${out}`, ...submissions.map((_, i) => join(temporary, `${i}.ts`))],
      ],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    return await Promise.all(submissions.map((_, i) => Deno.readTextFile(join(out, `${i}.js`))));
  });
}

function moduleOf(folder: string, submission: Submission): string {
  const address = (path: string) => JSON.stringify(pathToFileURL(join(PROJECT, path)).href);
  return [
    `import * as corpus from ${address(`tests/exercises/${folder}/mod.ts`)};`,
    `import * as solution from ${address(`exercises/${folder}/solution.ts`)};`,
    ...Array.from(submission, ([name, { code }]) => `export const ${name} = ${code};`),
  ].join("\n");
}
