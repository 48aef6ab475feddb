import { runChecks } from "./lib/course/check.ts";
import { inProcess } from "./lib/course/student.ts";
import { exerciseA } from "./exercises/a_vae/exercise.ts";
import { exerciseB } from "./exercises/b_score/exercise.ts";
import * as a from "./exercises/a_vae/solution.ts";
import * as b from "./exercises/b_score/solution.ts";
for (const [e, m] of [[exerciseA, a], [exerciseB, b]] as const) {
  const start = performance.now();
  const student = inProcess({ ...m });
  for await (const r of runChecks(e, student)) console.log(r.status, r.id, (1000*r.seconds).toFixed(0), r.status === "passed" ? "" : r.message, r.finding ?? "");
  console.log((await e.measure(student, 0)).text);
  console.log("total", performance.now() - start);
}
