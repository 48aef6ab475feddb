import { assertEquals, assertMatch } from "@std/assert";
import { endedForMemory, endOf } from "../../../../lib/course/runner/end.ts";

Deno.test("a process that V8 or the system ended took too much memory, whatever it said", () => {
  // SIGTRAP, SIGABRT and SIGKILL, as shells count them.
  for (const code of [133, 134, 137]) assertEquals(endOf(code, "").kind, "memory");
  const words = [
    "FATAL ERROR: Reached heap limit Allocation failed",
    "memory allocation of 8 bytes failed",
  ];
  for (const text of words) assertEquals(endOf(1, text).kind, "memory");
});

Deno.test("a program of ours that says otherwise did not end for want of memory", () => {
  const ends: [number, string][] = [
    [137, ""],
    [134, "\n"],
    [133, "# Fatal process out of memory: Zone"],
    [134, "terminate called after throwing an instance of 'std::bad_alloc'"],
    [1, "out of memory"],
  ];
  for (const [code, words] of ends) assertEquals(endedForMemory(code, words), true, words);
  const others: [number, string][] = [[134, "an assertion failed"], [139, ""], [1, ""]];
  for (const [code, words] of others) assertEquals(endedForMemory(code, words), false, words);
});

Deno.test("processor time, endless waiting and a process that ended itself are told apart", () => {
  const late = endOf(152, "", 5);
  assertEquals(late.kind, "timeout");
  assertMatch(late.message, /^did not finish within 5 s of processor time; look for a loop/);
  assertEquals(endOf(1, "error: Top-level await promise never resolved").kind, "timeout");
  const { kind, message } = endOf(3, "");
  assertEquals(kind, "ended");
  assertMatch(message, /exit status 3/);
  assertMatch(endOf(1, "error: Uncaught (in promise) Error: late").message, /: Error: late$/);
});
