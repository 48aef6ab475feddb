/**
 * The autograder that is uploaded to Gradescope: a zip file with this project in it, what installs
 * it, and what grades a submission.
 *
 * @module
 */
import { join } from "node:path";
import { type ZipOptions, type Zippable, zipSync } from "fflate";
import type { GradescopeResults } from "../forms/gradescope.ts";
import run from "./run_autograder.sh" with { type: "text" };
import setup from "./setup.sh" with { type: "text" };

/** What of the project grading needs; solutions and hidden checks are among it. */
const PARTS = ["LICENSE", "deno.json", "deno.lock", "mod.ts", "exercises", "lib", "tasks"];

/** What students see if the grader does not end by itself. */
const FAILED: GradescopeResults = {
  score: 0,
  execution_time: 0,
  output:
    "The grader itself failed, so this 0 is not your mark. Submit again; if it stays so, tell " +
    "your instructor, who sees what happened in the autograder's output.",
  output_format: "text",
  stdout_visibility: "hidden",
  tests: [],
};

/** What an autograder grades, and how. */
export interface AutograderOptions {
  /** The exercise: `a`. */
  readonly exercise: string;
  /** Where the random numbers of checks start. */
  readonly seed: number;
}

/**
 * The autograder's zip file. `setup.sh` and `run_autograder`, which is executable, are at its root;
 * the project is in `genlab/`. The same project gives the same bytes.
 *
 * @param project its folder
 */
export async function autograderZip(
  project: string,
  { exercise, seed }: AutograderOptions,
): Promise<Uint8Array> {
  const fill = (script: string) =>
    new TextEncoder().encode(
      script.replaceAll("{exercise}", exercise).replaceAll("{seed}", String(seed))
        .replaceAll("{deno}", Deno.version.deno),
    );
  const files: Zippable = {
    "setup.sh": [fill(setup), modeOf(0o755)],
    "run_autograder": [fill(run), modeOf(0o755)],
    "failed.json": [new TextEncoder().encode(JSON.stringify(FAILED)), modeOf(0o644)],
  };
  for (const part of PARTS) {
    for await (const path of filesIn(project, part)) {
      files[`genlab/${path}`] = [await Deno.readFile(join(project, path)), modeOf(0o644)];
    }
  }
  return zipSync(files);
}

/** A regular file of a Unix system with these permissions, and the earliest date a zip file can have. */
function modeOf(permissions: number): ZipOptions {
  return { os: 3, attrs: (0o100000 | permissions) * 2 ** 16, mtime: new Date(1980, 0, 1) };
}

/** The files of a part of the project, in order. */
async function* filesIn(project: string, path: string): AsyncGenerator<string> {
  if ((await Deno.lstat(join(project, path))).isFile) return yield path;
  const names = await Array.fromAsync(Deno.readDir(join(project, path)));
  for (const { name, isDirectory, isFile } of names.sort((a, b) => a.name < b.name ? -1 : 1)) {
    if (isDirectory) yield* filesIn(project, `${path}/${name}`);
    else if (isFile && !name.endsWith(".tmp")) yield `${path}/${name}`;
  }
}
