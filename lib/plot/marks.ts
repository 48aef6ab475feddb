/**
 * What a panel can show, and how vega-lite draws it.
 *
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { Colour } from "./palette.ts";

/** Looks that all marks have. */
interface Look {
  /** Its name in the legend; without one it is not there. */
  readonly name?: string;
  /** Blue unless given. */
  readonly colour?: Colour;
  /** From 0, invisible, to 1. */
  readonly opacity?: number;
}

/** A line through points; a height that is not finite breaks it. */
export interface Line extends Look {
  readonly kind: "line";
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** In pixels, 2 unless given. */
  readonly width?: number;
  readonly dashed?: boolean;
}

/** Single points. */
export interface Points extends Look {
  readonly kind: "points";
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Numbers that are shown as colours from violet over green to yellow, instead of one colour. */
  readonly values?: ArrayLike<number>;
  /** Area in square pixels, 12 unless given. */
  readonly size?: number;
  readonly shape?: "circle" | "cross" | "ring" | "tick";
}

/** Rectangles along the axes: bars, bins, cells of a map. */
export interface Rectangles extends Look {
  readonly kind: "rectangles";
  readonly x0: ArrayLike<number>;
  readonly x1: ArrayLike<number>;
  readonly y0: ArrayLike<number>;
  readonly y1: ArrayLike<number>;
  /** Numbers that are shown as shades, from white for the lowest, instead of one colour. */
  readonly values?: ArrayLike<number>;
}

/** Arrows from (x, y) to (x + u, y + v), in the units of the axes. */
export interface Arrows extends Look {
  readonly kind: "arrows";
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly u: ArrayLike<number>;
  readonly v: ArrayLike<number>;
}

/** Anything a panel can show. */
export type Mark = Line | Points | Rectangles | Arrows;

/** One layer of a vega-lite specification. */
export type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

/** What the layers of one chart share. */
export interface Frame {
  /** The colour encoding of a mark: by its name, so that it has a place in the legend. */
  readonly colour: (mark: Mark) => { readonly [key: string]: unknown };
  /** Pixels for one unit of each axis: directions on paper differ from those in the data. */
  readonly pixels: { readonly x: number; readonly y: number };
}

/** A mark as layers of vega-lite. Values that are not finite are left out. */
export function layersOf(mark: Mark, frame: Frame): Layer[] {
  switch (mark.kind) {
    case "line":
      return [lineLayer(mark, frame)];
    case "points":
      return [pointsLayer(mark, frame)];
    case "rectangles":
      return [rectanglesLayer(mark, frame)];
    case "arrows":
      return arrowLayers(mark, frame);
  }
}

const X = { field: "x", type: "quantitative" } as const;
const Y = { field: "y", type: "quantitative" } as const;
const X2 = { field: "x2" } as const;
const Y2 = { field: "y2" } as const;

function lineLayer({ x, y, width = 2, dashed, opacity = 1, ...look }: Line, frame: Frame): Layer {
  const values = rows({ x }).map((row, i) => ({
    ...row,
    y: Number.isFinite(y[i]) ? y[i] : null,
    place: i,
  }));
  return {
    data: { values },
    mark: {
      type: "line",
      clip: true,
      strokeWidth: width,
      strokeJoin: "round",
      strokeOpacity: opacity,
      ...(dashed ? { strokeDash: [6, 4] } : {}),
    },
    encoding: {
      x: X,
      y: Y,
      order: { field: "place", type: "quantitative" },
      ...frame.colour({ x, y, ...look }),
    },
  };
}

const SHAPES = {
  circle: { shape: "circle", filled: true },
  ring: { shape: "circle", filled: false, strokeWidth: 2 },
  cross: { shape: "M-.7,-.7L.7,.7M-.7,.7L.7,-.7", filled: false, strokeWidth: 2 },
  tick: { shape: "M-1,0L1,0", filled: false, strokeWidth: 3 },
} as const;

function pointsLayer(mark: Points, frame: Frame): Layer {
  const { x, y, values, size = 12, shape = "circle", opacity = 1 } = mark;
  const fill = { field: "value", type: "quantitative", legend: null } as const;
  return {
    data: { values: finite(rows({ x, y, value: values ?? x })) },
    mark: { type: "point", clip: true, size, ...translucent(opacity), ...SHAPES[shape] },
    encoding: values === undefined
      ? { x: X, y: Y, ...frame.colour(mark) }
      : { x: X, y: Y, fill: { ...fill, scale: { scheme: "viridis" } }, stroke: { value: null } },
  };
}

/** For the lowest and the highest of the rectangles' values. */
const SHADES = ["#ffffff", "#7fb8dc"];

function rectanglesLayer(mark: Rectangles, frame: Frame): Layer {
  const { x0: x, x1: x2, y0: y, y1: y2, values, opacity = 1 } = mark;
  const fill = { field: "value", type: "quantitative", legend: null } as const;
  return {
    data: { values: finite(rows({ x, x2, y, y2, value: values ?? x })) },
    mark: {
      type: "rect",
      clip: true,
      ...translucent(opacity),
      ...(values === undefined ? {} : { stroke: null }),
    },
    encoding: {
      x: X,
      x2: X2,
      y: Y,
      y2: Y2,
      ...(values === undefined
        ? frame.colour(mark)
        : { fill: { ...fill, scale: { range: SHADES, interpolate: "rgb" } } }),
    },
  };
}

/** A shaft, and a triangle at its end. */
function arrowLayers(mark: Arrows, { colour, pixels }: Frame): Layer[] {
  const { x, y, u, v, opacity = 1 } = mark;
  const values = finite(rows({ x, y, u, v })).map(({ x, y, u, v }) => ({
    x,
    y,
    x2: x + u,
    y2: y + v,
    // vega turns clockwise from upwards.
    angle: Math.atan2(u * pixels.x, v * pixels.y) * 180 / Math.PI,
  }));
  return [
    {
      data: { values },
      mark: { type: "rule", clip: true, strokeWidth: 1.4, ...translucent(opacity) },
      encoding: { x: X, y: Y, x2: X2, y2: Y2, ...colour(mark) },
    },
    {
      data: { values },
      mark: {
        type: "point",
        clip: true,
        shape: "triangle",
        filled: true,
        size: 26,
        ...translucent(opacity),
      },
      encoding: {
        x: { field: "x2", type: "quantitative" },
        y: { field: "y2", type: "quantitative" },
        angle: { field: "angle", type: "quantitative", scale: null },
        ...colour(mark),
      },
    },
  ];
}

/** Of fill and stroke, not of the mark: as a group of its own it takes 50 times as long to draw. */
function translucent(opacity: number) {
  return { opacity: 1, fillOpacity: opacity, strokeOpacity: opacity };
}

/** Columns as rows. */
function rows<K extends string>(columns: Readonly<Record<K, ArrayLike<number>>>) {
  const names = Object.keys(columns) as K[];
  return Array.from(
    { length: columns[names[0]].length },
    (_, i) =>
      Object.fromEntries(names.map((name) => [name, columns[name][i]])) as Record<K, number>,
  );
}

function finite<K extends string>(values: Record<K, number>[]): Record<K, number>[] {
  return values.filter((row) => Object.values<number>(row).every(Number.isFinite));
}
