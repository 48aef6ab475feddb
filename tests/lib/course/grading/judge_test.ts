import { assertEquals, assertMatch } from "@std/assert";
import type { Check } from "../../../../lib/course/check.ts";
import type { Death, Evaluator } from "../../../../lib/course/grading/evaluator.ts";
import type { Judged } from "../../../../lib/course/grading/evaluator_protocol.ts";
import { judge } from "../../../../lib/course/grading/judge.ts";

const TASK = {
  ...{ file: "/copy/exercise_a.ts", shown: "exercise_a.ts", exercise: "a" },
  ...{ seed: 0, timeout: 10 },
};

/** Checks `f-1`, `f-2`, `g-1`, ... */
const CHECKS = ["f", "g", "h"].flatMap((name) =>
  [1, 2, 3].map((number): Check => ({
    ...{ id: `${name}-${number}`, function: name, points: 1, visibility: "public" },
    ...{ message: "", hint: "", run: () => Promise.resolve() },
  }))
);

const DIED: Death = { kind: "died", reason: "signal 7" };

/** What comes of evaluators of which those in turn end before the given check, or go through. */
async function judged(...ends: readonly [before: string, death: Death][]) {
  let turn = 0;
  const asked: string[] = [];
  const use = () => {
    const [before, death] = ends[turn++] ?? [];
    const evaluator: Pick<Evaluator, "judge"> = {
      judge({ functions }, _patience, take) {
        asked.push(functions.join());
        for (const check of CHECKS.filter((check) => functions.includes(check.function))) {
          if (check.id === before) return Promise.resolve(death);
          take({ id: check.id, status: "passed", message: `${turn}`, seconds: 1 });
        }
        return Promise.resolve(undefined);
      },
    };
    return Promise.resolve(evaluator);
  };
  const { judged, notes } = await judge(TASK, CHECKS, use);
  assertEquals(judged.map(({ id }) => id), CHECKS.map(({ id }) => id));
  const others = judged.filter(({ status }) => status !== "passed");
  return { asked, notes, statuses: others.map(({ id, status }) => `${id} ${status}`), others };
}

Deno.test("an evaluator that goes through answers every check", async () => {
  const { asked, notes, statuses } = await judged();
  assertEquals([asked, notes, statuses], [["f,g,h"], [], []]);
});

Deno.test("after an accident the function is judged again as a whole, and nothing is lost", async () => {
  const { asked, notes, statuses } = await judged(["g-2", DIED]);
  assertEquals([asked, statuses], [["f,g,h", "g,h"], []]);
  assertEquals(notes, ["the process that judged g ended (signal 7), and another did it again"]);
});

Deno.test("a function that ends two evaluators is left, and the others go on", async () => {
  const { asked, statuses, others } = await judged(["g-2", DIED], ["g-2", DIED]);
  assertEquals(asked, ["f,g,h", "g,h", "h"]);
  assertEquals(statuses, ["g-2 grader-error", "g-3 grader-error"]);
  assertMatch(others[0].message, /ended twice at g \(signal 7\).*mark it by hand/);
});

Deno.test("every function may end evaluators, and each check has its answer", async () => {
  const ends = ["f-1", "f-1", "g-1", "g-1", "h-1", "h-1"].map((id): [string, Death] => [id, DIED]);
  assertEquals((await judged(...ends)).statuses, CHECKS.map(({ id }) => `${id} grader-error`));
});

Deno.test("a function that is late twice has run out of time", async () => {
  const late: Death = { kind: "late" };
  const { statuses, others, notes } = await judged(["f-2", late], ["f-2", late]);
  assertEquals(statuses, ["f-2 timeout", "f-3 timeout"]);
  assertMatch(others[0].message, /^checking f took more than 35 s; look for/);
  assertEquals(notes, ["the process that judged f took too long, and another did it again"]);
});

Deno.test("when the whole file is late, all that is left has run out of time", async () => {
  const { asked, statuses, others } = await judged(["g-3", { kind: "overdue" }]);
  assertEquals(asked, ["f,g,h"]);
  assertEquals(statuses, ["g-3 timeout", "h-1 timeout", "h-2 timeout", "h-3 timeout"]);
  assertMatch(others[0].message, /^the whole file took more than 100 s/);
});

Deno.test("what two run out of memory at one place took too much of it", async () => {
  const killed: Death = { kind: "memory", reason: "signal 9" };
  const { statuses, others, notes } = await judged(["h-1", killed], ["h-1", killed]);
  assertEquals(statuses, ["h-1 memory", "h-2 memory", "h-3 memory"]);
  assertMatch(others[0].message, /^h: what it computes takes too much memory; look for/);
  assertEquals(notes, ["the process that judged h ended (signal 9), and another did it again"]);
});

Deno.test("an evaluator that says it is done without answers gives no points", async () => {
  const use = () => Promise.resolve({ judge: () => Promise.resolve(undefined) });
  const { judged } = await judge(TASK, CHECKS, use);
  assertEquals(
    new Set(judged.map(({ status }: Judged) => status)),
    new Set<Judged["status"]>(["grader-error"]),
  );
});
