import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../lib/errors.ts";
import { writeWhole } from "../../lib/files.ts";

const content = Uint8Array.of(137, 80, 78, 71);

async function inTemporaryFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("writing makes the folder, replaces an old file and leaves nothing else", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/out/a/samples.png`;
    await writeWhole("example", path, Uint8Array.of(0));
    await writeWhole("example", path, content);
    assertEquals(await Deno.readFile(path), content);
    assertEquals([...Deno.readDirSync(`${folder}/out/a`)].map((entry) => entry.name), [
      "samples.png",
    ]);
  }));

Deno.test("a path that cannot be written is an error naming path and reason, in one line", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeFile(`${folder}/file`, content);
    const path = `${folder}/file/samples.png`;
    const error = await assertRejects(() => writeWhole("example", path, content), DataError, path);
    assertStringIncludes(error.message, "choose a folder");
    assert(!error.message.includes("\n"));
  }));

Deno.test("when the file cannot take its name, nothing is left beside it", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/samples.png/inside`, { recursive: true });
    await assertRejects(
      () => writeWhole("example", `${folder}/samples.png`, content),
      DataError,
      "samples.png",
    );
    assertEquals([...Deno.readDirSync(folder)].map((entry) => entry.name), ["samples.png"]);
  }));
