/**
 * What JavaScript lets through: values of the wrong kind, named in error messages; and errors of
 * compositions, which name the operation that was called.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";

/** A value of the wrong kind as an error message names it, on one line. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return `the string ${JSON.stringify(value)}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  const kind = value.constructor?.name || "Object";
  return kind === "Variable" ? "a Variable (take its value)" : `a value of class ${kind}`;
}

/** Builds a composition: its errors begin with its own name, not with that of the part that failed. */
export function composed<T>(operation: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof GenlabError)) throw error;
    const Kind = error.constructor as typeof GenlabError;
    throw new Kind(error.message.replace(/^[^:]*:/, `${operation}:`));
  }
}
