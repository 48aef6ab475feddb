/**
 * Assessments beside each other, for people.
 *
 * @module
 */
import type { Assessment } from "./assess.ts";

/** The rows of the table: what each is called, and how it is written. */
const ROWS: readonly (readonly [string, (found: Assessment) => string])[] = [
  ["class agreement", ({ agreement }) => percent(agreement)],
  ["confidence", ({ confidence }) => percent(confidence)],
  ["confidence of at least 0.9", ({ sure }) => percent(sure)],
  ["Fréchet distance", ({ frechet }) => frechet.toFixed(2)],
  // Of images that are each taken for another class there is none.
  [
    "difference within a class",
    ({ diversity }) => Number.isNaN(diversity) ? "-" : diversity.toFixed(2),
  ],
  ["distance to nearest training image", ({ nearest }) => nearest?.toFixed(2) ?? "-"],
  ...Array.from(
    { length: 10 },
    (_, digit) =>
      [`taken for ${digit}`, ({ classCounts }: Assessment) => String(classCounts[digit])] as const,
  ),
];

/** The lines of the table. */
export function tableOf(columns: Readonly<Record<string, Assessment>>): string[] {
  const names = Object.keys(columns);
  const cells = [
    ["", ...names],
    ...ROWS.map(([name, write]) => [name, ...names.map((column) => write(columns[column]))]),
  ];
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  return cells.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i] + 2)).join("")
  );
}

function percent(fraction: number | null): string {
  return fraction === null ? "-" : `${(100 * fraction).toFixed(1)} %`;
}
