import { assert, assertEquals, assertRejects } from "@std/assert";
import { isThere } from "../../../lib/course/files.ts";
import { DataError, GenlabError } from "../../../lib/errors.ts";
import { loadDdpm } from "../../../lib/models/ddpm/checkpoint.ts";
import { loadSafetensors } from "../../../lib/nn/mod.ts";
import { type DdpmSettings, makeTraining } from "../../../tasks/train/ddpm_training.ts";
import { inTemporaryFolder } from "../../temporary_folder.ts";
import { until } from "../../until.ts";
import { trainUntil } from "./interrupted.ts";

/** Small enough for a step to take milliseconds. */
const TINY: DdpmSettings = {
  steps: 400,
  batch: 4,
  lr: 2e-3,
  T: 20,
  schedule: "cosine",
  widths: [8, 8],
  seed: 3,
};
/** The same, for so long that it is killed before its end. */
const LONG: DdpmSettings = { ...TINY, steps: 100_000 };

/** Trains until a step, and gives what the state file then holds. */
async function ddpmUntil(
  stop: number,
  folder: string,
  { resume = false, settings = TINY }: { resume?: boolean; settings?: DdpmSettings } = {},
) {
  const file = `${folder}/model.safetensors`;
  const training = await makeTraining(settings, file);
  return await trainUntil(training, { stop, steps: settings.steps, file, resume });
}

Deno.test("a run taken up again is the unbroken run to the last bit", async () => {
  await inTemporaryFolder(async (folder) => {
    const unbroken = await ddpmUntil(40, `${folder}/unbroken`);
    await ddpmUntil(20, `${folder}/broken`);
    const broken = await ddpmUntil(40, `${folder}/broken`, { resume: true });
    assertEquals(Object.keys(broken), Object.keys(unbroken));
    for (const [name, tensor] of Object.entries(unbroken)) {
      assertEquals(await broken[name].data(), await tensor.data(), name);
    }
    const losses = await unbroken["run.losses"].data();
    assertEquals(losses.length, 40);
    assert(losses.every((loss) => loss > 0 && loss < 3));
  });
});

Deno.test("a run that was killed goes on from its last save, and was saved whole", async () => {
  await inTemporaryFolder(async (folder) => {
    const model = `${folder}/model.safetensors`;
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", "--allow-read", "--allow-ffi", `--allow-write=${folder}`],
        ...["--allow-env=INIT_CWD,npm_package_config_libvips,MALLOC_ARENA_MAX", "tasks/train.ts"],
        ...["ddpm", ...Object.entries(LONG).map(([name, value]) => `--${name}=${value}`)],
        ...["--save=20", "--device=cpu", `--out=${model}`],
      ],
      cwd: new URL("../../../", import.meta.url),
      stdout: "null",
      stderr: "null",
    }).spawn();
    await until("there is a model", () => isThere(model));
    process.kill("SIGKILL");
    await process.status;

    const { unet, metadata } = await loadDdpm(model);
    assertEquals([unet.widths, unet.T, metadata.seed], [[8, 8], 20, "3"]);
    const { tensors } = await loadSafetensors(`${folder}/model.state.safetensors`);
    const saved = tensors["run.losses"].size;
    assertEquals(saved % 20, 0);
    const settings = LONG;
    const resumed = await ddpmUntil(saved + 20, folder, { resume: true, settings });
    const unbroken = await ddpmUntil(saved + 20, `${folder}/unbroken`, { settings });
    assertEquals(await resumed["run.losses"].data(), await unbroken["run.losses"].data());
  });
});

Deno.test("a run is only gone on with as it was begun", async () => {
  await inTemporaryFolder(async (folder) => {
    const resume = (settings: Partial<DdpmSettings>) =>
      ddpmUntil(20, folder, { resume: true, settings: { ...TINY, ...settings } });
    await assertRejects(() => resume({}), DataError, "--resume: there is no earlier run");
    await ddpmUntil(10, folder);
    await assertRejects(() => resume({ T: 30 }), GenlabError, "was begun with --T 20, not 30");
    await assertRejects(() => resume({ widths: [8, 16] }), GenlabError, "--widths 8,8, not 8,16");
    const longer = await resume({ steps: 800 });
    assertEquals(longer["run.losses"].size, 20);
  });
});
