/**
 * Line charts: losses over steps, variances over time.
 *
 * @module
 */

import { GenlabError, ShapeError } from "../errors.ts";
import { vegaToPng } from "./vega.ts";

/** One line of a chart. */
export interface Series {
  /** Its name in the legend; needed when there are several series. */
  name?: string;
  /** The heights. */
  y: ArrayLike<number>;
  /** Where they stand, one for each height; 0, 1, 2, ... unless given. */
  x?: ArrayLike<number>;
}

/** What `lineChart` draws. */
export interface LineChartOptions {
  /** What stands over the chart. */
  title: string;
  /** What stands under the x axis. */
  xLabel: string;
  /** What stands beside the y axis. */
  yLabel: string;
  /** The lines. */
  series: readonly Series[];
  /** Whether the y axis is logarithmic. */
  logY?: boolean;
  /** Width of the picture in pixels, 800 unless given. */
  width?: number;
  /** Height of the picture in pixels, 450 unless given. */
  height?: number;
}

/** On a logarithmic axis the lines between the labelled ones are fainter. */
const DECADES_STRONGER = {
  condition: { test: "datum.label === ''", value: "#f3f3f3" },
  value: "#ddd",
};

/** One point; `y` is null where the line is broken, and a point between two breaks is `alone`. */
interface Point {
  x: number;
  y: number | null;
  series: string;
  alone: boolean;
}

/**
 * Draws one or more series as lines over a light grid, with a legend when there are several. A
 * value that has no place on the axis (NaN, an infinity, and on a logarithmic axis zero or less)
 * leaves a gap, and a value between two gaps is a dot.
 *
 * @returns the bytes of the PNG
 * @throws {ShapeError} when there is no series, or `x` and `y` of a series differ in length
 * @throws {GenlabError} when no value can be drawn, an `x` is not finite, or one of several series
 * has no name of its own
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { lineChart } from "./line_chart.ts";
 *
 * const png = await lineChart({
 *   title: "Training loss",
 *   xLabel: "step",
 *   yLabel: "loss (nats)",
 *   series: [{ y: [543, 320, 251, 214] }],
 * });
 * assertEquals(png.slice(1, 4), new TextEncoder().encode("PNG"));
 * ```
 */
export async function lineChart(options: LineChartOptions): Promise<Uint8Array> {
  const { title, xLabel, yLabel, series, logY = false, width = 800, height = 450 } = options;
  const names = seriesNames(series);
  const values = series.flatMap((one, i) => points(one, names[i], i, logY));
  if (values.every((point) => point.y === null)) {
    throw new GenlabError(
      `lineChart: "${title}" has no value to draw: ${values.length} values given, none of them ` +
        `finite${logY ? " and above zero, as a logarithmic axis needs" : ""}.`,
    );
  }
  const wholeSteps = values.every((point) => Number.isInteger(point.x));
  return await vegaToPng({
    title,
    width,
    height,
    autosize: { type: "fit", contains: "padding" },
    data: { values },
    layer: [
      { mark: { type: "line", strokeWidth: 2, strokeJoin: "round" } },
      { mark: { type: "circle", size: 40, opacity: 1 }, transform: [{ filter: "datum.alone" }] },
    ],
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: xLabel,
        scale: { zero: false, nice: false, ...widened(values.map((point) => point.x), false) },
        axis: wholeSteps ? { tickMinStep: 1 } : {},
      },
      y: {
        field: "y",
        type: "quantitative",
        title: yLabel,
        scale: {
          ...(logY ? { type: "log" } : { type: "linear", zero: false }),
          ...widened(values.flatMap((point) => point.y ?? []), logY),
        },
        axis: logY ? { gridColor: DECADES_STRONGER } : {},
      },
      color: {
        field: "series",
        type: "nominal",
        sort: null,
        legend: series.length > 1 ? { title: null, orient: "top", symbolType: "stroke" } : null,
      },
    },
  });
}

function seriesNames(series: readonly Series[]): string[] {
  if (series.length === 0) throw new ShapeError("lineChart: series is empty: give at least one.");
  if (series.length === 1) return [series[0].name ?? ""];
  return series.map(({ name }, i) => {
    const first = series.findIndex((other) => other.name === name);
    if (name === undefined || first < i) {
      throw new GenlabError(
        `lineChart: series ${i} of ${series.length} has ` +
          `${name === undefined ? "no name" : `the same name as series ${first}, "${name}"`}: ` +
          "with several series each needs a name of its own for the legend.",
      );
    }
    return name;
  });
}

function points({ y, x }: Series, name: string, index: number, logY: boolean): Point[] {
  if (x && x.length !== y.length) {
    throw new ShapeError(
      `lineChart: series ${index} has ${x.length} x for ${y.length} y: give one for each.`,
    );
  }
  const drawable = (value: number) => Number.isFinite(value) && (!logY || value > 0);
  return Array.from(y, (value, i) => {
    const place = x ? x[i] : i;
    if (!Number.isFinite(place)) {
      throw new GenlabError(
        `lineChart: series ${index} has x = ${place} at its index ${i}: x must be finite.`,
      );
    }
    const alone = drawable(value) && !drawable(y[i - 1]) && !drawable(y[i + 1]);
    return { x: place, y: drawable(value) ? value : null, series: name, alone };
  });
}

/** The domain of an axis on which all values are equal, widened to both sides of that value. */
function widened(values: number[], log: boolean): { domain?: [number, number] } {
  const value = values[0];
  if (values.some((other) => other !== value)) return {};
  const margin = Math.abs(value) / 10 || 1;
  return { domain: log ? [value / 10, value * 10] : [value - margin, value + margin] };
}
