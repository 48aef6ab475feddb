import { assert, assertEquals } from "@std/assert";
import { savesOf } from "../../../lib/course/watch.ts";

/** Watches a file in a folder of its own. */
async function watching(
  test: (file: string, next: () => Promise<boolean>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/exercise_a.ts`;
  await Deno.writeTextFile(file, "");
  const controller = new AbortController();
  const iterator = savesOf([file], controller.signal);
  await test(file, async () => !(await iterator.next()).done);
  const end = iterator.next();
  controller.abort();
  assertEquals((await end).done, true);
  await Deno.remove(folder, { recursive: true });
}

Deno.test("a save is seen once it is there in full, however an editor does it", async () => {
  await watching(async (file, next) => {
    await Deno.writeTextFile(file, "1");
    assert(await next());
    // As vim does it.
    await Deno.rename(file, `${file}~`);
    await Deno.writeTextFile(file, "12");
    await Deno.remove(`${file}~`);
    assert(await next());
    assertEquals(await Deno.readTextFile(file), "12");
    // As many others do.
    await Deno.writeTextFile(`${file}.tmp`, "123");
    await Deno.rename(`${file}.tmp`, file);
    assert(await next());
    assertEquals(await Deno.readTextFile(file), "123");
  });
});

Deno.test("a save before the first is asked for is not lost", async () => {
  await watching(async (file, next) => {
    await Deno.writeTextFile(file, "1");
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert(await next());
  });
});

Deno.test("at the end a save counts for nothing, however late the system tells of it", async () => {
  await watching(async (file, next) => {
    await Deno.writeTextFile(file, "1");
    assert(await next());
    await Deno.writeTextFile(file, "2");
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

Deno.test("a file that is gone is waited for", async () => {
  await watching(async (file, next) => {
    await Deno.remove(file);
    assert(await next());
    await Deno.writeTextFile(file, "again");
    assert(await next());
  });
});

Deno.test("other files in the folder, and reading the file, count for nothing", async () => {
  await watching(async (file, next) => {
    await Deno.writeTextFile(`${file}.other`, "1");
    await Deno.readTextFile(file);
    let seen = false;
    const save = next().then(() => seen = true);
    await new Promise((resolve) => setTimeout(resolve, 150));
    assertEquals(seen, false);
    await Deno.writeTextFile(file, "1");
    await save;
  });
});
