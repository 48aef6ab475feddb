/**
 * The options a command line can have: what each takes, what it is when not given, and how its text
 * becomes a value.
 *
 * @module
 */
import { UsageError } from "../errors.ts";
import { DEVICE_NAMES, type DeviceName } from "../runtime/device.ts";

/** An option that takes a value. */
export interface ValueOption<T> {
  /** How help names the value: `N`, `DIR`, `auto|cpu`. */
  readonly metavar: string;
  /** What it does, as a phrase. */
  readonly help: string;
  /** The value when it is not given. */
  readonly default: T;
  /**
   * The value a text stands for.
   *
   * @throws {UsageError} if it stands for none
   */
  parse(text: string, name: string): T;
}

/** A value that is given without a name, such as a file. */
export interface Positional<T> extends ValueOption<T> {
  readonly positional: true;
}

/** An option that has to be given: without it the program says what to give. */
export interface Needed {
  readonly needed: true;
}

/** An option that may be given more than once: its values are a list, in their order. */
export interface Repeated<T> extends ValueOption<readonly T[]> {
  readonly repeated: true;
}

/** An option that is given or not. */
export interface Flag {
  /** What it does, as a phrase. */
  readonly help: string;
}

/** A program's options by name. */
export type Options = Readonly<Record<string, ValueOption<unknown> | Flag>>;

/** The values of a program's options. */
export type Values<T extends Options> = {
  readonly [K in keyof T]: T[K] extends ValueOption<infer V> ? V : boolean;
};

/** Whether an option takes a value. */
export function takesValue(option: ValueOption<unknown> | Flag): option is ValueOption<unknown> {
  return "metavar" in option;
}

/** Whether an option is given without its name. */
export function isPositional(option: ValueOption<unknown> | Flag): boolean {
  return "positional" in option;
}

/** Whether every value of an option counts, and not the last alone. */
export function isRepeated(option: ValueOption<unknown> | Flag): boolean {
  return "repeated" in option;
}

/** Whether an option has to be given. */
export function isNeeded(option: ValueOption<unknown> | Flag): boolean {
  return "needed" in option;
}

/** An option as one that has to be given, which help shows. */
export function needed<T extends ValueOption<unknown>>(option: T): T & Needed {
  return { ...option, needed: true };
}

/** A whole number from `min` to `max`; by default any that is exact. */
export function wholeNumber(
  help: string,
  { default: fallback, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: {
    readonly default: number;
    readonly min?: number;
    readonly max?: number;
  },
): ValueOption<number> {
  const range = max < Number.MAX_SAFE_INTEGER
    ? ` from ${min} to ${max}`
    : min > Number.MIN_SAFE_INTEGER
    ? ` of at least ${min}`
    : " of at most 53 bits";
  return {
    metavar: "N",
    help,
    default: fallback,
    parse(text, name) {
      const value = Number(text);
      if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(value) || value < min || value > max) {
        throw new UsageError(`--${name} takes a whole number${range}, not ${JSON.stringify(text)}`);
      }
      // Of "-0" as well, which JSON could not tell from 0.
      return value + 0;
    },
  };
}

/** A folder; without one given, the place the program writes to by itself. */
export function folder(help: string): ValueOption<string | undefined> {
  return { metavar: "DIR", help, default: undefined, parse: (text) => text };
}

/** A file, or anything else, that is named by itself; undefined where it is not. */
export function argument(metavar: string, help: string): Positional<string | undefined> {
  return { metavar, help, default: undefined, positional: true, parse: (text) => text };
}

/** Texts, by an option that may be given more than once; none if it is not given. */
export function texts(metavar: string, help: string): Repeated<string> {
  return { metavar, help, default: [], repeated: true, parse: (text) => [text] };
}

/** Files, or anything else, that are named by themselves, one after the other. */
export function argumentList(
  metavar: string,
  help: string,
): Repeated<string> & Positional<readonly string[]> {
  return { ...texts(metavar, help), positional: true };
}

/** `--seed`: where the random numbers start. */
export const SEED: ValueOption<number> = wholeNumber("seed of the random numbers", { default: 0 });

/** `--device`: where graphs are computed. */
export const DEVICE: ValueOption<DeviceName> = {
  metavar: DEVICE_NAMES.join("|"),
  help: "what computes; auto is CUDA where it works, else the CPU",
  default: "auto",
  parse(text, name) {
    const device = DEVICE_NAMES.find((candidate) => candidate === text);
    if (device === undefined) {
      throw new UsageError(
        `--${name} takes ${DEVICE_NAMES.join(", ")}, not ${JSON.stringify(text)}`,
      );
    }
    return device;
  },
};

/** What every program takes. */
export const COMMON_OPTIONS = {
  json: { help: "print one JSON document on stdout, and all text on stderr" },
  stack: { help: "if genlab itself fails, show where" },
  help: { help: "show this and stop" },
} satisfies Options;
