import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { exerciseB } from "../../../../exercises/b_score/exercise.ts";
import type { Check } from "../../../../lib/course/check.ts";
import { Evaluator, type Memory } from "../../../../lib/course/grading/evaluator.ts";
import type { Judged } from "../../../../lib/course/grading/evaluator_protocol.ts";
import { judge } from "../../../../lib/course/grading/judge.ts";
import { solutionText } from "../../../student_project.ts";
import { withFolder } from "./folders.ts";

/** What comes of judging files one after the other, and how many evaluators that took. */
async function judgedWith(
  memory: Partial<Memory>,
  files: readonly string[],
  checks: readonly Check[] = exerciseB.checks,
) {
  const started: Evaluator[] = [];
  const use = async () => {
    const last = started.at(-1);
    if (last?.alive) return last;
    started.push(await Evaluator.start(memory));
    return started.at(-1)!;
  };
  const results: Omit<Judged, "seconds">[][] = [];
  const allNotes: string[] = [];
  for (const file of files) {
    const task = { file, shown: "exercise_b.ts", exercise: "b", seed: 0, timeout: 30 };
    const { judged, notes } = await judge(task, checks, use);
    allNotes.push(...notes);
    results.push(judged.map(({ seconds: _, ...result }) => result));
  }
  for (const evaluator of started) await evaluator.close();
  return { results, notes: allNotes, evaluators: started.length };
}

Deno.test("what has too much memory judges nothing more, and the results stay the same", async () => {
  const text = await solutionText("b_score");
  const wrong = text.slice(0, text.indexOf("export function veForward"));
  await withFolder({ "0.ts": wrong, "1.ts": text }, async (folder) => {
    const files = [0, 1].map((i) => join(folder, `${i}.ts`));
    const [one, many] = [
      await judgedWith({ kept: Infinity }, files),
      await judgedWith({ kept: 1 }, files),
    ];
    assertEquals([one.evaluators, many.evaluators], [1, 2]);
    assertEquals([one.notes, many.notes], [[], []]);
    assertEquals(many.results, one.results);
    const passed = one.results.map((judged) => judged.every(({ status }) => status === "passed"));
    assertEquals(passed, [false, true]);
    assert(one.results[0].some(({ status }) => status === "passed"));
  });
});

Deno.test({
  name: "a graph that takes too much memory costs its function, and the next is judged as ever",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const text = await solutionText("b_score");
    // Right, and 250 MB of numbers at once, for each of many cases.
    const greedy = text.replace("export function sigmaVe(", "function sigma(")
      .replaceAll(/(?<!function )sigmaVe\(/g, "sigma(") + `
      export function sigmaVe(...given) {
        const result = sigma(...given);
        const many = result.sum().mul(0).to("float64").expand([2 ** 21]);
        const parts = [1, 2, 3, 4, 5, 6, 7].map((k) => many.add(k));
        return result.add(cat(parts, 0).sum().mul(0).to("float32"));
      }`;
    const files = { "0.ts": `import { cat } from "genlab";\n${greedy}` };
    const checks = exerciseB.checks.filter(({ id }) =>
      ["sigma-between", "score-values"].includes(id)
    );
    await withFolder(files, async (folder) => {
      const paths = [join(folder, "0.ts")];
      const memory = { most: 2 ** 30 };
      const { results, notes, evaluators } = await judgedWith(memory, paths, checks);
      const [[first, second]] = results;
      assertEquals([first.status, second.status], ["memory", "passed"]);
      assertMatch(
        first.message,
        /^sigmaVe: what it computes takes too much memory; look for large/,
      );
      // Two tried, and a third did the rest.
      assertEquals(evaluators, 3);
      assertMatch(notes.join(), /^the process that judged sigmaVe ended \(.*\), and/);
    });
  },
});
