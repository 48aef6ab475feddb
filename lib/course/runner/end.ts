/**
 * What a runner's process ended of.
 *
 * @module
 */
import { TOO_MUCH_MEMORY } from "../graph/fault.ts";
import type { Fault } from "../student_error.ts";

/** Exit statuses that stand for signals, as shells count them. */
const [SIGTRAP, SIGABRT, SIGKILL, SIGXCPU] = [5, 6, 9, 24].map((signal) => 128 + signal);

/** How Deno says that there is nothing left that could end an `await`. */
const NEVER = /^error: Top-level await promise never resolved/m;

/** What is said of what takes too long, after how long it may take. */
export const LOOK_FOR_LOOPS = "look for a loop that does not end, or a very large array";

/** What V8, Rust and C++ say where memory is missing. */
const NO_MEMORY = /out of memory|last few gcs|allocation .*failed|bad_alloc/i;

/**
 * Whether a program of ours, in which no student's code ran, ended for want of memory: it says so, was
 * killed, which is what systems do then, or ended itself without a word.
 *
 * @param code its exit status
 * @param lastWords the end of what it printed on stderr
 */
export function endedForMemory(code: number, lastWords: string): boolean {
  const endedItself = code === SIGTRAP || code === SIGABRT;
  return NO_MEMORY.test(lastWords) || code === SIGKILL || (endedItself && lastWords.trim() === "");
}

/** What Deno says was thrown and not caught, if it does. */
export function thrownIn(lastWords: string): string | undefined {
  return /^error: (?:Uncaught )?(?:\(in promise\) )?(.+)$/m.exec(lastWords)?.[1];
}

/**
 * Why a process that nobody closed is no longer there; the message goes on from what it was doing.
 *
 * @param code its exit status
 * @param lastWords the end of what it printed on stderr
 * @param cpu seconds of processor time that it was allowed, if they were bounded
 */
export function endOf(code: number, lastWords: string, cpu?: number): Fault {
  if (code === SIGXCPU) {
    const limit = cpu === undefined ? "the time limit" : `${cpu} s of processor time`;
    return { kind: "timeout", message: `did not finish within ${limit}; ${LOOK_FOR_LOOPS}` };
  }
  // The system kills what takes too much memory; V8 and Rust end themselves, and may say why.
  const isKilled = [SIGTRAP, SIGABRT, SIGKILL].includes(code);
  if (isKilled || NO_MEMORY.test(lastWords)) {
    return { kind: "memory", message: TOO_MUCH_MEMORY };
  }
  if (NEVER.test(lastWords)) {
    return { kind: "timeout", message: "waits for something that never comes; look for an await" };
  }
  const thrown = thrownIn(lastWords);
  const message = thrown === undefined
    ? `ended the program it runs in (exit status ${code}); take Deno.exit and the like out of it`
    : `ended the program it runs in: ${thrown}`;
  return { kind: "ended", message };
}
