import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  type Check,
  CheckFailure,
  type CheckResult,
  runChecks,
  type Status,
} from "../../../lib/course/check.ts";
import { inProcess, StudentError, type StudentErrorKind } from "../../../lib/course/student.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import { GenlabError, MemoryError } from "../../../lib/errors.ts";
import { Generator, rand } from "../../../mod.ts";

const STUDENT = inProcess({});
const FINDING = { expected: "1", received: "2", where: "for x = 1" };

function check(id: string, run: () => void, more: Partial<Check> = {}): Check {
  return {
    id,
    function: "f",
    points: 1,
    message: `${id} is right`,
    hint: "Think.",
    visibility: "public",
    run: () => Promise.resolve().then(run),
    ...more,
  };
}

function fail(error: Error): () => never {
  return () => {
    throw error;
  };
}

async function results(...checks: Check[]): Promise<CheckResult[]> {
  return await Array.fromAsync(runChecks({ checks }, STUDENT));
}

async function statuses(...checks: Check[]): Promise<Status[]> {
  return (await results(...checks)).map(({ status }) => status);
}

Deno.test("a check that does not throw passes, with its own message, hint and points", async () => {
  const [{ seconds, ...result }] = await results(check("a", () => {}));
  assert(seconds >= 0);
  assertEquals(result, {
    id: "a",
    function: "f",
    points: 1,
    visibility: "public",
    status: "passed",
    message: "a is right",
    hint: "Think.",
  });
});

Deno.test("a failed check keeps its message and says what it found", async () => {
  const [result] = await results(check("a", fail(new CheckFailure(FINDING))));
  assertEquals([result.status, result.message], ["failed", "a is right"]);
  assertEquals(result.finding, FINDING);
});

Deno.test("a failure to call the function says why in place of the check's message", async () => {
  const expected: Record<StudentErrorKind, Status> = {
    "file": "missing",
    "syntax": "error",
    "missing": "missing",
    "not-written": "not-written",
    "threw": "error",
    "type": "error",
    "timeout": "timeout",
    "memory": "memory",
    "output": "error",
    "ended": "error",
    "rejected": "rejected",
  };
  for (const [kind, status] of Object.entries(expected) as [StudentErrorKind, Status][]) {
    const error = new StudentError({ kind, message: "no" });
    const [result] = await results(check("a", fail(error)));
    assertEquals([result.status, result.message, result.error], [status, "no", error]);
  }
});

Deno.test("a function that takes too long is not called again, one that threw is", async () => {
  for (const [kind, calls] of [["timeout", 1], ["not-written", 1], ["threw", 2]] as const) {
    let called = 0;
    const run = () => {
      called++;
      throw new StudentError({ kind, message: "no" });
    };
    const all = await results(check("a", run), check("b", run));
    assertEquals(called, calls, kind);
    assertEquals(all[0].status, all[1].status);
  }
});

Deno.test("another function is called all the same", async () => {
  const slow = fail(new StudentError({ kind: "timeout", message: "no" }));
  const other = check("b", () => {}, { function: "g" });
  assertEquals(await statuses(check("a", slow), other), ["timeout", "passed"]);
});

Deno.test("what the runtime refuses is the student's error, a bug is the grader's", async () => {
  const [refused, bug] = await results(
    check("a", fail(new GenlabError("index 7 is out of range"))),
    check("b", fail(new TypeError("x is undefined"))),
  );
  assertEquals([refused.status, refused.message], ["error", "index 7 is out of range"]);
  assertEquals(bug.status, "grader-error");
  assertMatch(bug.message, /TypeError: x is undefined/);
});

Deno.test("what waits for another function is skipped only where it fails", async () => {
  const wrong = check("a", fail(new CheckFailure(FINDING)));
  const right = check("a", () => {});
  const needs = { function: "g", needs: ["f"] };
  const passes = check("b", () => {}, needs);
  const fails = check("c", fail(new CheckFailure(FINDING)), needs);
  assertEquals(await statuses(right, passes, fails), ["passed", "passed", "failed"]);
  assertEquals(await statuses(wrong, passes, fails), ["failed", "passed", "skipped"]);
  const skipped = (await results(wrong, fails))[1];
  assertEquals([skipped.message, skipped.finding], ["waits for f to pass its checks", undefined]);
});

Deno.test("a function that is not written says so, even if it waits for another", async () => {
  const stub = (name: string) =>
    fail(new StudentError({ kind: "not-written", message: `not written yet: ${name}` }));
  const needs = { function: "second", needs: ["f"] };
  const first = check("a", stub("f"));
  assertEquals(await statuses(first, check("b", stub("second"), needs)), [
    ...["not-written", "not-written"] as const,
  ]);
  assertEquals(await statuses(first, check("b", stub("f"), needs)), ["not-written", "skipped"]);
});

Deno.test("what takes too much memory when it is computed is told as that", async () => {
  const array = new RangeError("Array buffer allocation failed");
  const [a, b] = await results(
    check("a", fail(new MemoryError("not enough memory"))),
    check("b", fail(array)),
  );
  assertEquals([a.status, b.status], ["memory", "memory"]);
  assertEquals(a.message, "f: what it computes takes too much memory; look for large shapes");
});

Deno.test("random numbers depend on the seed, and on nothing that ran before", async () => {
  const drawn: number[] = [];
  const draw = () => void drawn.push(seeded(51).float(), rand([1]).values![0]);
  for await (
    const { status } of runChecks({ checks: [check("a", draw), check("b", draw)] }, STUDENT)
  ) {
    assertEquals(status, "passed");
  }
  const [first, second] = [drawn.slice(0, 2), drawn.slice(2)];
  assertEquals(first, second);
  assertEquals(first[0], new Generator(51).float());
  for await (const _ of runChecks({ checks: [check("a", draw)] }, STUDENT, { seed: 1 }));
  assert(drawn[4] !== first[0] && drawn[5] !== first[1]);
});
