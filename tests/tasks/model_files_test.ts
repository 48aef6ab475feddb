import { assertEquals, assertRejects } from "@std/assert";
import { inProject } from "../../lib/course/paths.ts";
import { DataError, UsageError } from "../../lib/errors.ts";
import { beside, givenModel, requireWritable, trainedModel } from "../../tasks/model_files.ts";
import { inTemporaryFolder } from "../temporary_folder.ts";

Deno.test("what belongs to a model lies beside it, whatever its file is called", () => {
  assertEquals(beside("/a/b.safetensors", "samples.png"), "/a/b.samples.png");
  assertEquals(
    beside("/a.safetensors/b", "state.safetensors"),
    "/a.safetensors/b.state.safetensors",
  );
});

Deno.test("without a name the project's own model is taken", () => {
  assertEquals(givenModel(undefined, "ebm"), inProject("data", "models", "ebm.safetensors"));
  assertEquals(givenModel("/my/own", "ebm"), "/my/own");
});

Deno.test("a place that no model can be written to is refused before the training", async () => {
  await inTemporaryFolder(async (folder) => {
    const file = `${folder}/made/model.safetensors`;
    assertEquals(await trainedModel(file, "ddpm"), file);
    assertEquals([...Deno.readDirSync(folder)], []);
    await requireWritable(file);
    assertEquals([...Deno.readDirSync(`${folder}/made`)], []);
    await assertRejects(() => trainedModel(folder, "ddpm"), UsageError, "is a folder; name a file");
    await Deno.writeTextFile(`${folder}/text`, "");
    const within = () => requireWritable(`${folder}/text/model.safetensors`);
    await assertRejects(within, DataError, "choose a folder that you may write to");
  });
});
