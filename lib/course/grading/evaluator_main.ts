/**
 * The program that judges submissions for a batch: it has the checks and ONNX Runtime, and never a
 * student's code. What ONNX Runtime does to its process, the batch survives.
 *
 * @module
 */
import { entryOf } from "../../../exercises/catalogue.ts";
import { GenlabError } from "../../errors.ts";
import { setDevice } from "../../runtime/mod.ts";
import { releaseSessions } from "../../runtime/session.ts";
import { setThreadLimit } from "../../runtime/threads.ts";
import { type CheckResult, type Exercise, runChecks } from "../check.ts";
import { hasCode } from "../entry.ts";
import { linesOf, MARK } from "../runner/protocol.ts";
import { inRunner, type Student, StudentError } from "../student.ts";
import type { Judged, Message, Task } from "./evaluator_protocol.ts";

/** Bytes of memory from which sessions are let go: right submissions take a fraction. */
const MODEST = 2 ** 29;

/** Whether the supervisor made a group of this program, which what it starts belongs to. */
const HAS_GROUP = Deno.build.os !== "windows";

if (import.meta.main) {
  try {
    // There are as many of it as are to work at once; a thread that memory is missing for ends it.
    setThreadLimit(1);
    await setDevice("cpu");
    say({ ready: true });
  } catch (error) {
    if (!(error instanceof GenlabError)) throw error;
    say({ fault: error.message });
    Deno.exit(1);
  }
  for await (const line of linesOf(Deno.stdin.readable, Infinity)) await judge(JSON.parse(line));
}

/** Does a task. */
async function judge(task: Task): Promise<void> {
  const { functions, seed } = task;
  const { checks } = await exerciseOf(task.exercise);
  const student = await open(task);
  say({ loaded: true });
  try {
    const asked = checks.filter((check) => functions.includes(check.function));
    for await (const result of runChecks({ checks: asked }, student, { seed })) {
      if (isOutOfMemory(result)) endForMemory();
      say({ judged: judgedOf(result) });
      if (Deno.memoryUsage().rss > MODEST) await releaseSessions();
    }
  } finally {
    await student.close();
  }
  say({ done: true, memory: Deno.memoryUsage().rss });
}

async function exerciseOf(name: string): Promise<Exercise> {
  const entry = entryOf(name);
  if (!hasCode(entry)) throw new Error(`exercise ${name} has no code to check`);
  return await entry.code.load();
}

/** The functions of the task's file; if it cannot be loaded, every call says why. */
async function open(
  { file, shown, timeout, limits, bubblewrap }: Task,
): Promise<Student> {
  try {
    return await inRunner(file, { shown, timeout, limits, bubblewrap, isInGroup: HAS_GROUP });
  } catch (error) {
    if (!(error instanceof StudentError)) throw error;
    const fail = () => Promise.reject(error);
    return { trace: fail, call: fail, close: () => Promise.resolve() };
  }
}

/** Whether memory was missing here, and not in the process with the student's file. */
function isOutOfMemory({ status, error }: CheckResult): boolean {
  return status === "memory" && error === undefined;
}

/** Ends the program: nobody can tell how much there is left for what comes next, of others as well. */
function endForMemory(): never {
  console.error("out of memory");
  Deno.exit(1);
}

function judgedOf({ id, status, message, finding, seconds }: CheckResult): Judged {
  return { id, status, message, finding, seconds };
}

function say(message: Message): void {
  // Libraries may have left a line unfinished.
  const bytes = new TextEncoder().encode(`\n${MARK}${JSON.stringify(message)}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}
