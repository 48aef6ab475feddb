/**
 * Readers of plain data that is not trusted: each gives a value of the type it names, or says where
 * the data is wrong.
 *
 * @module
 */
import { type DType, DTYPES } from "../../tensor/dtype.ts";
import { type Shape, sizeOf } from "../../tensor/shape.ts";
import { StudentError } from "../student_error.ts";

/** Reads a value; `path` is where it stands, as `nodes[3].inputs`. */
export type Reader<T> = (value: unknown, path: string) => T;

/** How many dimensions a tensor may have. */
const MAX_RANK = 8;
/** How much of a wrong value is shown. */
const SHOWN = 40;

/** Throws the error for data that is not a valid graph. */
export function refuse(reason: string): never {
  throw new StudentError({ kind: "rejected", message: `this is no valid graph: ${reason}` });
}

/** The same for a value that is not what it has to be. */
export function refuseValue(path: string, value: unknown, rule: string): never {
  refuse(`${path} is ${shown(value)}, and has to be ${rule}`);
}

/** The beginning of a value as JSON. It may be long, and deeper than JSON can be written. */
function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) {
    // JSON writes what it does not know as nothing at all.
    return clipped(JSON.stringify(value) ?? String(value));
  }
  if (!Array.isArray(value)) return `an object of ${Object.keys(value).length} fields`;
  const isFlat = value.length <= SHOWN && value.every((element) => typeof element !== "object");
  return isFlat ? clipped(JSON.stringify(value)) : `an array of ${value.length} elements`;
}

function clipped(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}

/** A whole number from `least` to `most`. */
export function readWhole(least: number, most: number): Reader<number> {
  return (value, path) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    const rule = most < least ? "absent, as there is nothing to count" : `from ${least} to ${most}`;
    return refuseValue(path, value, most < least ? rule : `a whole number ${rule}`);
  };
}

/** A finite number of at least 0. */
export function readPositive(value: unknown, path: string): number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0
    ? value
    : refuseValue(path, value, "a number of at least 0");
}

/** A truth value. */
export function readFlag(value: unknown, path: string): boolean {
  return typeof value === "boolean" ? value : refuseValue(path, value, "true or false");
}

/** One of a few words. */
export function readWord<W extends string>(words: readonly W[]): Reader<W> {
  return (value, path) =>
    words.find((word) => word === value) ?? refuseValue(path, value, words.join(" or "));
}

/** An array of `least` to `most` elements. */
export function readList<T>(element: Reader<T>, least: number, most: number): Reader<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return refuseValue(path, value, "an array");
    if (value.length < least || value.length > most) {
      refuse(`${path} has ${value.length} elements, and takes ${least} to ${most}`);
    }
    return value.map((child, i) => element(child, `${path}[${i}]`));
  };
}

/** An object with exactly the named fields. */
export function readRecord<T extends object>(
  fields: { readonly [K in keyof T]: Reader<T[K]> },
): Reader<T> {
  return (value, path) => {
    const given = readFields(value, path);
    for (const key of Object.keys(given)) {
      if (!Object.hasOwn(fields, key)) {
        refuse(`${path} has a field ${JSON.stringify(key.slice(0, SHOWN))}, which means nothing`);
      }
    }
    const read: Partial<T> = {};
    for (const key of Object.keys(fields) as (keyof T & string)[]) {
      if (!Object.hasOwn(given, key)) refuse(`${path} has no field ${key}`);
      read[key] = fields[key](given[key], path === "" ? key : `${path}.${key}`);
    }
    return read as T;
  };
}

/** A plain object, whatever its fields. */
export function readFields(value: unknown, path: string): Record<string, unknown> {
  const isPlain = typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? value as Record<string, unknown> : refuseValue(path, value, "an object");
}

/** A dtype. */
export const readDType: Reader<DType> = readWord(DTYPES);

/** A shape of at most `elements` elements. */
export function readShape(elements: number): Reader<Shape> {
  const sizes = readList(readWhole(0, elements), 0, MAX_RANK);
  return (value, path) => {
    const shape = sizes(value, path);
    return sizeOf(shape) <= elements
      ? shape
      : refuseValue(path, value, `a shape of at most ${elements} elements`);
  };
}
