/**
 * What a program prints, for the tests of programs.
 *
 * @module
 */
import { type Program, runProgram } from "../../../lib/course/program.ts";
import type { Options } from "../../../lib/course/options.ts";

/** A program that ended. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in this process. */
export async function capture<T extends Options>(
  program: Program<T>,
  args: readonly string[] = [],
): Promise<Ended> {
  const { log, error } = console;
  let [stdout, stderr] = ["", ""];
  console.log = (line: unknown) => void (stdout += `${line}\n`);
  console.error = (line: unknown) => void (stderr += `${line}\n`);
  try {
    const status = await runProgram(program, args);
    return { status, stdout, stderr };
  } finally {
    Object.assign(console, { log, error });
  }
}
