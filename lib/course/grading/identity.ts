/**
 * What a row depends on beside the submission: everything that judges.
 *
 * @module
 */
import { join } from "node:path";
import { inProject } from "../paths.ts";
import { sha256, sha256Of } from "./digest.ts";

/** What judges lies here, as far as it is ours; */
const FOLDERS = ["exercises", "lib"];
/** packages here, and what cuts the texts that are in rows. */
const FILES = ["deno.json", "deno.lock", "lib/course/grading/outputs/text.ts"];
/** What is made of rows does not judge. */
const OUTPUTS = ["lib/course/grading/outputs", "lib/course/grading/similarity"];

/** A digest of all code that judges, and of the settings that it judges with. */
export async function graderDigest(settings: unknown): Promise<string> {
  const paths = [...FILES];
  for (const folder of FOLDERS) for await (const path of codeIn(folder)) paths.push(path);
  const digests = await Promise.all(
    paths.sort().map(async (path) => {
      return [path, sha256(await Deno.readFile(inProject(path)))];
    }),
  );
  return sha256Of([Deno.version.deno, settings, digests]);
}

async function* codeIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(inProject(folder))) {
    const path = join(folder, name);
    if (isDirectory && !OUTPUTS.includes(path)) yield* codeIn(path);
    else if (isFile && /\.(ts|json|md)$/.test(name)) yield path;
  }
}
