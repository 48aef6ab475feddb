/**
 * Reads a command line, strictly: what is not understood is an error that says what would be.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { closestMatch } from "leven";
import { UsageError } from "../errors.ts";
import { type Options, takesValue, type Values } from "./options.ts";

/** Edits, such as a letter too many, that a mistyped name may have and still be recognized. */
const MAX_EDITS = 3;

/** What a program says about arguments that it does not take though others of its kind do. */
export type Refusals = Readonly<Record<string, string>>;

/**
 * The options' values on a command line. `--name value`, `--name=value` and, for a flag, `--name`;
 * of an option given twice the last counts.
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
  const names = Object.keys(options);
  const parsed = parseArgs(withNegatives(options, args), {
    string: names.filter((name) => takesValue(options[name])),
    boolean: names.filter((name) => !takesValue(options[name])),
    alias: "help" in options ? { help: "h" } : {},
    unknown: (text, name) => {
      throw new UsageError(name === undefined ? unnamed(text, refusals) : unknown(text, name));
    },
  });

  function unknown(text: string, name: string): string {
    if (Object.hasOwn(refusals, name)) return `--${name}: ${refusals[name]}`;
    const option = text.split("=", 1)[0];
    // Of `-seed`, which reads as five options, too.
    const typed = option.replace(/^-+/, "");
    const maxDistance = Math.max(0, Math.min(MAX_EDITS, typed.length - 1));
    const meant = closestMatch(typed, names, { maxDistance });
    return `there is no option ${option}; ` +
      (meant === undefined ? "--help lists those there are" : `did you mean --${meant}?`);
  }

  for (const argument of args) {
    const [, name] = /^--(.*?)=/.exec(argument) ?? [];
    if (name !== undefined && Object.hasOwn(options, name) && !takesValue(options[name])) {
      throw new UsageError(`--${name} takes no value; write --${name} alone`);
    }
  }
  // parseArgs hands what follows "--" over unseen.
  for (const argument of parsed._) throw new UsageError(unnamed(String(argument), refusals));
  const value = (name: string) => {
    const option = options[name];
    const given = parsed[name];
    if (!takesValue(option)) return given === true;
    if (given === undefined) return option.default;
    if (given === "") {
      throw new UsageError(
        `--${name} takes a value, ${option.metavar}, and got none; write --${name}=${option.metavar}`,
      );
    }
    return option.parse(String(given), name);
  };
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Values<T>;
}

/** Writes `--name -1` as `--name=-1`, since a dash of its own would begin an option. */
function withNegatives(options: Options, args: readonly string[]): string[] {
  const joined: string[] = [];
  args.forEach((argument, i) => {
    const option = options[args[i - 1]?.replace(/^--/, "") ?? ""];
    if (/^-\d/.test(argument) && option !== undefined && takesValue(option)) {
      joined.push(`${joined.pop()}=${argument}`);
    } else {
      joined.push(argument);
    }
  });
  return joined;
}

function unnamed(argument: string, refusals: Refusals): string {
  const reason = refusals[""] ?? "it takes options only: --help lists them";
  return `unexpected argument ${JSON.stringify(argument)}: ${reason}`;
}
