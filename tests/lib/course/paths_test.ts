import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { inProject, outputFolder, shortPath } from "../../../lib/course/paths.ts";
import { DataError, UsageError } from "../../../lib/errors.ts";

Deno.test("an output folder counts from where the command was typed", async () => {
  const folder = await Deno.makeTempDir();
  const made = await outputFolder("a/b", "exercise_x", folder);
  assertEquals(made, join(folder, "a", "b"));
  assertEquals((await Deno.stat(made)).isDirectory, true);
  assertEquals(await outputFolder(made, "exercise_x", "/"), made);
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
  const made = await outputFolder(undefined, name, "/");
  assertEquals(made, inProject("out", name));
  await Deno.remove(made);
});

Deno.test("paths are shown the shorter way", () => {
  const path = inProject("out", "a.png");
  assertEquals(shortPath(path, inProject()), join("out", "a.png"));
  assertEquals(shortPath(path, inProject("lib")), join("..", "out", "a.png"));
  assertEquals(shortPath(path, "/a/b/c/d/e/f/g/h/i"), path);
});
