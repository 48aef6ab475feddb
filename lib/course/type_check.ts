/**
 * Type errors in a student's file. The file runs in spite of them, because types are stripped before,
 * and most often computes something else than was meant.
 *
 * TypeScript works in a process beside the checks and never runs the file. Its time goes into reading
 * declarations, so it gets few: the language's and Deno's own, of `genlab` what builds graphs. Names
 * that exist and are declared elsewhere (`console`, `URL`) are passed over afterwards. A missing type
 * annotation is no error.
 *
 * @module
 */
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { shortPath } from "./paths.ts";
import { denoExecutable, WITHOUT_COLOURS } from "./runner/executable.ts";
import { importMapFor } from "./runner/sandbox.ts";

/** Milliseconds after which there is no verdict. */
const TIMEOUT = 60_000;
/** Memory for the same: a file of some hundred lines takes 200 MB, types that explode take it all. */
const HEAP_MEGABYTES = 1024;
/** How much of a message is shown; types can be long. */
const LONGEST_MESSAGE = 300;

const LIBRARY = new URL("../", import.meta.url).href;
const CONFIG = fileURLToPath(new URL("type_check.json", import.meta.url));

/** An error of types, where TypeScript sees it. */
export interface TypeFault {
  /** The file as the person knows it. */
  readonly file: string;
  /** Counted from 1, as is the column. */
  readonly line: number;
  readonly column: number;
  /** TypeScript's message, in one line. */
  readonly message: string;
}

/**
 * The type errors of a file, in their order.
 *
 * @param path the file, absolute
 * @param signal ends the search
 * @returns undefined if there is no verdict: it took too long, was ended, or the file is none that
 * TypeScript can read
 */
export async function typeFaultsIn(
  path: string,
  signal: AbortSignal,
): Promise<readonly TypeFault[] | undefined> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), TIMEOUT);
  const { success, stderr } = await new Deno.Command(denoExecutable(), {
    args: [
      ...["check", "--quiet", "--config", CONFIG, "--no-lock"],
      ...["--no-npm", "--no-remote", "--cached-only"],
      `--v8-flags=--max-old-space-size=${HEAP_MEGABYTES}`,
      `--import-map=${importMapFor(pathToFileURL(path).href)}`,
      path,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    env: WITHOUT_COLOURS,
    signal: AbortSignal.any([signal, late.signal]),
  }).output().finally(() => clearTimeout(timer));
  if (success) return [];
  const text = new TextDecoder().decode(stderr);
  return text.includes("error: Type checking failed") ? readFaults(text) : undefined;
}

/**
 * The errors in what `deno check` prints, but for those in genlab itself and those that are no
 * mistakes.
 *
 * @example
 * ```ts
 * import { readFaults } from "./type_check.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [{ line, column, message }] = readFaults(
 *   `TS2322 [ERROR]: Type 'Tensor' is not assignable to type 'number'.
 * const n: number = mu;
 *       ~
 *     at file:///home/me/exercise_a.ts:14:7
 * `,
 * );
 * assertEquals([line, column], [14, 7]);
 * assertEquals(message, "Type 'Tensor' is not assignable to type 'number'");
 * ```
 */
export function readFaults(printed: string): TypeFault[] {
  // What belongs to an error, such as where else a name is declared, is indented.
  return printed.split(/\n\n(?=\S)/).flatMap((block) => {
    const place = /^ {4}at (file:\S+):(\d+):(\d+)$/m.exec(block);
    const text = /^TS\d+ \[ERROR\]: ([^]*)/.exec(block)?.[1];
    if (place === null || text === undefined || place[1].startsWith(LIBRARY)) return [];
    const [, url, line, column] = place;
    const message = messageOf(text);
    if (isNoMistake(message)) return [];
    const file = shortPath(fileURLToPath(url));
    return [{ file, line: Number(line), column: Number(column), message }];
  });
}

/** The message alone, without the line of code below it and what points into that. */
function messageOf(text: string): string {
  const [message] = text.split(/\n(?:.*\n\s*[\^~]+\n)? {4}at file:/);
  // Names of properties come as they are in the file.
  const line = stripVTControlCharacters(message).replace(/[\p{C}\s]+/gu, " ").trim()
    .replace(/\.$/, "")
    .replace(/'"file:[^"]*\/genlab\.ts"'/, "genlab");
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}

/** Whether only an annotation is missing, or the declaration of something that every program has. */
function isNoMistake(message: string): boolean {
  // Of x[0], which is undefined for a tensor x, the same is said as of a parameter without a type.
  const isIndexed = message.includes("to index type 'Tensor'");
  if (!isIndexed && /\bimplicitly has\b.* 'any(\[\])?'/.test(message)) return true;
  const name = /^Cannot find name '(\w+)'/.exec(message)?.[1] ??
    /^'(\w+)' only refers to a type/.exec(message)?.[1];
  return name === undefined ? /\btypeof globalThis'/.test(message) : name in globalThis;
}
