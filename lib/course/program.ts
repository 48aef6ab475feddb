/**
 * Runs a program from the command line: its arguments in, its exit status out, and every failure as
 * one line that a person can act on.
 *
 * @module
 */
import { GenlabError, UsageError } from "../errors.ts";
import { parseArguments, type Refusals } from "./arguments.ts";
import { type Description, helpText } from "./help.ts";
import { COMMON_OPTIONS, type Options, type Values } from "./options.ts";
import { forgetLibraryVariables } from "./runner/executable.ts";

/** The exit status of a program that Ctrl-C ended, by the convention of shells. */
const INTERRUPTED = 130;

/** What a running program has to do with the world. */
export interface Context {
  /** Prints a line for people: on stdout, or with `--json` on stderr. */
  say(line?: string): void;
  /** Prints the document that `--json` asks for; without `--json` does nothing. */
  report(document: unknown): void;
  /** Whether that document was asked for. */
  readonly json: boolean;
  /** Aborted by Ctrl-C: check it between steps and before writing a file. */
  readonly signal: AbortSignal;
}

/** A program: how it is called, and what it does. */
export interface Program<T extends Options> extends Description {
  readonly options: T;
  /** Arguments that are not taken, and why; see `parseArguments`. */
  readonly refusals?: Refusals;
  /** Does it, and gives the exit status. */
  run(values: Values<T>, context: Context): Promise<number>;
}

/**
 * Runs a program and gives its exit status: what `run` gives; 2 for a command line that is not
 * understood; 1 for any other failure; 130 after Ctrl-C. Nothing is thrown.
 *
 * @example
 * ```ts
 * import { runProgram } from "./program.ts";
 * import { SEED } from "./options.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const toss = {
 *   name: "toss",
 *   summary: "Toss a coin.",
 *   options: { seed: SEED },
 *   run: ({ seed }: { seed: number }) => Promise.resolve(seed % 2),
 * };
 * assertEquals(await runProgram(toss, ["--seed", "3"]), 1);
 * ```
 */
export async function runProgram<T extends Options>(
  program: Program<T>,
  args: readonly string[],
): Promise<number> {
  forgetLibraryVariables();
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  Deno.addSignalListener("SIGINT", interrupt);
  try {
    return await parseAndRun(program, args, interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) {
      console.error(`${program.name}: interrupted`);
      return INTERRUPTED;
    }
    return explain(program.name, error, args.includes("--stack"));
  } finally {
    Deno.removeSignalListener("SIGINT", interrupt);
  }
}

async function parseAndRun<T extends Options>(
  program: Program<T>,
  args: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const { options, refusals } = program;
  const all = { ...options, ...COMMON_OPTIONS };
  const wantsHelp = args.some((argument) => argument === "--help" || argument === "-h");
  if (wantsHelp) {
    console.log(helpText(program, all));
    return 0;
  }
  const values = parseArguments(all, args, refusals);
  const { json } = values as Values<typeof COMMON_OPTIONS>;
  const status = await program.run(values as Values<T>, {
    say: (line = "") => json ? console.error(line) : console.log(line),
    report: (document) => {
      if (json) console.log(JSON.stringify(document));
    },
    json,
    signal,
  });
  return status;
}

/** Says on stderr what went wrong, and gives the exit status for it. */
function explain(name: string, error: unknown, withStack: boolean): number {
  if (error instanceof UsageError) {
    console.error(`${name}: ${oneLine(error.message)}`);
    return 2;
  }
  if (error instanceof GenlabError) {
    console.error(`${name}: ${oneLine(error.message)}`);
  } else if (error instanceof Deno.errors.NotCapable) {
    console.error(
      `${name}: Deno was not allowed to go on (${oneLine(error.message)}); run it as: ` +
        `deno task ${name}`,
    );
  } else if (isSystemError(error)) {
    console.error(`${name}: ${oneLine(error.message)}`);
  } else {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    console.error(
      `${name}: this is a bug in genlab: ${oneLine(message)}; please report it` +
        (withStack ? "" : ", with what --stack shows"),
    );
  }
  if (withStack && error instanceof Error) console.error(error.stack);
  return 1;
}

/** Whether it is the operating system that refused: a full disk, a closed pipe. */
function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string" &&
    /^E[A-Z]+$/.test(error.code);
}

function oneLine(message: string): string {
  return message.trim().replace(/\s*\n\s*/g, " ");
}
