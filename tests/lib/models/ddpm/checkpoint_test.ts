import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  DataError,
  loadDdpm,
  noiseSchedule,
  randn,
  saveDdpm,
  saveSafetensors,
  tensor,
  timeTable,
  UNet,
  zeros,
} from "../../../../mod.ts";
import { inProject } from "../../../../lib/course/paths.ts";
import { inTemporaryFolder } from "../../../temporary_folder.ts";

Deno.test("a model that is read computes what the one that was written computes", async () => {
  await inTemporaryFolder(async (folder) => {
    const { alphaBars } = noiseSchedule("cosine", 30);
    const form = { widths: [8, 16], classes: 4, channels: 2, embedding: 24 };
    const unet = new UNet({ ...form, times: timeTable(30, 12) });
    // As made, it predicts 0.
    unet.out.weight.value = randn(unet.out.weight.shape);
    await saveDdpm(`${folder}/m.safetensors`, { unet, alphaBars }, { seed: "7" });
    const read = await loadDdpm(`${folder}/m.safetensors`);
    assertEquals(read.alphaBars, alphaBars);
    assertEquals(read.metadata.seed, "7");
    const [t, label] = [tensor([30], { dtype: "int32" }), tensor([4], { dtype: "int32" })];
    const x = randn([1, 2, 8, 8]);
    const expected = await unet.forward(x, t, label).data();
    assert(expected.some((value) => value !== 0));
    assertEquals(await read.unet.forward(x, t, label).data(), expected);
  });
});

Deno.test("files that hold no DDPM are refused", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = `${folder}/m.safetensors`;
    await saveSafetensors(path, { x: zeros([1]) });
    await assertRejects(() => loadDdpm(path), DataError, "holds no DDPM");
    const content = { times: zeros([3, 4]), alphaBars: tensor(Float64Array.of(1, 0.5, 0.1)) };
    await saveSafetensors(path, { x: zeros([1]) }, { model: "ddpm" });
    await assertRejects(() => loadDdpm(path), DataError, "holds no DDPM");
    const numbers = '"embedding": 8, "classes": 10, "channels": 1';
    for (
      const unet of [
        ...["", "{", "null", "7", "{}", '{ "widths": [8, 8] }'],
        ...[`{ "widths": 8, ${numbers} }`, `{ "widths": [8, 8.5], ${numbers} }`],
      ]
    ) {
      await saveSafetensors(path, content, { model: "ddpm", unet });
      await assertRejects(() => loadDdpm(path), DataError, "does not say which network", unet);
    }
    await saveSafetensors(path, content, { model: "ddpm" });
    await assertRejects(() => loadDdpm(path), DataError, "does not say which network");
    const unet = JSON.stringify({ widths: [8, 8], embedding: 8, classes: 10, channels: 1 });
    await saveSafetensors(path, content, { model: "ddpm", unet });
    await assertRejects(() => loadDdpm(path), DataError, "missing");
  });
});

Deno.test("the shipped model is at most 4 MB, and a class-conditional one of 200 steps", async () => {
  const path = inProject("data", "models", "ddpm.safetensors");
  const { size } = await Deno.stat(path);
  assert(size <= 4e6, `${size} bytes`);
  const { unet, alphaBars } = await loadDdpm(path);
  assertEquals([unet.classes, unet.channels, unet.T, alphaBars.length], [10, 1, 200, 201]);
  assertEquals(alphaBars, noiseSchedule("cosine", 200).alphaBars);
  assertEquals(await unet.times.data(), await timeTable(200, 32).data());
});
