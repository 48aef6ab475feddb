/**
 * The figures of exercises, drawn for tests.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { basename } from "node:path";
import type { DrawFigures, Figure } from "../../lib/course/report/content.ts";
import { inProcess } from "../../lib/course/student.ts";

/** An exercise whose figures are drawn. */
export interface Subject {
  readonly draw: DrawFigures;
  readonly solution: Readonly<Record<string, unknown>>;
  /** The figures' files, in their order. */
  readonly files: readonly string[];
}

/** What came of drawing. */
export interface Drawn {
  readonly figures: readonly Figure[];
  /** The files that were written, by their names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Draws with the solution, in which some functions are replaced. */
export async function draw(
  { draw, solution }: Subject,
  changes = {},
  seed = 0,
): Promise<Drawn> {
  const out = await Deno.makeTempDir();
  try {
    const figures = await draw(inProcess({ ...solution, ...changes }), { out, seed });
    const paths = figures.flatMap((figure) => "path" in figure ? [figure.path] : []);
    const names = Array.from(Deno.readDirSync(out), ({ name }) => name).sort();
    assertEquals(names, paths.map((path) => basename(path)).sort());
    const files = paths.map((path) => [basename(path), Deno.readFileSync(path)] as const);
    return { figures, files: new Map(files) };
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** The files that differ between two runs. */
export function changed(one: Drawn, other: Drawn): string[] {
  return [...one.files.keys()].filter((name) => {
    const [a, b] = [one.files.get(name), other.files.get(name)];
    return a?.length !== b?.length || a?.some((byte, i) => byte !== b?.[i]);
  });
}
