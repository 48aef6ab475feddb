/**
 * Charts: a vega-lite specification to PNG. vega-lite compiles, vega draws SVG, its text is set in
 * the project's own font, sharp turns it to pixels. All of it is loaded on the first chart.
 *
 * @module
 */

import type { TopLevelSpec } from "vega-lite";
import { svgToPng } from "./png.ts";
import type { TextAnchor } from "./text.ts";

/** The look of all charts: light grid, regular weight, sizes legible at 800 x 450 pixels. */
const THEME: TopLevelSpec["config"] = {
  padding: 16,
  title: { fontSize: 18, fontWeight: "normal", offset: 12 },
  axis: {
    labelFontSize: 13,
    titleFontSize: 15,
    titleFontWeight: "normal",
    titlePadding: 10,
    gridColor: "#e5e5e5",
    domainColor: "#888",
    tickColor: "#888",
    labelFlush: false,
  },
  legend: { labelFontSize: 14, titleFontSize: 14, symbolStrokeWidth: 3, symbolSize: 200 },
  view: { stroke: "#ccc" },
};

/** What vega can do and vega-lite has no words for: legends above a chart stand in its middle. */
const VEGA_THEME = { legend: { layout: { top: { anchor: "middle" } } } } as const;

/** The part of vega that measures text; exported by vega, but missing from its types. */
interface TextMetrics {
  textMetrics: { width(item: { fontSize?: number }, text: unknown): number };
}

/**
 * Draws a vega-lite specification as PNG, on white, in the style that all charts share.
 *
 * @param scale pixels of the picture for one of the specification
 * @returns the bytes of the PNG
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { vegaToPng } from "./vega.ts";
 *
 * const png = await vegaToPng({
 *   data: { values: [{ digit: 1, count: 3 }, { digit: 2, count: 5 }] },
 *   mark: "bar",
 *   encoding: {
 *     x: { field: "digit", type: "ordinal" },
 *     y: { field: "count", type: "quantitative" },
 *   },
 * });
 * assertEquals(png.slice(1, 4), new TextEncoder().encode("PNG"));
 * ```
 */
export async function vegaToPng(specification: TopLevelSpec, scale = 1): Promise<Uint8Array> {
  const [vega, { compile }, { textOutline, textWidth }] = await loadVega();
  (vega as unknown as TextMetrics).textMetrics.width = ({ fontSize = 11 }, text) =>
    textWidth(String(text ?? ""), fontSize);
  const { spec } = compile({ background: "white", ...specification }, { config: THEME });
  const view = new vega.View(vega.parse(spec, VEGA_THEME), { renderer: "none" });
  try {
    return await svgToPng(outlineText(await view.toSVG(), textOutline), scale);
  } finally {
    view.finalize();
  }
}

/**
 * Loads what draws charts. The first chart does it too; a program that has to wait for something else
 * before calls it earlier.
 */
export function loadVega(): Promise<
  [typeof import("vega"), typeof import("vega-lite"), typeof import("./text.ts"), unknown]
> {
  return Promise.all([import("vega"), import("vega-lite"), import("./text.ts"), import("sharp")]);
}

/** Replaces every `<text>` of vega's SVG by a `<path>` of the same place and colour. */
function outlineText(svg: string, textOutline: typeof import("./text.ts").textOutline): string {
  // Axes hold self-closing ones too, for ticks without a label.
  const written = svg.replace(/<text[^>]*\/>/g, "");
  const outlined = written.replace(/<text([^>]*)>([^<]*)<\/text>/g, (_, attributes, content) => {
    const size = Number(/font-size="([\d.]+)px"/.exec(attributes)?.[1]);
    const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] as TextAnchor | undefined;
    const rest = attributes.replace(/ (?:font-[a-z]+|text-anchor)="[^"]*"/g, "");
    return `<path${rest} d="${textOutline(unescapeXml(content), { x: 0, y: 0, size, anchor })}"/>`;
  });
  if (outlined.includes("<text")) throw new Error("vegaToPng: text of several lines is not drawn");
  return outlined;
}

function unescapeXml(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
