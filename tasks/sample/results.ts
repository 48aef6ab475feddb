/**
 * What a person is told of the files that were written.
 *
 * @module
 */
import { shortPath } from "../../lib/course/paths.ts";
import type { Context } from "../../lib/course/program.ts";
import type { WrittenSamples } from "./files.ts";

/** Lists the files, figures as they come to be drawn, and gives their paths. */
export async function showResults(
  { picture, arrays }: WrittenSamples,
  figures: AsyncIterable<string> | Iterable<string>,
  say: Context["say"],
): Promise<{ figures: string[]; arrays: string[] }> {
  say("Look at:");
  say(`  ${shortPath(picture)}`);
  const shown = [picture];
  for await (const figure of figures) {
    say(`  ${shortPath(figure)}`);
    shown.push(figure);
  }
  say("Arrays:");
  for (const array of arrays) say(`  ${shortPath(array)}`);
  return { figures: shown, arrays };
}
