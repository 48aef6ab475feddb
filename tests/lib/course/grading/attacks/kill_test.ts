import { assert, assertEquals } from "@std/assert";
import { until } from "../../../../until.ts";
import { graderOf, lastingProcesses, prepare, resultsOf, SOLUTION, timeless } from "./batch.ts";

/** Submissions that take long, and others that wait for them. */
const TEXTS = new Map([
  ["a-loop", "for (;;);"],
  ["b-right", SOLUTION],
  ["c-loop", "export const klDiagGaussianToStandard = () => { for (;;); };"],
  ["d-right", SOLUTION],
  ["e-stop", 'Deno.kill(Deno.pid, "SIGSTOP");'],
  ["f-mistaken", SOLUTION.replace(".sub(1).sub(logvar)", ".sub(logvar)")],
]);

/** Lines that nobody wrote to its end, or that are not of this batch. */
const TORN = [
  '{"entry":{"key":"forged","row":{"student":"evil","exercise":"a","score":99,"checks":[]}}}',
  '{"run":{"keys":["forged"]}}',
  '{"entry":null}',
  "null",
  "\u0000\u0000\u0000",
  '{"entry":{"key":"',
].join("\n");

Deno.test({
  name: "a grader that is killed leaves no process, and goes on as if it had not been",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const root = await Deno.makeTempDir({ prefix: "genlab-kill-" });
    try {
      await prepare(`${root}/clean`, TEXTS);
      await prepare(`${root}/killed`, TEXTS);
      const clean = await resultsOf(`${root}/clean`, await graderOf(`${root}/clean`).output());

      const journal = `${root}/killed/out/journal.jsonl`;
      const killed = graderOf(`${root}/killed`).spawn();
      const output = killed.output();
      await until("two rows are there", async () => {
        return (await Deno.readTextFile(journal).catch(() => "")).split("\n").length > 2;
      });
      killed.kill("SIGKILL");
      assertEquals((await output).signal, "SIGKILL");
      assertEquals(await lastingProcesses(`${root}/killed`), []);

      await Deno.writeTextFile(journal, TORN, { append: true });
      const resumed = await graderOf(`${root}/killed`, "--resume").output();
      const results = await resultsOf(`${root}/killed`, resumed);
      assert(/[1-9]\d* of them from the journal/.test(results.printed), results.printed);
      const rows = (graded: typeof clean) => [...graded.rows.values()].map(timeless);
      assertEquals(rows(results), rows(clean));
      assertEquals([results.code, clean.code], [0, 0]);
      assertEquals(await lastingProcesses(root), []);
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  },
});
