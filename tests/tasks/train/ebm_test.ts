import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { GenlabError } from "../../../lib/errors.ts";
import { loadEbm } from "../../../lib/models/ebm/checkpoint.ts";
import { full, tensor } from "../../../lib/tensor/creation.ts";
import { Variable } from "../../../lib/tensor/variable.ts";
import { trainEbm } from "../../../tasks/train/ebm.ts";
import { type EbmSettings, makeTraining } from "../../../tasks/train/ebm_training.ts";
import { Guard } from "../../../tasks/train/guard.ts";
import { capture } from "../../lib/course/capture.ts";
import { inTemporaryFolder } from "../../temporary_folder.ts";
import { trainUntil } from "./interrupted.ts";

/** Small enough for a step to take milliseconds. */
const TINY: EbmSettings = {
  steps: 400,
  batch: 4,
  chain: 3,
  buffer: 16,
  lr: 1e-3,
  widths: [4, 4],
  hidden: 4,
  seed: 3,
};

async function ebmUntil(
  stop: number,
  folder: string,
  { resume = false, settings = TINY }: { resume?: boolean; settings?: EbmSettings } = {},
) {
  const file = `${folder}/model.safetensors`;
  const training = await makeTraining(settings, file);
  return await trainUntil(training, { stop, steps: settings.steps, file, resume });
}

Deno.test("an energy's run taken up again is the unbroken run, chains and all", async () => {
  await inTemporaryFolder(async (folder) => {
    const unbroken = await ebmUntil(40, `${folder}/unbroken`);
    await ebmUntil(30, `${folder}/broken`);
    const broken = await ebmUntil(40, `${folder}/broken`, { resume: true });
    assertEquals(Object.keys(broken), Object.keys(unbroken));
    for (const [name, tensor] of Object.entries(unbroken)) {
      assertEquals(await broken[name].data(), await tensor.data(), name);
    }
    const chains = await unbroken["buffer.chains"].data();
    assertEquals(chains.length, 16 * 28 * 28);
    assert(chains.every((value) => Math.abs(value) <= 1));
    await assertRejects(
      () => ebmUntil(50, `${folder}/broken`, { resume: true, settings: { ...TINY, chain: 9 } }),
      GenlabError,
      "was begun with --chain 3, not 9",
    );
  });
});

Deno.test("energies of digits come below those of samples, and the model is written", async () => {
  await inTemporaryFolder(async (folder) => {
    const file = `${folder}/model.safetensors`;
    const training = await makeTraining({ ...TINY, lr: 0.02, steps: 100, batch: 8 }, file);
    const losses = [...Array.from(await training.advance(0, 100))];
    // The first digits are far from the noise that the first chains are.
    const last = losses.slice(-20).reduce((sum, loss) => sum + loss, 0) / 20;
    assert(last < losses[0] - 0.05, `${losses[0]} to ${last}`);
    await training.publish({ losses, seconds: 1 });
    const { energy, metadata } = await loadEbm(file);
    assertEquals([energy.widths, metadata.trained, metadata.chain], [[4, 4], "100", "3"]);
    assert((await Deno.stat(`${folder}/model.buffer.png`)).size > 1000);
  });
});

Deno.test("a training that diverges goes back to where it was well, and on more slowly", async () => {
  await inTemporaryFolder(async (folder) => {
    const training = await makeTraining({ ...TINY, lr: 0 }, `${folder}/model.safetensors`);
    const named = new Map(training.variables);
    const weight = named.get("ebm.out.bias")!;
    const well = await weight.value.item();
    await training.advance(0, 1);
    weight.value = full([1], 100);
    await training.advance(1, 1);
    assertAlmostEquals(await weight.value.item(), well, 1e-7);
    assertEquals(await named.get("guard.rate")!.value.item(), 0.5);
    const [loss] = Array.from(await training.advance(2, 1));
    assert(Math.abs(loss) < 1, `loss ${loss}`);
  });
});

Deno.test("train ebm leaves a model, its chains, and the state to go on from", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = `${folder}/made/tiny.safetensors`;
    const small = ["--steps=3", "--batch=2", "--chain=2", "--widths=4", "--hidden=4"];
    const { status, stdout, stderr } = await capture(trainEbm, [
      ...small,
      ...["--buffer=8", "--json", `--out=${out}`],
    ]);
    assertEquals(status, 0, stderr);
    const { steps, losses, model } = JSON.parse(stdout);
    assertEquals([steps, losses.length, model], [3, 3, out]);
    const files = [...Deno.readDirSync(`${folder}/made`)].map(({ name }) => name).sort();
    assertEquals(files, ["tiny.buffer.png", "tiny.safetensors", "tiny.state.safetensors"]);
  });
});

Deno.test("the way back leads to what was kept last", async () => {
  const x = new Variable(tensor(1));
  const guard = new Guard([x]);
  x.value = tensor(2);
  guard.goBack();
  assertEquals([await x.value.item(), guard.rate], [1, 0.5]);
  x.value = tensor(3);
  guard.keep();
  x.value = tensor(NaN);
  guard.goBack();
  assertEquals([await x.value.item(), guard.rate], [3, 0.25]);
  assertEquals(guard.stateVariables().map(([name]) => name), ["guard.rate", "guard.0"]);
});
