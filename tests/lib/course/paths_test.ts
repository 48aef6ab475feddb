import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { inProject, outputFolder, shortPath } from "../../../lib/course/paths.ts";
import { DataError, UsageError } from "../../../lib/errors.ts";

/** Does something as if the command had been typed in a folder. */
async function calledIn<T>(folder: string, action: () => T | Promise<T>): Promise<T> {
  const before = Deno.env.get("INIT_CWD");
  Deno.env.set("INIT_CWD", folder);
  try {
    return await action();
  } finally {
    if (before === undefined) Deno.env.delete("INIT_CWD");
    else Deno.env.set("INIT_CWD", before);
  }
}

Deno.test("an output folder counts from where the command was typed", async () => {
  const folder = await Deno.makeTempDir();
  const made = await calledIn(folder, () => outputFolder("a/b", "exercise_x"));
  assertEquals(made, join(folder, "a", "b"));
  assertEquals((await Deno.stat(made)).isDirectory, true);
  assertEquals(await calledIn("/", () => outputFolder(made, "exercise_x")), made);
  const file = join(folder, "file");
  await Deno.writeTextFile(file, "");
  for (const path of [file, `${file}/a`]) {
    await assertRejects(() => outputFolder(path, "exercise_x"), UsageError, "name a folder");
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  name: "an output folder that is there and may not be written to is refused before the work",
  // The superuser may write everywhere, and Windows has other permissions.
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  async fn() {
    const folder = await Deno.makeTempDir();
    await Deno.chmod(folder, 0o500);
    await assertRejects(() => outputFolder(folder, "exercise_x"), DataError, "cannot write");
    await Deno.remove(folder);
  },
});

Deno.test("an output folder is left as it was found", async () => {
  const folder = await Deno.makeTempDir();
  await outputFolder(folder, "exercise_x");
  assertEquals([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder);
});

Deno.test("without --out results go to the project's own folder", async () => {
  const name = `test_${crypto.randomUUID()}`;
  const made = await calledIn("/", () => outputFolder(undefined, name));
  assertEquals(made, inProject("out", name));
  await Deno.remove(made);
});

Deno.test("paths are shown the shorter way", async () => {
  const path = inProject("out", "a.png");
  assertEquals(await calledIn(inProject(), () => shortPath(path)), join("out", "a.png"));
  assertEquals(await calledIn(inProject("lib"), () => shortPath(path)), join("..", "out", "a.png"));
  assertEquals(await calledIn("/a/b/c/d/e/f/g/h/i", () => shortPath(path)), path);
});
