import { assert, assertEquals, assertMatch } from "@std/assert";
import { loadDdpm } from "../../../lib/models/ddpm/checkpoint.ts";
import { loadLeNet } from "../../../lib/models/lenet.ts";
import { sampleDdpmTask } from "../../../tasks/sample/ddpm.ts";
import { trainDdpm } from "../../../tasks/train/ddpm.ts";
import { trainEbm } from "../../../tasks/train/ebm.ts";
import { trainLenet } from "../../../tasks/train/lenet.ts";
import { duration } from "../../../tasks/train/run.ts";
import { capture } from "../../lib/course/capture.ts";
import { inTemporaryFolder } from "../../temporary_folder.ts";

Deno.test("train ddpm leaves a model, its samples, and the loss by time step", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = `${folder}/made/tiny.safetensors`;
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
    // With fewer time steps than are taken by default.
    const drawn = await capture(sampleDdpmTask, [
      ...["--labels=5", "--json", `--checkpoint=${out}`, `--out=${folder}/drawn`],
    ]);
    assertEquals(JSON.parse(drawn.stdout).steps, 20, drawn.stderr);
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

Deno.test("what no training can begin with is told in one line, and leaves nothing", async () => {
  const batch = "--batch takes a whole number from 1 to 60000";
  const rate = "--lr takes a number above 0, at most 1";
  const both = [
    [["--steps=0"], 2, "--steps takes a whole number of at least 1"],
    [["--steps=9007199254740992"], 2, "--steps takes a whole number"],
    [["--batch=0"], 2, batch],
    [["--batch=-4"], 2, batch],
    [["--batch=1000000000"], 2, batch],
    [["--lr=0"], 2, rate],
    [["--lr=NaN"], 2, rate],
    [["--lr=1e999"], 2, rate],
    [["--lr=-0.1"], 2, rate],
    [["--save=0"], 2, "--save takes a whole number of at least 1"],
    [["--resume", "--restart"], 2, "give one of them"],
    [["--resume"], 1, "--resume: there is no earlier run"],
  ] as const;
  const ofDdpm = [
    [["--widths=8,16,24,32"], 2, "--widths takes two or three multiples of 8 up to 1024"],
    [["--widths=8"], 2, "--widths takes two or three"],
    [["--widths=0,8"], 2, "--widths takes two or three"],
    [["--widths=8,8000000"], 2, "--widths takes two or three"],
    [["--schedule=square"], 2, "--schedule takes linear or cosine"],
    [["--T=0"], 2, "--T takes a whole number from 1 to 10000"],
    [["--T=1000000000"], 2, "--T takes a whole number from 1 to 10000"],
    [["--T=20", "--schedule=linear"], 1, "the last beta of the linear schedule is 1, and it must"],
  ] as const;
  const ofEbm = [
    [["--buffer=1"], 2, "keeps at least the 64 chains of a batch"],
    [["--buffer=1000000000"], 2, "--buffer takes a whole number from 1 to 100000"],
    [["--chain=0"], 2, "--chain takes a whole number from 1 to 10000"],
    [["--chain=1000000000"], 2, "--chain takes a whole number from 1 to 10000"],
    [["--widths=16,x"], 2, "--widths takes one to five whole numbers"],
    [["--widths=0"], 2, "--widths takes one to five whole numbers from 1 to 1024"],
    [["--widths=4,4,4,4,4,4"], 2, "--widths takes one to five whole numbers"],
    [["--hidden=0"], 2, "--hidden takes a whole number from 1 to 4096"],
  ] as const;
  await inTemporaryFolder(async (folder) => {
    const refused = async (
      train: (args: readonly string[]) => ReturnType<typeof capture>,
      cases: readonly (readonly [readonly string[], number, string])[],
    ) => {
      for (const [args, status, words] of cases) {
        const ended = await train([`--out=${folder}/made/model.safetensors`, ...args]);
        assertEquals(ended.status, status, `${args}: ${ended.stderr}`);
        assert(ended.stderr.includes(words), `${args}: ${ended.stderr}`);
        assertEquals(ended.stderr.trim().split("\n").length, 1, ended.stderr);
        assertEquals([...Deno.readDirSync(folder)], [], `${args} leaves something`);
      }
    };
    const isFolder = [[`--out=${folder}`], 2, "is a folder; name a file, such as"] as const;
    await refused((args) => capture(trainDdpm, args), [...both, ...ofDdpm, isFolder]);
    await refused((args) => capture(trainEbm, args), [...both, ...ofEbm, isFolder]);
    await refused((args) => capture(trainLenet, args), [...both, isFolder]);
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
