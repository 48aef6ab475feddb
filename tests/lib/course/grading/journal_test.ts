import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import {
  type Entry,
  JOURNAL,
  Journal,
  readJournal,
} from "../../../../lib/course/grading/journal.ts";
import { DataError, UsageError } from "../../../../lib/errors.ts";
import { withFolder } from "./folders.ts";

function entry(key: string, student = key): Entry {
  const row = {
    ...{ student, exercise: "a", score: 1, maxScore: 2, seconds: 0.5 },
    ...{ functions: [], checks: [], answers: [], notes: [] },
  };
  return { key, row, source: "export const f = 1;\n// \u2028 €" };
}

const RUN = { grader: "g", exercises: ["a"], shard: { index: 1, count: 1 }, keys: ["1", "2"] };

/** Writes a journal with two rows and a run. */
async function write(folder: string): Promise<void> {
  const journal = await Journal.open(folder);
  await journal.add(entry("1"));
  await journal.add(entry("2"));
  await journal.end(RUN);
  journal.close();
}

Deno.test("a journal holds what was added, and the run that reached its end", () =>
  withFolder({}, async (folder) => {
    assertEquals(await readJournal(folder), undefined);
    await write(join(folder, "made", "anew"));
    const kept = await readJournal(join(folder, "made", "anew"));
    assertEquals([...kept!.entries.values()], [entry("1"), entry("2")]);
    assertEquals(kept!.run, RUN);
  }));

Deno.test("a run counts as ended until something is added", () =>
  withFolder({}, async (folder) => {
    await write(folder);
    const journal = await Journal.open(folder);
    assertEquals(journal.kept.run, RUN);
    await journal.add(entry("3"));
    journal.close();
    assertEquals((await readJournal(folder))!.run, undefined);
  }));

Deno.test("wherever a journal is cut off, what was whole is kept and more can be added", () =>
  withFolder({}, async (folder) => {
    await write(folder);
    const path = join(folder, JOURNAL);
    const whole = await Deno.readFile(path);
    const ends = [...whole.keys()].filter((i) => whole[i] === 10);
    // At the ends of lines and beside them, and at many places between.
    const cuts = [...whole.keys()].filter((i) =>
      i % 37 === 0 || ends.some((end) => Math.abs(end - i) <= 2)
    );
    for (const cut of cuts) {
      await Deno.writeFile(path, whole.subarray(0, cut));
      const journal = await Journal.open(folder);
      // A line is whole without its end, too.
      const lines = ends.filter((end) => end <= cut).length;
      assertEquals([...journal.kept.entries.keys()], ["1", "2"].slice(0, lines), `cut at ${cut}`);
      await journal.add(entry("3"));
      journal.close();
      const { entries, run } = (await readJournal(folder))!;
      assertEquals([...entries.keys()], [...["1", "2"].slice(0, lines), "3"], `cut at ${cut}`);
      assertEquals(run, undefined);
    }
  }));

Deno.test("lines that are no lines of a journal are passed over", () =>
  withFolder({}, async (folder) => {
    await write(folder);
    const path = join(folder, JOURNAL);
    const junk = ["", "null", "[]", "1", '"entry"', "{}", '{"entry":null}', '{"run":1}', "\0\0"];
    await Deno.writeTextFile(path, junk.join("\n") + "\n" + await Deno.readTextFile(path));
    assertEquals((await readJournal(folder))!.entries.size, 2);
  }));

Deno.test("of rows with one key the last counts", () =>
  withFolder({}, async (folder) => {
    await write(folder);
    const journal = await Journal.open(folder);
    await journal.add(entry("1", "later"));
    journal.close();
    const { entries } = (await readJournal(folder))!;
    assertEquals([...entries].map(([key, { row }]) => [key, row.student]), [
      ["2", "2"],
      ["1", "later"],
    ]);
  }));

Deno.test("a journal is one writer's at a time", () =>
  withFolder({}, async (folder) => {
    const journal = await Journal.open(folder);
    await assertRejects(() => Journal.open(folder), UsageError, "another run is writing to");
    journal.close();
    (await Journal.open(folder)).close();
  }));

Deno.test("a journal that cannot be made is an error that says so", () =>
  withFolder({ file: "" }, async (folder) => {
    for (const path of [join(folder, "file"), join(folder, "file", "x")]) {
      await assertRejects(() => Journal.open(path), UsageError, "name a folder");
    }
    await Deno.mkdir(join(folder, "out", JOURNAL), { recursive: true });
    await assertRejects(() => Journal.open(join(folder, "out")), DataError, "cannot use");
  }));
