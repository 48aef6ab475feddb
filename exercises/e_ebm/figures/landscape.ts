/**
 * The energy landscape of the pictures, and the part of the plane they show.
 *
 * @module
 */
import { sampleOf } from "../../../lib/course/samples.ts";
import { grid, shadesOf } from "../../../lib/course/report/plane.ts";
import type { Line, Rectangles } from "../../../lib/plot/marks.ts";
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
const CELLS = 24;
const FAINTEST = 0.02;

/** One and two standard deviations around the bottom of each valley. */
export function circles(): Line[] {
  const angles = Array.from({ length: 37 }, (_, i) => Math.PI * i / 18);
  return VALLEYS.flatMap(([x, y]) =>
    [STD, 2 * STD].map((radius) => ({
      kind: "line",
      colour: "sky",
      width: 1.5,
      x: angles.map((angle) => x + radius * Math.cos(angle)),
      y: angles.map((angle) => y + radius * Math.sin(angle)),
    }))
  );
}

/** The landscape's density, up to a factor. */
export function shades(): Rectangles {
  const cells = grid(CELLS, REACH);
  const density = cells.x.map((x, i) => Math.exp(-LANDSCAPE.at([x, cells.y[i]])));
  return shadesOf(cells, density, FAINTEST);
}
