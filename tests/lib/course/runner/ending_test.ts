import { assertRejects } from "@std/assert";
import { findBubblewrap } from "../../../../lib/course/runner/bubblewrap.ts";
import { inRunner, StudentError } from "../../../../lib/course/student.ts";
import { noProcessWith } from "./processes.ts";
import { withFile } from "./student_file.ts";

const bubblewrap = await findBubblewrap(Deno.execPath());

for (const [name, wall] of [["", undefined], [", bubblewrap neither", bubblewrap]] as const) {
  Deno.test({
    // Bubblewrap's own child waits for bubblewrap at first, and would wait for ever.
    name: `a runner that is ended while it starts leaves no process${name}`,
    ignore: Deno.build.os !== "linux" || (name !== "" && wall === undefined),
    fn: () =>
      withFile("await new Promise((resolve) => setTimeout(resolve, 60_000));", async (path) => {
        const limits = { memory: 2 ** 30, cpu: 5 };
        for (let milliseconds = 10; milliseconds < 160; milliseconds += 10) {
          const signal = AbortSignal.timeout(milliseconds);
          const starting = inRunner(path, { signal, bubblewrap: wall, limits });
          await assertRejects(() => starting, StudentError, "is closed");
        }
        await noProcessWith(path);
      }),
  });
}
