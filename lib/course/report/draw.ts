/**
 * Draws the figures of an exercise, and says of those that cannot be drawn why not.
 *
 * @module
 */
import { join } from "node:path";
import { GenlabError } from "../../errors.ts";
import { writePng } from "../../plot/write.ts";
import type { Figure, FigureOptions } from "./content.ts";

/** A figure, and how it comes about. */
export interface Sketch {
  /** Its file's name: `sigma.png`. */
  readonly file: string;
  readonly title: string;
  /** What to see in it, in Markdown. */
  readonly caption: string;
  /** The student's functions in it. */
  readonly uses: readonly string[];
  /** Gives the PNG. */
  draw(): Promise<Uint8Array>;
}

/**
 * Draws figures and writes them. One that fails with a `GenlabError`, such as a function that is not
 * written or gives another shape, is left out, and an older file of its name is removed.
 *
 * @throws {DataError} if a file cannot be written
 * @throws the signal's reason, if it ends the drawing
 *
 * @example
 * ```ts
 * import { drawFigures } from "./draw.ts";
 * import { GenlabError } from "../../errors.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const title = "Nothing";
 * const draw = () => Promise.reject(new GenlabError("there is nothing to draw"));
 * const sketch = { file: "nothing.png", title, caption: "", uses: [], draw };
 * const folder = await Deno.makeTempDir();
 * const figures = await drawFigures([sketch], { out: folder, seed: 0 });
 * assertEquals(figures, [{ title, reason: "there is nothing to draw" }]);
 * await Deno.remove(folder);
 * ```
 */
export async function drawFigures(
  sketches: readonly Sketch[],
  { out, checks = [], signal }: FigureOptions,
): Promise<Figure[]> {
  return await Promise.all(sketches.map(async ({ file, title, caption, uses, draw }) => {
    const path = join(out, file);
    const failed = checks.find((check) => check.error && uses.includes(check.function));
    const result = failed === undefined ? await attempt(draw) : failed.message;
    // What fails because its process was ended says nothing about the figure.
    signal?.throwIfAborted();
    if (typeof result === "string") {
      await Deno.remove(path).catch(() => {});
      return { title, reason: result };
    }
    await writePng(path, result);
    return { title, caption, path };
  }));
}

/** What a figure's drawing gives; or, as a text, why there is none. */
async function attempt(draw: Sketch["draw"]): Promise<Uint8Array | string> {
  try {
    return await draw();
  } catch (error) {
    if (error instanceof GenlabError) return error.message;
    throw error;
  }
}
