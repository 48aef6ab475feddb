/**
 * The text that `--help` prints.
 *
 * @module
 */
import {
  isNeeded,
  isPositional,
  isRepeated,
  type Options,
  takesValue,
  type ValueOption,
} from "./options.ts";
import { wrap } from "./wrap.ts";

/** What help says of a program besides its options. */
export interface Description {
  /** What is typed after `deno task`. */
  readonly name: string;
  /** What it does: one sentence or two. */
  readonly summary: string;
  /** Command lines worth trying, and what they show. */
  readonly examples?: readonly (readonly [command: string, purpose: string])[];
}

/**
 * How to call a program: usage, summary, options with their defaults, examples.
 *
 * @example
 * ```ts
 * import { helpText } from "./help.ts";
 * import { SEED } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = helpText({ name: "toss", summary: "Toss a coin." }, { seed: SEED });
 * assertEquals(text.split("\n")[0], "Usage: deno task toss [--seed N]");
 * ```
 */
export function helpText(description: Description, options: Options): string {
  const { name, summary, examples = [] } = description;
  const entries = Object.entries(options);
  const forms = entries.map(([key, option]) =>
    !takesValue(option)
      ? `--${key}`
      : isPositional(option)
      ? option.metavar
      : `--${key} ${option.metavar}`
  );
  const usage = entries.map(([, option], i) => {
    const form = isNeeded(option) ? forms[i] : `[${forms[i]}]`;
    return isRepeated(option) ? `${form}...` : form;
  });
  const rows = entries.map(([, option], i): [string, string] => [
    forms[i],
    takesValue(option) ? option.help + defaultNote(option) : option.help,
  ]);
  return [
    ...wrap(usage, `Usage: deno task ${name} `),
    "",
    ...wrap(summary.split(" ")),
    "",
    "Options:",
    ...table(rows),
    ...(examples.length > 0 ? ["", "Examples:", ...table(examples)] : []),
  ].join("\n");
}

function defaultNote(option: ValueOption<unknown>): string {
  const hasDefault = option.default !== undefined && !isRepeated(option);
  return hasDefault ? ` (default ${option.default})` : "";
}

/** Two columns; a left cell too long for its column has the right one begin on the next line. */
function table(rows: readonly (readonly [string, string])[]): string[] {
  const column = Math.min(28, 4 + Math.max(...rows.map(([left]) => left.length)));
  return rows.flatMap(([left, right]) => {
    const head = `  ${left}`;
    const fits = head.length + 2 <= column + 2;
    const wrapped = wrap(right.split(" "), (fits ? head : "").padEnd(column + 2));
    return fits ? wrapped : [head, ...wrapped];
  });
}
