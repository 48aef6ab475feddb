/**
 * A square part of the plane, for pictures of densities over it.
 *
 * @module
 */
import type { Rectangles } from "../../plot/marks.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { sampleOf } from "../samples.ts";

/** The centres of n by n equal cells that fill the plane from -reach to reach in both directions. */
export interface Grid {
  readonly n: number;
  readonly reach: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The same points `[n², 2]`. */
  readonly tensor: Tensor;
}

/**
 * The cells of a part of the plane.
 *
 * @example
 * ```ts
 * import { grid } from "./plane.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await grid(2, 4).tensor.tolist(), [[-2, -2], [2, -2], [-2, 2], [2, 2]]);
 * ```
 */
export function grid(n: number, reach: number): Grid {
  const place = (i: number) => reach * ((2 * i + 1) / n - 1);
  const x = Array.from({ length: n * n }, (_, i) => place(i % n));
  const y = Array.from({ length: n * n }, (_, i) => place(Math.floor(i / n)));
  const { tensor } = sampleOf(x.flatMap((_, i) => [x[i], y[i]]), [n * n, 2]);
  return { n, reach, x, y, tensor };
}

/**
 * A density at the cells as shades. Cells that are fainter than a share of the darkest are left out.
 *
 * @param density one value for each cell
 * @param faintest the share
 */
export function shadesOf(
  { n, reach, x, y }: Grid,
  density: readonly number[],
  faintest: number,
): Rectangles {
  const highest = Math.max(...density);
  const isShown = density.map((value) => value / highest > faintest);
  const half = reach / n;
  const shown = (column: readonly number[], shift = 0) =>
    column.map((value) => value + shift).filter((_, i) => isShown[i]);
  return {
    kind: "rectangles",
    x0: shown(x, -half),
    x1: shown(x, half),
    y0: shown(y, -half),
    y1: shown(y, half),
    values: shown(density),
  };
}
