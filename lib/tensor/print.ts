/**
 * How tensors are printed: as NumPy prints arrays, `numpy.set_printoptions` left at its defaults.
 *
 * @module
 */
import type { DType, TypedArray } from "./dtype.ts";
import { format as formatShape, sizeOf } from "./shape.ts";

/** Most digits after the point. */
const PRECISION = 8;
/** Tensors of more elements are shortened. */
const THRESHOLD = 1000;
/** What is left of each dimension then: so many items at either end. */
const EDGE_ITEMS = 3;
const LINE_WIDTH = 75;
const OPENING = "tensor(";

type FloatDType = "float32" | "float64";

/**
 * A tensor as NumPy's `repr` writes an array, with the word `tensor`; without values, a note that
 * there are none yet. As in NumPy, the dtype is left out where the elements imply it: bool and
 * float64.
 *
 * @example
 * ```ts
 * import { formatTensor } from "./print.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const values = new Float32Array([1, -0.5, 2, 0.1]);
 * assertEquals(
 *   formatTensor({ shape: [2, 2], dtype: "float32", values }),
 *   "tensor([[ 1. , -0.5],\n        [ 2. ,  0.1]], dtype=float32)",
 * );
 * ```
 */
export function formatTensor(
  { shape, dtype, values }: {
    shape: readonly number[];
    dtype: DType;
    values?: TypedArray;
  },
): string {
  if (values === undefined) {
    return `${OPENING}shape=${formatShape(shape)}, dtype=${dtype}, ` +
      `not computed yet: await .data(), .item() or .tolist())`;
  }
  const size = sizeOf(shape);
  const text = OPENING + (size > 0 ? formatElements(shape, dtype, values) : formatEmpty(shape));
  if (size > 0 && (dtype === "bool" || dtype === "float64")) return `${text})`;

  const lastLine = text.length - (text.lastIndexOf("\n") + 1);
  const ending = `dtype=${dtype})`;
  const fits = lastLine + ", ".length + ending.length <= LINE_WIDTH;
  return `${text},${fits ? " " : "\n" + " ".repeat(OPENING.length)}${ending}`;
}

/** The brackets say the shape `[0]`; any other has to be spelled out. */
function formatEmpty(shape: readonly number[]): string {
  return shape.length === 1 ? "[]" : `[], shape=(${shape.join(", ")})`;
}

/** The elements in nested brackets, one line or more for each row. */
function formatElements(shape: readonly number[], dtype: DType, values: TypedArray): string {
  const shorten = values.length > THRESHOLD;
  const positions = shape.map((length) => shownPositions(length, shorten));
  const shown = shownIndices(shape, positions).map((index) => values[index]);
  let texts = elementTexts(shown, dtype, shape.length === 0);
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const { length } = positions[dim];
    texts = Array.from({ length: texts.length / length }, (_, i) => {
      const items = texts.slice(i * length, (i + 1) * length);
      if (length < shape[dim]) items.splice(EDGE_ITEMS, 0, "...");
      return `[${joinItems(items, dim, shape.length)}]`;
    });
  }
  return texts[0];
}

/** The positions along a dimension that are printed: all, or those at the ends. */
function shownPositions(length: number, shorten: boolean): number[] {
  if (!shorten || length <= 2 * EDGE_ITEMS) return Array.from({ length }, (_, i) => i);
  const ends = Array.from({ length: EDGE_ITEMS }, (_, i) => i);
  return [...ends, ...ends.map((i) => length - EDGE_ITEMS + i)];
}

/** Row-major indices of the elements that are printed. */
function shownIndices(
  shape: readonly number[],
  positions: readonly (readonly number[])[],
): number[] {
  let indices = [0];
  for (const [dim, length] of shape.entries()) {
    indices = indices.flatMap((index) => positions[dim].map((i) => index * length + i));
  }
  return indices;
}

/** The items of one dimension: elements fill lines, rows have lines of their own. */
function joinItems(items: readonly string[], dim: number, rank: number): string {
  const indent = " ".repeat(OPENING.length + dim + 1);
  if (dim < rank - 1) return items.join("," + "\n".repeat(rank - 1 - dim) + indent);

  // Room for the closing brackets and what follows them.
  const width = LINE_WIDTH - 1 - rank;
  const lines = [items[0]];
  for (const item of items.slice(1)) {
    const extended = `${lines.at(-1)}, ${item}`;
    if (indent.length + extended.length <= width) lines[lines.length - 1] = extended;
    else lines.push(item);
  }
  return lines.join(`,\n${indent}`);
}

/** The elements, padded to one width. */
function elementTexts(values: readonly number[], dtype: DType, isScalar: boolean): string[] {
  switch (dtype) {
    case "bool":
      // Rows are as wide if they hold nothing but True.
      return alignRight(values.map((v) => v ? (isScalar ? "True" : " True") : "False"));
    case "int32":
      return alignRight(values.map(String));
    case "float32":
    case "float64":
      return alignRight(alignPoints(floatTexts(values, dtype)));
  }
}

function alignRight(texts: readonly string[]): string[] {
  const width = maximum(texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}

/** Fills up numbers so that their points line up once their right ends do; `nan` and `inf` stay. */
function alignPoints(texts: readonly string[]): string[] {
  const fromPoint = (text: string) => text.length - text.indexOf(".");
  const isFinite = (text: string) => text.includes(".");
  const width = maximum(texts.filter(isFinite).map(fromPoint));
  return texts.map((text) => isFinite(text) ? text + " ".repeat(width - fromPoint(text)) : text);
}

/** Floats in the notation that suits all of them. */
function floatTexts(values: readonly number[], dtype: FloatDType): string[] {
  const finite = values.filter(Number.isFinite);
  const format = needsExponent(finite, dtype)
    ? scientificFormat(finite, dtype)
    : (magnitude: number) => positional(magnitude, dtype);
  return values.map((value) => {
    if (Number.isNaN(value)) return "nan";
    const sign = value < 0 || Object.is(value, -0) ? "-" : "";
    return sign + (Number.isFinite(value) ? format(Math.abs(value)) : "inf");
  });
}

/** NumPy's rule for scientific notation; the ratio is taken in the values' own dtype. */
function needsExponent(finite: readonly number[], dtype: FloatDType): boolean {
  const magnitudes = finite.filter((value) => value !== 0).map(Math.abs);
  if (magnitudes.length === 0) return false;
  const largest = maximum(magnitudes);
  const smallest = magnitudes.reduce((a, b) => Math.min(a, b));
  const ratio = dtype === "float32" ? Math.fround(largest / smallest) : largest / smallest;
  return largest >= 1e8 || smallest < 1e-4 || ratio > 1000;
}

/** Decimal notation with the digits the number needs, 8 after the point at most: `0.1`, `3.`. */
function positional(magnitude: number, dtype: FloatDType): string {
  const { fraction, exponent } = shortestDecimal(magnitude, dtype);
  const digits = Math.min(PRECISION, Math.max(0, fraction.length - exponent));
  const fixed = toNumber(round(magnitude, exponent + digits)).toFixed(digits);
  return fixed.includes(".") ? fixed.replace(/0+$/, "") : `${fixed}.`;
}

/** Scientific notation with as many digits for all numbers as any of them needs. */
function scientificFormat(
  finite: readonly number[],
  dtype: FloatDType,
): (magnitude: number) => string {
  const needed = finite.map((value) => {
    const decimal = shortestDecimal(Math.abs(value), dtype);
    return decimal.fraction.length > PRECISION ? round(Math.abs(value), PRECISION) : decimal;
  });
  const exponentText = (exponent: number) => String(Math.abs(exponent)).padStart(2, "0");
  const digits = maximum(needed.map(({ fraction }) => fraction.replace(/0+$/, "").length));
  const exponentDigits = maximum(needed.map(({ exponent }) => exponentText(exponent).length));
  return (magnitude) => {
    const { whole, fraction, exponent } = round(magnitude, digits);
    const sign = exponent < 0 ? "-" : "+";
    return `${whole}.${fraction}e${sign}${exponentText(exponent).padStart(exponentDigits, "0")}`;
  };
}

/** `whole.fraction * 10^exponent`, with one digit before the point. */
interface Decimal {
  readonly whole: string;
  readonly fraction: string;
  readonly exponent: number;
}

/** Takes apart what `toExponential` writes. */
function parse(text: string): Decimal {
  const [mantissa, exponent] = text.split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  return { whole, fraction, exponent: Number(exponent) };
}

function toNumber({ whole, fraction, exponent }: Decimal): number {
  return Number(`${whole}.${fraction}e${exponent}`);
}

/**
 * The decimal of fewest digits that reads back as the same number in the dtype. (NumPy saves one
 * more digit for 2^-96, 2^87 and 2^90 in float32, by a decimal that is not the nearest.)
 */
function shortestDecimal(magnitude: number, dtype: FloatDType): Decimal {
  if (dtype === "float64") return parse(magnitude.toExponential());
  for (let digits = 0;; digits++) {
    const decimal = round(magnitude, digits);
    if (Math.fround(toNumber(decimal)) === magnitude) return decimal;
  }
}

/** The nearest decimal with so many digits after the point; of two, the even one, as in NumPy. */
function round(magnitude: number, digits: number): Decimal {
  const exact = parse(magnitude.toExponential(100));
  const kept = exact.fraction.slice(0, digits);
  const isTie = /^50*$/.test(exact.fraction.slice(digits));
  const isEven = Number((exact.whole + kept).at(-1)) % 2 === 0;
  // JavaScript's own rounding takes ties up.
  return isTie && isEven ? { ...exact, fraction: kept } : parse(magnitude.toExponential(digits));
}

/** Unlike `Math.max(...numbers)`, this takes any count of numbers. */
function maximum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), -Infinity);
}
