/**
 * Splits a command line into options and other arguments, by the rules of `minimist` as the
 * published `@std/cli` applies them.
 *
 * @module
 */

/** One argument, or the option that it (and perhaps the argument after it) sets. */
export type Argument =
  | { kind: "other"; text: string; index: number }
  | { kind: "option"; text: string; name: string; value: string | boolean; negated?: true };

/** What has to be known of an option to tell whether the next argument is its value. */
export interface Syntax {
  isBoolean(name: string): boolean;
  isString(name: string): boolean;
  isNegatable(name: string): boolean;
  /** Whether every long option is boolean. */
  allBoolean: boolean;
}

/** The arguments in order; `args` must not hold `--`. */
export function* readArguments(args: readonly string[], syntax: Syntax): Generator<Argument> {
  for (let index = 0; index < args.length; index++) {
    const text = args[index];
    if (text.length < 2 || !text.startsWith("-")) {
      yield { kind: "other", text, index };
      continue;
    }
    const { complete, open } = text.startsWith("--")
      ? readLong(text, syntax)
      : readShort(text, syntax);
    yield* complete;
    if (open === undefined) continue;
    const value = valueFrom(args[index + 1], text, open, syntax);
    if (value !== undefined) index++;
    yield { kind: "option", text, name: open, value: value ?? missingValue(open, syntax) };
  }
}

/** The options an argument sets by itself, and the one whose value may be in the next argument. */
interface Parts {
  complete: Argument[];
  open?: string;
}

function readLong(text: string, syntax: Syntax): Parts {
  const body = text.slice(2);
  const negative = body.startsWith("no-");
  const positive = negative ? body.slice(3) : body;
  const equals = positive.indexOf("=", 1);
  if (equals > 0) {
    // `--no-name=value` sets `name` to the value: odd, but what the published parser does.
    const [name, assigned] = [positive.slice(0, equals), positive.slice(equals + 1)];
    const value = syntax.isBoolean(name) ? assigned !== "false" : assigned;
    return { complete: [{ kind: "option", text, name, value }] };
  }
  if (negative && syntax.isNegatable(positive)) {
    return { complete: [{ kind: "option", text, name: positive, value: false, negated: true }] };
  }
  return { complete: [], open: body };
}

/** `-abc` is three options; a number, a sign or `=...` after a letter is that letter's value. */
function readShort(text: string, syntax: Syntax): Parts {
  const complete: Argument[] = [];
  const set = (name: string, value: string | boolean) =>
    complete.push({ kind: "option", text, name, value });

  for (let i = 1; i < text.length - 1; i++) {
    const name = text[i];
    const rest = text.slice(i + 1);
    const value = attachedValue(name, rest);
    set(name, value ?? missingValue(name, syntax));
    if (value !== undefined) return { complete };
  }
  return { complete, open: text[text.length - 1] };
}

function attachedValue(name: string, rest: string): string | undefined {
  if (rest === "-") return rest;
  if (rest === "=") return "";
  if (/[A-Za-z]/.test(name)) {
    const assigned = /=(.+)/s.exec(rest)?.[1];
    if (assigned !== undefined) return assigned;
    if (/\d\.?$/.test(rest)) return rest;
  }
  return rest.length > 1 && /^\W/.test(rest) ? rest : undefined;
}

function valueFrom(
  next: string | undefined,
  text: string,
  name: string,
  syntax: Syntax,
): string | boolean | undefined {
  if (!next) return undefined;
  const long = text.startsWith("--");
  const takesValue = !syntax.isBoolean(name) && !(long && syntax.allBoolean);
  const isOption = long ? next.startsWith("-") : /^--?[^-]/.test(next);
  if (takesValue && !isOption) return next;
  return next === "true" || next === "false" ? next === "true" : undefined;
}

function missingValue(name: string, syntax: Syntax): string | boolean {
  return syntax.isString(name) ? "" : true;
}
