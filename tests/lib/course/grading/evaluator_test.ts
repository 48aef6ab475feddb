import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { exerciseB } from "../../../../exercises/b_score/exercise.ts";
import { Evaluator } from "../../../../lib/course/grading/evaluator.ts";
import type { Judged } from "../../../../lib/course/grading/evaluator_protocol.ts";
import { judge } from "../../../../lib/course/grading/judge.ts";
import { solutionText } from "../../../student_project.ts";
import { withFolder } from "./folders.ts";

/** What comes of judging files one after the other, and how many evaluators that took. */
async function judgedWith(mostMemory: number, files: readonly string[]) {
  const started: Evaluator[] = [];
  const use = async () => {
    const last = started.at(-1);
    if (last?.alive) return last;
    started.push(await Evaluator.start(mostMemory));
    return started.at(-1)!;
  };
  const results: Omit<Judged, "seconds">[][] = [];
  for (const file of files) {
    const task = { file, shown: "exercise_b.ts", exercise: "b", seed: 0, timeout: 30 };
    const { judged, notes } = await judge(task, exerciseB.checks, use);
    assertEquals(notes, []);
    results.push(judged.map(({ seconds: _, ...result }) => result));
  }
  for (const evaluator of started) await evaluator.close();
  return { results, evaluators: started.length };
}

Deno.test("what has too much memory judges nothing more, and the results stay the same", async () => {
  const text = await solutionText("b_score");
  const wrong = text.slice(0, text.indexOf("export function veForward"));
  await withFolder({ "0.ts": wrong, "1.ts": text }, async (folder) => {
    const files = [0, 1].map((i) => join(folder, `${i}.ts`));
    const [one, many] = [await judgedWith(Infinity, files), await judgedWith(1, files)];
    assertEquals([one.evaluators, many.evaluators], [1, 2]);
    assertEquals(many.results, one.results);
    const passed = one.results.map((judged) => judged.every(({ status }) => status === "passed"));
    assertEquals(passed, [false, true]);
    assert(one.results[0].some(({ status }) => status === "passed"));
  });
});
