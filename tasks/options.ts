/**
 * Options that several tasks take.
 *
 * @module
 */
import { type ValueOption, wholeNumber } from "../lib/course/options.ts";
import { UsageError } from "../lib/errors.ts";

/** A number from `min` to `max`, with or without a point. */
export function decimal(
  help: string,
  { default: fallback, min, max = Infinity }: {
    readonly default: number;
    readonly min: number;
    readonly max?: number;
  },
): ValueOption<number> {
  const range = max < Infinity ? `from ${min} to ${max}` : `of at least ${min}`;
  return {
    metavar: "X",
    help,
    default: fallback,
    parse(text, name) {
      const value = Number(text);
      if (text.trim() === "" || !Number.isFinite(value) || value < min || value > max) {
        throw new UsageError(`--${name} takes a number ${range}, not ${JSON.stringify(text)}`);
      }
      return value;
    },
  };
}

/** A whole number of at least `min`; without one given, what the program makes of that. */
export function optionalNumber(help: string, min: number): ValueOption<number | undefined> {
  return { ...wholeNumber(help, { default: min, min }), default: undefined };
}

/** A file; without one given, the one the program chooses by itself. */
export function file(help: string): ValueOption<string | undefined> {
  return { metavar: "FILE", help, default: undefined, parse: (text) => text };
}

/** Whole numbers from `min` to `max`, with commas between. */
export function wholeNumbers(
  help: string,
  { min, max }: { readonly min: number; readonly max: number },
): ValueOption<readonly number[] | undefined> {
  return {
    metavar: "N,N,..",
    help,
    default: undefined,
    parse(text, name) {
      const numbers = text.split(",").map((part) => part.trim() === "" ? NaN : Number(part));
      const wrong = numbers.find((n) => !Number.isSafeInteger(n) || n < min || n > max);
      if (wrong !== undefined) {
        throw new UsageError(
          `--${name} takes whole numbers from ${min} to ${max} with commas between, not ` +
            JSON.stringify(text),
        );
      }
      return numbers;
    },
  };
}
