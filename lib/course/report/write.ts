/**
 * Writes reports.
 *
 * This module loads KaTeX and a Markdown parser (tens of milliseconds): import it dynamically.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { writeWhole } from "../../files.ts";
import type { ReportContent } from "./content.ts";
import { page, type Picture } from "./page.ts";

/**
 * Writes a report as one HTML file that loads nothing: formulas, fonts and pictures are in it. What
 * students wrote is text there, never markup.
 *
 * @throws {DataError} if the file cannot be written
 * @throws {Deno.errors.NotFound} if a picture is not there
 *
 * @example
 * ```ts
 * import { writeReport } from "./write.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * await writeReport(`${folder}/report.html`, {
 *   title: "Exercise A",
 *   source: "work/exercise_a.ts",
 *   seed: 0,
 *   device: "cpu",
 *   task: "Draw $z = \\mu + \\sigma \\epsilon$.",
 *   checks: [],
 *   hints: false,
 *   numbers: ["recon=33.344"],
 *   figures: [],
 *   questions: "## Question 1\n\nWhy?\n\n**Answer 1.**\n",
 * });
 * assertStringIncludes(await Deno.readTextFile(`${folder}/report.html`), "recon=33.344");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeReport(path: string, content: ReportContent): Promise<void> {
  const paths = content.figures.flatMap((figure) => "path" in figure ? [figure.path] : []);
  const pictures = await Promise.all(paths.map(async (picture) => {
    return [picture, await asPicture(await Deno.readFile(picture))] as const;
  }));
  await writeWhole("report", path, page(content, new Map(pictures)));
}

/** Pixels an inch of a picture that is as large as it was laid out; charts have more, for sharpness. */
const LAID_OUT = 72;

async function asPicture(png: Uint8Array): Promise<Picture> {
  const { default: sharp } = await import("sharp");
  const { density = LAID_OUT, ...size } = await sharp(png).metadata();
  const [width, height] = [size.width, size.height].map((pixels) =>
    Math.round(pixels * LAID_OUT / density)
  );
  return { url: `data:image/png;base64,${Buffer.from(png).toString("base64")}`, width, height };
}
