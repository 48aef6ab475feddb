/**
 * Charts of one or more panels: lines, points, rectangles and arrows over axes.
 *
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import { GenlabError, ShapeError } from "../errors.ts";
import { type Frame, type Layer, layersOf, type Mark } from "./marks.ts";
import { type Colour, PALETTE } from "./palette.ts";
import { vegaToPng } from "./vega.ts";

/**
 * Pixels of the picture for one of a panel's: fine enough for a screen of high resolution and for
 * print.
 */
const PANEL_SCALE = 2;

/** An axis of a panel. */
export interface Axis {
  readonly label?: string;
  /** From where to where; what lies outside is cut off. */
  readonly domain: readonly [number, number];
  readonly log?: boolean;
  /** Where there are ticks; chosen unless given. */
  readonly ticks?: readonly number[];
}

/** One panel of a chart. */
export interface Panel {
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  /** What it shows, the lowest first. */
  readonly marks: readonly Mark[];
}

/** What `panelChart` draws. */
export interface PanelChartOptions {
  readonly title: string;
  readonly panels: readonly Panel[];
  /** Panels beside each other; all unless given. */
  readonly columns?: number;
  /** Width of one panel without its axes; the picture has `PANEL_SCALE` times as many pixels. */
  readonly width: number;
  /** Height of one panel without its axes. */
  readonly height: number;
}

/**
 * Draws panels of one size in rows, with one legend for the marks that have a name.
 *
 * @returns the bytes of the PNG
 * @throws {ShapeError} when there is no panel, a panel has no marks, or the columns of a mark differ in length
 * @throws {GenlabError} when a mark's name stands for two colours, or an axis has no extent
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { panelChart } from "./panels.ts";
 *
 * const axis = { domain: [0, 1] } as const;
 * const png = await panelChart({
 *   title: "A bar and an arrow",
 *   width: 200,
 *   height: 200,
 *   panels: [
 *     { x: axis, y: axis, marks: [{ kind: "rectangles", x0: [0], x1: [1], y0: [0], y1: [0.5] }] },
 *     { x: axis, y: axis, marks: [{ kind: "arrows", x: [0], y: [0], u: [0.5], v: [0.5] }] },
 *   ],
 * });
 * assertEquals(png.slice(1, 4), new TextEncoder().encode("PNG"));
 * ```
 */
export async function panelChart(options: PanelChartOptions): Promise<Uint8Array> {
  const { title, panels, columns = panels.length, width, height } = options;
  if (panels.length === 0) throw new ShapeError("panelChart: panels is empty: give at least one.");
  panels.forEach(({ x, y, marks }, i) => {
    for (const [name, axis] of Object.entries({ x, y })) {
      checkAxis(`${name} axis of panel ${i}`, axis);
    }
    if (marks.length === 0) throw new ShapeError(`panelChart: panel ${i} has no marks to show.`);
    marks.forEach((mark, j) => checkLengths(`mark ${j} of panel ${i}`, mark));
  });
  const colour = colouring(panels.flatMap(({ marks }) => marks));
  const specification: TopLevelSpec = {
    title: { text: title, anchor: "middle" },
    columns,
    spacing: 24,
    concat: panels.map(({ title, x, y, marks }) => {
      const frame: Frame = { colour, pixels: { x: width / extent(x), y: height / extent(y) } };
      return {
        width,
        height,
        layer: [
          ...marks.flatMap((mark) => layersOf(mark, frame)).map((layer) => withAxes(layer, x, y)),
          ...(title === undefined ? [] : [heading(title, width)]),
        ],
      };
    }),
  };
  return await vegaToPng(specification, PANEL_SCALE);
}

/** A panel's title, as text in a fixed place: vega's own moves with the labels of the axes. */
function heading(text: string, width: number): Layer {
  const place = { x: width / 2, y: -12, align: "center", baseline: "alphabetic" } as const;
  return { data: { values: [{}] }, mark: { type: "text", text, fontSize: 15, ...place } };
}

function extent({ domain: [from, to] }: Axis): number {
  return to - from;
}

/** Encodes a mark's colour: by its name, which makes it an entry of the legend, or as it is. */
function colouring(marks: readonly Mark[]): Frame["colour"] {
  const named = new Map<string, Colour>();
  for (const { name, colour = "blue" } of marks) {
    if (name === undefined) continue;
    const other = named.get(name) ?? colour;
    if (other !== colour) {
      throw new GenlabError(
        `panelChart: marks called "${name}" are ${other} and ${colour}: the legend has one colour ` +
          "for a name.",
      );
    }
    named.set(name, colour);
  }
  const scale = {
    domain: [...named.keys()],
    range: [...named.values()].map((colour) => PALETTE[colour]),
  };
  const lines = marks.every(({ kind, name }) => name === undefined || kind === "line");
  const symbolType = lines ? "stroke" : "square";
  const legend = { title: null, orient: "top", symbolType, symbolOpacity: 1 };
  return ({ name, colour = "blue" }) => ({
    color: name === undefined
      ? { value: PALETTE[colour] }
      : { datum: name, type: "nominal", scale, legend },
  });
}

/** Puts the panel's axes on a layer. */
function withAxes(layer: Layer, x: Axis, y: Axis): Layer {
  const { encoding } = layer;
  return {
    ...layer,
    encoding: {
      ...encoding,
      x: { ...encoding?.x, ...axisOf(x) },
      y: { ...encoding?.y, ...axisOf(y) },
    },
  } as Layer;
}

function axisOf({ label, domain, log = false, ticks }: Axis) {
  return {
    title: label ?? null,
    scale: {
      ...(log ? { type: "log" } : { type: "linear", zero: false }),
      domain: [...domain],
      nice: false,
    },
    axis: ticks === undefined ? { tickCount: 4 } : { values: [...ticks] },
  };
}

function checkAxis(what: string, { domain: [from, to], log }: Axis): void {
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to && (!log || from > 0))) {
    throw new GenlabError(
      `panelChart: the ${what} goes from ${from} to ${to}: it must go from a number to a larger ` +
        `one${log ? ", both above 0, as a logarithmic axis needs" : ""}.`,
    );
  }
}

function checkLengths(what: string, mark: Mark): void {
  const columns = Object.entries(mark).filter((entry): entry is [string, ArrayLike<number>] =>
    typeof entry[1] === "object"
  );
  const [[first, { length }]] = columns;
  for (const [name, column] of columns) {
    if (column.length !== length) {
      throw new ShapeError(
        `panelChart: ${what} has ${length} ${first} and ${column.length} ${name}: give as many.`,
      );
    }
  }
}
