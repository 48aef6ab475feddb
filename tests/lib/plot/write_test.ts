import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../../lib/errors.ts";
import { writePng } from "../../../lib/plot/write.ts";

const png = Uint8Array.of(137, 80, 78, 71);

async function inTemporaryFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("writing makes the folder, replaces an old picture and leaves nothing else", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/out/a/samples.png`;
    await writePng(path, Uint8Array.of(0));
    await writePng(path, png);
    assertEquals(await Deno.readFile(path), png);
    assertEquals([...Deno.readDirSync(`${folder}/out/a`)].map((entry) => entry.name), [
      "samples.png",
    ]);
  }));

Deno.test("a path that cannot be written is an error naming path and reason, in one line", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeFile(`${folder}/file`, png);
    const path = `${folder}/file/samples.png`;
    const error = await assertRejects(() => writePng(path, png), DataError, path);
    assertStringIncludes(error.message, "choose a folder");
    assert(!error.message.includes("\n"));
  }));

Deno.test("when the picture cannot take its name, nothing is left beside it", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/samples.png/inside`, { recursive: true });
    await assertRejects(() => writePng(`${folder}/samples.png`, png), DataError, "samples.png");
    assertEquals([...Deno.readDirSync(folder)].map((entry) => entry.name), ["samples.png"]);
  }));
