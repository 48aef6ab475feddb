/**
 * Parses command lines as the published `@std/cli` does, except that a name with dots is a plain
 * name.
 *
 * @module
 */

import { readArguments } from "./arguments.ts";
import type { Args, ParseOptions, Values } from "./types.ts";

export type { Args, ParseOptions } from "./types.ts";

/**
 * Reads options (`--name value`, `--name=value`, `-n value`, `-n5`, `-abc`) and other arguments (`_`)
 * from a command line. What looks like a number becomes one, unless the option is named in `string`
 * (or `"_"` is, for the other arguments). A value that starts with a dash needs the `=`. A repeated
 * option has its last value. Everything after `--` is left as it is. Nothing is ever thrown: a name
 * that is not expected goes to `unknown`.
 *
 * @example
 * ```ts
 * import { parseArgs } from "@std/cli/parse-args";
 * import { assertEquals } from "@std/assert";
 *
 * const args = parseArgs(["work/a.ts", "--seed", "7", "--no-figures", "-v"], {
 *   string: ["out"],
 *   boolean: ["figures", "verbose"],
 *   negatable: ["figures"],
 *   alias: { verbose: "v" },
 *   default: { out: "out", figures: true },
 * });
 * assertEquals(args._, ["work/a.ts"]);
 * assertEquals([args.seed, args.out, args.figures, args.verbose], [7, "out", false, true]);
 * ```
 */
export function parseArgs<
  TDoubleDash extends boolean | undefined = undefined,
  TBooleans extends boolean | string | undefined = undefined,
  TStrings extends string | undefined = undefined,
  TCollectable extends string | undefined = undefined,
  TNegatable extends string | undefined = undefined,
  TDefault extends Record<string, unknown> | undefined = undefined,
  TAliases extends Record<string, string | ReadonlyArray<string>> | undefined = undefined,
>(
  args: readonly string[],
  options: ParseOptions<
    TBooleans,
    TStrings,
    TCollectable,
    TNegatable,
    TDefault,
    TAliases,
    TDoubleDash
  > = {},
): Args<Values<TBooleans, TStrings, TCollectable, TNegatable, TDefault>, TDoubleDash> {
  const aliases = aliasTable(options.alias ?? {});
  const withAliases = (list: unknown) =>
    new Set(names(list).flatMap((name) => [name, ...aliases.get(name) ?? []]));
  const booleans = withAliases(options.boolean);
  const strings = withAliases(options.string);
  const collected = withAliases(options.collect);
  const negatables = withAliases(options.negatable);
  const allBoolean = options.boolean === true;
  const { unknown = () => true } = options;

  const values = new Map<string, unknown>();
  const others: (string | number)[] = [];

  const isExpected = (name: string, text: string) =>
    [booleans, strings, collected, aliases].some((table) => table.has(name)) ||
    (allBoolean && /^--[^=]+$/.test(text));

  const store = (name: string, value: unknown, collect: boolean) => {
    for (const key of [name, ...aliases.get(name) ?? []]) {
      const earlier = values.get(key);
      values.set(key, collect ? [...(Array.isArray(earlier) ? earlier : []), value] : value);
    }
  };

  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  const after = end < 0 ? [] : args.slice(end + 1);
  const syntax = {
    isBoolean: (name: string) => booleans.has(name),
    isString: (name: string) => strings.has(name),
    isNegatable: (name: string) => negatables.has(name),
    allBoolean,
  };

  for (const argument of readArguments(before, syntax)) {
    if (argument.kind === "other") {
      const { text, index } = argument;
      if (unknown(text) !== false) others.push(strings.has("_") ? text : numberIfNumeric(text));
      if (!options.stopEarly) continue;
      others.push(...before.slice(index + 1));
      break;
    }
    const { text, name, value, negated } = argument;
    if (!isExpected(name, text) && unknown(text, name, value) === false) continue;
    store(
      name,
      strings.has(name) ? value : numberIfNumeric(value),
      collected.has(name) && !negated,
    );
  }

  for (const [name, value] of Object.entries(options.default ?? {})) {
    if (!values.has(name)) store(name, value, false);
  }
  for (const name of booleans) {
    if (!values.has(name)) values.set(name, collected.has(name) ? [] : false);
  }
  for (const name of strings) {
    if (!values.has(name) && collected.has(name)) values.set(name, []);
  }

  const rest = options["--"] ? { _: others, "--": after } : { _: [...others, ...after] };
  return { ...Object.fromEntries(values), ...rest } as Args<
    Values<TBooleans, TStrings, TCollectable, TNegatable, TDefault>,
    TDoubleDash
  >;
}

/** Every name with the other names of the same option. */
function aliasTable(
  alias: Record<string, string | ReadonlyArray<string>>,
): Map<string, string[]> {
  const table = new Map<string, string[]>();
  for (const [name, others] of Object.entries(alias)) {
    const group = [name, ...[others].flat()];
    for (const member of group) table.set(member, group.filter((other) => other !== member));
  }
  return table;
}

function names(list: unknown): string[] {
  return [list].flat().filter((name): name is string => typeof name === "string" && name !== "");
}

function numberIfNumeric<T>(value: T): T | number {
  if (typeof value !== "string" || value.trim() === "") return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
