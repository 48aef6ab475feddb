import { assert, assertEquals } from "@std/assert";
import type { CheckResult } from "../../../lib/course/check.ts";
import { functionView, hasHint, stateOf } from "../../../lib/course/check_view.ts";
import { nextStep } from "../../../lib/course/next_step.ts";
import { StudentError, type StudentErrorKind } from "../../../lib/course/student.ts";
import { styleOf } from "../../../lib/course/style.ts";

const PLAIN = { style: styleOf(false), hints: false };
const ENTRY = { name: "a", title: "", folder: "a_vae" };

function result(fields: Partial<CheckResult>): CheckResult {
  return {
    ...{ id: "f-values", function: "f", points: 1, visibility: "public", status: "passed" },
    ...{ message: "f doubles", hint: "Add it to itself.", seconds: 0 },
    ...fields,
  };
}

const FAILED = result({
  status: "failed",
  finding: { expected: "2", received: "3", where: "at index [0] for x [4]" },
});

/** As a function that cannot be called comes out of `runChecks`. */
function unable(kind: StudentErrorKind, message: string, status: CheckResult["status"] = "error") {
  const fault = { kind, message, place: { line: 14, column: 9 } };
  const error = new StudentError(fault, "work/exercise_a.ts");
  return result({ status, message: error.message, error });
}

Deno.test("a function that is right has one line, one that is not written has one that says where", () => {
  assertEquals(functionView("f", [result({}), result({})], PLAIN), ["  ✓ f"]);
  const open = unable("not-written", "not written yet: f", "not-written");
  assertEquals(functionView("f", [open, open], PLAIN), [
    "  · not written yet: f, work/exercise_a.ts:14",
  ]);
});

Deno.test("of a function that is wrong the first failing check is shown, with its hint on request", () => {
  const lines = functionView("f", [result({}), FAILED, result({ status: "failed" })], PLAIN);
  assertEquals(lines, [
    "  ✗ f  1 of 3 checks passed",
    "      check     f doubles",
    "      expected  2",
    "      received  3",
    "      where     at index [0] for x [4]",
  ]);
  const hinted = functionView("f", [FAILED], { ...PLAIN, hints: true });
  assertEquals(hinted[hinted.length - 1], "      hint      Add it to itself.");
});

Deno.test("an exception says itself what is wrong: there is no hint for it", () => {
  const threw = unable("threw", "f: x is not defined");
  assertEquals([hasHint([FAILED]), hasHint([threw]), hasHint([result({})])], [true, false, false]);
  assert(!functionView("f", [threw], { ...PLAIN, hints: true }).join("\n").includes("hint"));
});

Deno.test("a function that cannot be called says why and where", () => {
  const threw = unable("threw", "add: shapes [2] and [3] do not broadcast");
  assertEquals(functionView("f", [threw], PLAIN), [
    "  ✗ f  0 of 1 checks passed",
    "      threw     add: shapes [2] and [3] do not broadcast, work/exercise_a.ts:14",
  ]);
});

Deno.test("lines are at most 80 columns wide, and what code says moves no cursor", () => {
  const long = unable("threw", `\x1b[2Jmany words ${"and more ".repeat(30)}\nend`);
  const lines = functionView("f", [long], PLAIN);
  assert(lines.length > 3);
  for (const line of lines) {
    assert(line.length <= 80, line);
    assert(!/\p{Cc}/u.test(line), line);
  }
});

Deno.test("colours are added to words, and never take their place", () => {
  const coloured = functionView("f", [FAILED], { style: styleOf(true), hints: false }).join("\n");
  const bare = coloured.replace(/\p{Cc}\[\d+m/gu, "");
  assert(coloured !== bare);
  assertEquals(bare, functionView("f", [FAILED], PLAIN).join("\n"));
});

Deno.test("next is what is wrong, then what is not written, then questions, then nothing", () => {
  const open = unable("not-written", "not written yet: g", "not-written");
  const waiting = result({ status: "skipped" });
  const questions = [1, 2, 3].map((number) => ({ number, answered: number === 2 }));
  const next = (functions: [string, CheckResult[]][], left = questions) =>
    nextStep(ENTRY, { functions: new Map(functions), questions: left });
  const right = result({});
  assertEquals(stateOf([waiting]), "waiting");
  assertEquals(next([["g", [open]], ["f", [FAILED]], ["h", [waiting]]]), "mend f");
  assertEquals(next([["f", [right]], ["g", [open]]]), "write g, work/exercise_a.ts:14");
  assertEquals(
    next([["f", [unable("threw", "no")]]]),
    "mend f, work/exercise_a.ts:14",
  );
  const places = new Map([["f", "work/exercise_a.ts:7"]]);
  assertEquals(
    nextStep(ENTRY, { functions: new Map([["f", [FAILED]]]), questions, places }),
    "mend f, work/exercise_a.ts:7",
  );
  // A loop without end is somewhere in its function.
  const late = { kind: "timeout", message: "f did not finish" } as const;
  const endless = result({
    status: "timeout",
    error: new StudentError(late, "work/exercise_a.ts"),
  });
  assertEquals(
    nextStep(ENTRY, { functions: new Map([["f", [endless]]]), questions, places }),
    "mend f, work/exercise_a.ts:7",
  );
  const { error: fault } = unable("syntax", "unexpected }");
  assertEquals(
    nextStep(ENTRY, { fault, functions: new Map([["f", [FAILED]]]), questions }),
    "mend the file, work/exercise_a.ts:14",
  );
  const gone = new StudentError({ kind: "file", message: "there is no file work/exercise_a.ts" });
  assertEquals(
    nextStep(ENTRY, { fault: gone, functions: new Map(), questions }),
    "give a file with your functions; deno task start a makes one",
  );
  assertEquals(
    next([["f", [right]]])?.replace(/in .*work/, "in work"),
    "answer questions 1, 3 in work/answers_a.md",
  );
  const many = [1, 2, 3, 4, 6, 7, 9].map((number) => ({ number, answered: false }));
  assertEquals(
    next([["f", [right]]], many)?.replace(/ in .*/, ""),
    "answer questions 1 to 4, 6, 7, 9",
  );
  assertEquals(next([["f", [right]]], []), undefined);
});
