/**
 * Reads a command line, strictly: what is not understood is an error that says what would be.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { closestMatch } from "leven";
import { UsageError } from "../errors.ts";
import {
  isNeeded,
  isPositional,
  isRepeated,
  type Options,
  takesValue,
  type ValueOption,
  type Values,
} from "./options.ts";

/** Edits, such as a letter too many, that a mistyped name may have and still be recognized. */
const MAX_EDITS = 3;

/** What a program says about arguments that it does not take though others of its kind do. */
export type Refusals = Readonly<Record<string, string>>;

/**
 * The options' values on a command line. `--name value`, `--name=value` and, for a flag, `--name`;
 * of an option given twice the last counts, unless it is a repeated one. What has no name is for the
 * positional options, in order; all that is left is for a repeated one.
 *
 * @param refusals why arguments are not taken, by the name of the option; under `""`, why there is no
 * argument without a name
 * @throws {UsageError} on an unknown option, a missing or wrong value, or an argument without a name
 *
 * @example
 * ```ts
 * import { parseArguments } from "./arguments.ts";
 * import { SEED } from "./options.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(parseArguments({ seed: SEED }, ["--seed", "7"]), { seed: 7 });
 * assertThrows(() => parseArguments({ seed: SEED }, ["--sed", "7"]), Error, "did you mean --seed");
 * ```
 */
export function parseArguments<T extends Options>(
  options: T,
  args: readonly string[],
  refusals: Refusals = {},
): Values<T> {
  const all = Object.keys(options);
  const places = all.filter((name) => isPositional(options[name]));
  const names = all.filter((name) => !places.includes(name));
  const found: string[] = [];
  const room = places.some((name) => isRepeated(options[name])) ? Infinity : places.length;
  const parsed = parseArgs(joinValues(options, args), {
    string: names.filter((name) => takesValue(options[name])),
    boolean: names.filter((name) => !takesValue(options[name])),
    collect: names.filter((name) => isRepeated(options[name])),
    alias: "help" in options ? { help: "h" } : {},
    unknown: (text, name) => {
      if (name === undefined && found.length < room) {
        found.push(text);
        return false;
      }
      if (name === undefined) throw unnamed(text, refusals);
      throw Object.hasOwn(refusals, name)
        ? new UsageError(`--${name}: ${refusals[name]}`)
        : unknown(text, names);
    },
  });
  // parseArgs hands what follows "--" over unseen. npm wants it before a script's options; Deno does not.
  for (const argument of parsed._.map(String)) {
    throw argument.startsWith("-")
      ? unnamed(argument, { "": 'after "--" no options are read; leave the "--" out' })
      : unnamed(argument, refusals);
  }
  const placed = places.map((name, i) => {
    return [name, isRepeated(options[name]) ? found.slice(i) : found[i]];
  });
  const given = { ...parsed, ...Object.fromEntries(placed) };
  const values = all.map((name) => [name, valueOf(name, options[name], given[name])]);
  return Object.fromEntries(values) as Values<T>;
}

/**
 * The arguments in forms that parseArgs reads as meant: `--name -1` and `--name ""` with `=`, without
 * which it takes them for no values.
 *
 * @throws {UsageError} on a flag with a value, which it would take for the flag alone
 */
function joinValues(options: Options, args: readonly string[]): string[] {
  const joined: string[] = [];
  const option = (name: string) => Object.hasOwn(options, name) ? options[name] : undefined;
  args.forEach((argument, i) => {
    const [, assigned = ""] = /^--(.*?)=/.exec(argument) ?? [];
    const flag = option(assigned);
    if (flag !== undefined && !takesValue(flag)) {
      throw flagWithValue(assigned);
    }
    const before = option(args[i - 1]?.replace(/^--/, "") ?? "");
    if (/^(-\d|$)/.test(argument) && before !== undefined && takesValue(before)) {
      joined.push(`${joined.pop()}=${argument}`);
    } else {
      joined.push(argument);
    }
  });
  return joined;
}

function valueOf(name: string, option: Options[string], given: unknown): unknown {
  if (!takesValue(option)) {
    // `-h5` is read as the value 5.
    if (given !== undefined && typeof given !== "boolean") throw flagWithValue(name);
    return given === true;
  }
  if (Array.isArray(given)) {
    return given.flatMap((text) => option.parse(filled(name, option, text), name));
  }
  return given === undefined ? option.default : option.parse(filled(name, option, given), name);
}

/**
 * A value as a text.
 *
 * @throws {UsageError} if it is empty
 */
function filled(name: string, option: ValueOption<unknown>, given: unknown): string {
  if (given === "") {
    const { metavar } = option;
    throw new UsageError(
      isPositional(option)
        ? `${metavar} is empty; ${isNeeded(option) ? "" : "leave it out, or "}name one`
        : `--${name} takes a value, ${metavar}, and got none; write --${name}=${metavar}`,
    );
  }
  return String(given);
}

function flagWithValue(name: string): UsageError {
  return new UsageError(`--${name} takes no value; write --${name} alone`);
}

function unknown(text: string, names: readonly string[]): UsageError {
  const option = text.split("=", 1)[0];
  // `-seed` is read as five options; what was meant is one.
  const typed = option.replace(/^-+/, "");
  const maxDistance = Math.max(0, Math.min(MAX_EDITS, typed.length - 1));
  const meant = closestMatch(typed, names, { maxDistance });
  return new UsageError(
    `there is no option ${option}; ` +
      (meant === undefined ? "--help lists those there are" : `did you mean --${meant}?`),
  );
}

function unnamed(argument: string, refusals: Refusals): UsageError {
  const reason = refusals[""] ?? "it takes options only: --help lists them";
  return new UsageError(`unexpected argument ${JSON.stringify(argument)}: ${reason}`);
}
