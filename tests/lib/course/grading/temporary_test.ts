import { assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "node:path";
import { makeTemporary } from "../../../../lib/course/grading/temporary.ts";
import { isThere } from "../../../../lib/course/files.ts";
import { DataError } from "../../../../lib/errors.ts";
import { withFolder } from "./folders.ts";

Deno.test("a temporary folder goes when it is told to, and stays until then", () =>
  withFolder({}, async (folder) => {
    const [one, two] = [await makeTemporary(folder), await makeTemporary(folder)];
    assertEquals(dirname(one.path), folder);
    assertEquals([await isThere(one.path), await isThere(two.path)], [true, true]);
    await one.remove();
    assertEquals([await isThere(one.path), await isThere(two.path)], [false, true]);
    await two.remove();
  }));

Deno.test("what a killed run left goes with the next, and nothing else does", () =>
  withFolder({
    "genlab-grade-1": { lock: "", "exercise_a.ts": "" },
    "genlab-grade-2": { "exercise_a.ts": "" },
    "genlab-other": { lock: "" },
  }, async (folder) => {
    const next = await makeTemporary(folder);
    const left = ["genlab-grade-1", "genlab-grade-2", "genlab-other"].map((name) => {
      return isThere(join(folder, name));
    });
    assertEquals(await Promise.all(left), [false, true, true]);
    await next.remove();
  }));

Deno.test("where temporary files have no place, that is said", () =>
  withFolder({}, async (folder) => {
    const make = () => makeTemporary(join(folder, "nothing"));
    const { message } = await assertRejects(make, DataError);
    assertEquals(message.startsWith("grade: cannot make a temporary folder ("), true);
    assertEquals(message.endsWith("set TMPDIR to a folder that you may write to"), true);
  }));
