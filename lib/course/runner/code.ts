/**
 * Which parts of a program are code, and which are comments or texts, without a parser of its own.
 *
 * Whether a slash divides or opens a regular expression takes a whole parser to tell, and one that
 * tells it otherwise than Deno's could be fooled. So every reading that is possible is followed, and a
 * character counts as code if it is code in any of them.
 *
 * @module
 */

/** What a character may be, as bits. */
export const [CODE, COMMENT, TEXT] = [1, 2, 4];

/** More readings than programs have; then nothing is known. */
const MOST_READINGS = 16;

/** What stands where. */
type Mode = "code" | "line comment" | "comment" | "'" | '"' | "`" | "regular expression";

/** The braces that are open around a place: each is a block's, or that of a template's expression. */
class Open {
  // Equal stacks are one object, by which readings that have become equal are found.
  private block?: Open;
  private template?: Open;

  constructor(readonly below?: Open, readonly isTemplate = false) {}

  /** With a brace more, a block's or a template's. */
  with(isTemplate: boolean): Open {
    return isTemplate
      ? this.template ??= new Open(this, true)
      : this.block ??= new Open(this, false);
  }
}

/** One way to read a program up to a place. */
interface Reading {
  readonly mode: Mode;
  readonly open: Open;
  /** Where it goes on: up to there nothing changes. */
  readonly from: number;
}

/**
 * What each character of a program may be: `CODE`, `COMMENT` and `TEXT`, which regular expressions
 * count as, or several of them. Beyond something that no program has, such as a text that is open at
 * the end of its line, everything may be anything.
 */
export function kindsIn(program: string): Uint8Array {
  const kinds = new Uint8Array(program.length);
  let readings: Reading[] = [{ mode: "code", open: new Open(), from: 0 }];
  for (let i = 0; i < program.length; i++) {
    if (readings.length === 0 || readings.length > MOST_READINGS) {
      return kinds.fill(CODE | COMMENT | TEXT, i);
    }
    let next = readings;
    for (const [k, reading] of readings.entries()) {
      kinds[i] |= kindOf(reading.mode);
      const after = i < reading.from ? undefined : step(program, i, reading);
      if (after !== undefined && next === readings) next = readings.slice(0, k);
      if (next === readings) continue;
      for (const one of after ?? [reading]) {
        if (!next.some((other) => isSame(one, other))) next.push(one);
      }
    }
    readings = next;
  }
  return kinds;
}

function kindOf(mode: Mode): number {
  if (mode === "code") return CODE;
  return mode === "comment" || mode === "line comment" ? COMMENT : TEXT;
}

function isSame(a: Reading, b: Reading): boolean {
  return a.mode === b.mode && a.open === b.open && a.from === b.from;
}

/** The readings that one becomes at a character; undefined if it stays as it is. */
function step(program: string, i: number, reading: Reading): Reading[] | undefined {
  const { mode, open } = reading;
  const character = program[i];
  const to = (mode: Mode, length = 1, inside = open): Reading => {
    return { mode, open: inside, from: i + length };
  };
  switch (mode) {
    case "code":
      return stepInCode(program, i, reading, to);
    case "line comment":
      if (character === "\n" || character === "\r") return [to("code")];
      return /[\u2028\u2029]/.test(character) ? [to("code"), reading] : undefined;
    case "comment":
      return program.startsWith("*/", i) ? [to("code", 2)] : undefined;
    case "`":
      if (character === "\\") return [to(mode, 2)];
      if (character === "`") return [to("code")];
      return program.startsWith("${", i) ? [to("code", 2, open.with(true))] : undefined;
    case "regular expression":
      if (character === "\\") return [to(mode, 2)];
      // In a class of characters it stands for itself, and what a class is depends on flags.
      if (character === "/") return [to("code"), reading];
      return /[\n\r\u2028\u2029]/.test(character) ? [] : undefined;
    default:
      if (character === mode) return [to("code")];
      if (character === "\\") return [to(mode, program.startsWith("\r\n", i + 1) ? 3 : 2)];
      return character === "\n" || character === "\r" ? [] : undefined;
  }
}

function stepInCode(
  program: string,
  i: number,
  reading: Reading,
  to: (mode: Mode, length?: number, inside?: Open) => Reading,
): Reading[] | undefined {
  const { open } = reading;
  const character = program[i];
  switch (character) {
    case "'":
    case '"':
    case "`":
      return [to(character)];
    case "/":
      if (program[i + 1] === "/") return [to("line comment", 2)];
      if (program[i + 1] === "*") return [to("comment", 2)];
      return [reading, to("regular expression")];
    case "{":
      return [to("code", 1, open.with(false))];
    case "}":
      if (open.below === undefined) return undefined;
      return [to(open.isTemplate ? "`" : "code", 1, open.below)];
    // Comments as HTML and shells have them, where Deno should take them for such.
    case "<":
      return program.startsWith("<!--", i) ? [reading, to("line comment")] : undefined;
    case "-":
      return program.startsWith("-->", i) ? [reading, to("line comment")] : undefined;
    case "#":
      return i <= 1 && program[i + 1] === "!" ? [reading, to("line comment")] : undefined;
  }
}
