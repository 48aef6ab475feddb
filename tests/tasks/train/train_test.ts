import { assert, assertEquals, assertMatch } from "@std/assert";
import { loadDdpm } from "../../../lib/models/ddpm/checkpoint.ts";
import { loadLeNet } from "../../../lib/models/lenet.ts";
import { trainDdpm } from "../../../tasks/train/ddpm.ts";
import { trainLenet } from "../../../tasks/train/lenet.ts";
import { duration } from "../../../tasks/train/run.ts";
import { capture } from "../../lib/course/capture.ts";
import { inTemporaryFolder } from "../../temporary_folder.ts";

Deno.test("train ddpm leaves a model, its samples, and the loss by time step", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = `${folder}/made/tiny.safetensors`;
    const { status, stdout, stderr } = await capture(trainDdpm, [
      ...["--steps=12", "--batch=4", "--T=20", "--schedule=linear", "--widths=8,8", "--json"],
      `--out=${out}`,
    ]).catch((error) => error);
    assertEquals([status, stdout], [1, ""]);
    assertMatch(stderr, /with T = 20 the last beta of the linear schedule is 1, and it must/);

    const made = await capture(trainDdpm, [
      ...["--steps=12", "--batch=4", "--T=20", "--widths=8,8", "--json", `--out=${out}`],
    ]);
    assertEquals(made.status, 0, made.stderr);
    const { steps, losses, lossByT } = JSON.parse(made.stdout);
    assertEquals([steps, losses.length], [12, 12]);
    assert(lossByT.length >= 8 && lossByT.every(({ loss }: { loss: number }) => loss > 0));
    const { unet, alphaBars, metadata } = await loadDdpm(out);
    assertEquals([unet.T, alphaBars.length, metadata.trained], [20, 21, "12"]);
    const files = [...Deno.readDirSync(`${folder}/made`)].map(({ name }) => name).sort();
    const expected = ["tiny.safetensors", "tiny.samples.png", "tiny.state.safetensors"];
    assertEquals(files, expected);
    const again = [...["--steps=1", "--batch=4", "--T=20", "--widths=8,8"], `--out=${out}`];
    const refused = await capture(trainDdpm, again);
    assertEquals(refused.status, 2);
    assertMatch(
      refused.stderr,
      /holds an earlier run; go on with it by --resume, write over it by/,
    );
    assertEquals((await capture(trainDdpm, [...again, "--resume", "--restart"])).status, 2);
    assertEquals((await capture(trainDdpm, [...again, "--restart"])).status, 0);
    assertEquals((await loadDdpm(out)).metadata.trained, "1");
    assertMatch(made.stderr, /\n {2}t {3,4}\d+ to {3,4}\d+ +\d\.\d{4}\n/);
  });
});

Deno.test("what no training can begin with is told in one line", async () => {
  await inTemporaryFolder(async (folder) => {
    for (
      const [args, words] of [
        [["--widths=8,16,24,32"], "--widths takes two or three multiples of 8, such as 16,48,96"],
        [["--widths=8"], "--widths takes two or three"],
        [["--schedule=square"], "--schedule takes linear or cosine"],
        [[`--out=${folder}`], "is a folder; name a file, such as ddpm.safetensors in it"],
      ] as const
    ) {
      const { status, stderr } = await capture(trainDdpm, args);
      assertEquals(status, 2, stderr);
      assert(stderr.includes(words) && stderr.trim().split("\n").length === 1, stderr);
    }
  });
});

Deno.test("train lenet leaves a classifier, and says how often it is right", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = `${folder}/tiny.safetensors`;
    const { status, stdout, stderr } = await capture(trainLenet, [
      ...["--steps=40", "--batch=32", "--lr=0.03", "--json", `--out=${out}`],
    ]);
    assertEquals(status, 0, stderr);
    const { accuracy } = JSON.parse(stdout);
    assert(accuracy > 0.15 && accuracy < 0.95, `${accuracy} after 40 steps`);
    await loadLeNet(out);
  });
});

Deno.test("times left are written for people", () => {
  assertEquals([3.4, 59.6, 60, 3599, 7500].map(duration), [
    "3 s",
    "60 s",
    "1 min",
    "59 min",
    "2 h 5 min",
  ]);
});
