/**
 * What a runner's process ended of.
 *
 * @module
 */
import type { Fault } from "../student_error.ts";

/** Exit statuses that stand for signals, as shells count them. */
const [SIGKILL, SIGXCPU] = [128 + 9, 128 + 24];

/** How Deno says that there is nothing left that could end an `await`. */
const NEVER = /^error: Top-level await promise never resolved/m;

/** Why a process that nobody closed is no longer there; the message goes on from what it was doing. */
export function endOf(code: number, lastWords: string): Fault {
  if (code === SIGXCPU) return { kind: "timeout", message: "took too much processor time" };
  // The system kills what takes too much memory; V8 and Rust say so themselves.
  if (code === SIGKILL || /out of memory|last few gcs|allocation .*failed/i.test(lastWords)) {
    return {
      kind: "memory",
      message: "took too much memory; look for arrays that grow without end",
    };
  }
  if (NEVER.test(lastWords)) {
    return { kind: "timeout", message: "waits for something that never comes; look for an await" };
  }
  const thrown = /^error: (?:Uncaught )?(?:\(in promise\) )?(.+)$/m.exec(lastWords)?.[1];
  const message = thrown === undefined
    ? `ended the program it runs in (exit status ${code}); take Deno.exit and the like out of it`
    : `ended the program it runs in: ${thrown}`;
  return { kind: "ended", message };
}
