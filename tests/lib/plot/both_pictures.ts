/**
 * One picture of each kind. Run as a program, it writes their bytes to standard output: the test of
 * permissions and fonts runs it so, in a process of its own.
 *
 * @module
 */

import { imageGrid, lineChart } from "../../../lib/plot/mod.ts";

/** A titled grid and a chart with a legend. */
export async function bothPictures(): Promise<Uint8Array[]> {
  const image = { data: [0, 1, 1, 0], width: 2, height: 2 };
  return [
    await imageGrid({ rows: [[image]], scale: 40, columnTitles: ["predicted x̂₀"], title: "Test" }),
    await lineChart({
      title: "σ²(t)",
      xLabel: "t",
      yLabel: "variance",
      series: [{ name: "empirical", y: [1, 2, 4] }, { name: "σ²", y: [1, 2, 3] }],
    }),
  ];
}

if (import.meta.main) {
  const output = Deno.stdout.writable.getWriter();
  for (const png of await bothPictures()) await output.write(png);
}
