/**
 * Options that several tasks take.
 *
 * @module
 */
import { type ValueOption, wholeNumber } from "../lib/course/options.ts";
import { UsageError } from "../lib/errors.ts";

/** A number as people write it: digits, a point, an exponent. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A number from `min` to `max`, with or without a point.
 *
 * @param above whether `min` itself is not taken
 */
export function decimal(
  help: string,
  { default: fallback, min, max, above = false }: {
    readonly default: number;
    readonly min: number;
    readonly max: number;
    readonly above?: boolean;
  },
): ValueOption<number> {
  const range = above ? `above ${min}, at most ${max}` : `from ${min} to ${max}`;
  return {
    metavar: "X",
    help,
    default: fallback,
    parse(text, name) {
      const value = DECIMAL.test(text) ? Number(text) : NaN;
      if (!(above ? value > min : value >= min) || value > max) {
        throw new UsageError(`--${name} takes a number ${range}, not ${JSON.stringify(text)}`);
      }
      // Of "-0" as well, which JSON could not tell from 0.
      return value + 0;
    },
  };
}

/** A whole number in a range; without one given, what the program makes of that. */
export function optionalNumber(
  help: string,
  range: { readonly min: number; readonly max: number },
): ValueOption<number | undefined> {
  return { ...wholeNumber(help, { default: range.min, ...range }), default: undefined };
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
  const which = `whole numbers from ${min} to ${max}`;
  const fits = (numbers: readonly number[]) => numbers.every((n) => n >= min && n <= max);
  return numberList(help, { default: undefined, which, fits });
}

/**
 * Whole numbers of a kind, with commas between.
 *
 * @param which the kind, and perhaps an example: `multiples of 8, such as 8,16`
 * @param fits whether a list is of that kind
 */
export function numberList<T extends readonly number[] | undefined>(
  help: string,
  { default: fallback, which, fits }: {
    readonly default: T;
    readonly which: string;
    fits(numbers: readonly number[]): boolean;
  },
): ValueOption<readonly number[] | T> {
  return {
    metavar: "N,N,..",
    help,
    default: fallback,
    parse(text, name) {
      const numbers = text.split(",").map((part) => /^\s*\d+\s*$/.test(part) ? Number(part) : NaN);
      if (!numbers.every(Number.isSafeInteger) || !fits(numbers)) {
        throw new UsageError(
          `--${name} takes ${which}, with commas between, not ${JSON.stringify(text)}`,
        );
      }
      return numbers;
    },
  };
}
