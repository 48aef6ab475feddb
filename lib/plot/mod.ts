/**
 * Pictures as PNG: grids of grey images and line charts, with text that needs no installed fonts.
 *
 * @module
 */

export { type GridOptions, imageGrid } from "./grid.ts";
export { type Image, toImages, toRows } from "./image.ts";
export { lineChart, type LineChartOptions, type Series } from "./line_chart.ts";
export { writePng } from "./write.ts";
