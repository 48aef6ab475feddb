/**
 * The energy landscape of the pictures, and the part of the plane they show.
 *
 * @module
 */
import { sampleOf } from "../../../lib/course/samples.ts";
import type { Mark } from "../../../lib/plot/marks.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { mixture } from "../energies.ts";

/** Where the landscape has its valleys, two of them close together, and how wide they are. */
const VALLEYS = [[-1.4, -1.2], [1.5, -1.3], [1.2, 0.4], [-0.9, 1.5]];
const STD = 0.45;

/** The landscape. */
export const LANDSCAPE = mixture(sampleOf(VALLEYS.flat(), [VALLEYS.length, 2]), STD);

/** Shades fill the plane from -REACH to REACH in both directions. */
export const REACH = 2.8;
/** The panels show a little more, so that no shade covers their frame. */
export const EDGE = 1.02 * REACH;

/** Shades in each direction; those fainter than FAINTEST of the darkest are not drawn. */
const CELLS = 28;
const FAINTEST = 0.02;

/** Points of the plane, also as a tensor `[n², 2]`. */
export interface Grid {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly tensor: Tensor;
}

/** The centres of n by n equal cells of the plane that is shown. */
export function grid(n: number): Grid {
  const place = (i: number) => REACH * ((2 * i + 1) / n - 1);
  const x = Array.from({ length: n * n }, (_, i) => place(i % n));
  const y = Array.from({ length: n * n }, (_, i) => place(Math.floor(i / n)));
  return { x, y, tensor: sampleOf(x.flatMap((_, i) => [x[i], y[i]]), [n * n, 2]).tensor };
}

/** One and two standard deviations around the bottom of each valley. */
export function circles(): Mark[] {
  const angles = Array.from({ length: 37 }, (_, i) => Math.PI * i / 18);
  return VALLEYS.flatMap(([x, y]) =>
    [STD, 2 * STD].map((radius) => ({
      kind: "line",
      colour: "sky",
      width: 1.5,
      x: angles.map((angle) => x + radius * Math.cos(angle)),
      y: angles.map((angle) => y + radius * Math.sin(angle)),
    } as const))
  );
}

/** The landscape's density, up to its largest value. */
export function shades(): Mark {
  const { x, y } = grid(CELLS);
  const density = x.map((_, i) => Math.exp(-LANDSCAPE.at([x[i], y[i]])));
  const highest = Math.max(...density);
  const dark = density.map((value) => value / highest > FAINTEST);
  const half = REACH / CELLS;
  const shown = (column: readonly number[], shift = 0) =>
    column.map((value) => value + shift).filter((_, i) => dark[i]);
  return {
    kind: "rectangles",
    x0: shown(x, -half),
    x1: shown(x, half),
    y0: shown(y, -half),
    y1: shown(y, half),
    values: shown(density),
  };
}
