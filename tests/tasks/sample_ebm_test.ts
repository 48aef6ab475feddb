import { existsSync } from "node:fs";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { inProject } from "../../lib/course/paths.ts";
import { decodeNpy } from "../../lib/data/npy.ts";
import { loadEbm, saveEbm } from "../../lib/models/ebm/checkpoint.ts";
import { ConvEnergy } from "../../lib/models/ebm/networks.ts";
import { langevin } from "../../lib/models/ebm/process/langevin.ts";
import { judge } from "../../lib/models/judge/judge.ts";
import { loadLeNet } from "../../lib/models/lenet.ts";
import { Generator } from "../../lib/random/mod.ts";
import { sampleEbmTask } from "../../tasks/sample/ebm.ts";
import { chainOptions, startOf } from "../../tasks/sample/ebm_draw.ts";
import { toBytes } from "../../tasks/sample/files.ts";
import { capture } from "../lib/course/capture.ts";
import { inTemporaryFolder } from "../temporary_folder.ts";

async function readImages(folder: string) {
  const { shape, data } = decodeNpy(await Deno.readFile(`${folder}/samples.npy`), "samples.npy");
  assert(data instanceof Uint8Array);
  return { shape, data };
}

/** A network of new weights in a file. */
async function writeSmall(folder: string): Promise<string> {
  const path = `${folder}/small.safetensors`;
  await saveEbm(path, new ConvEnergy({ widths: [4], hidden: 4, generator: new Generator(0) }));
  return path;
}

Deno.test("the shipped energy draws digits, and tells digits from what is none", async () => {
  await inTemporaryFolder(async (folder) => {
    const { status, stdout, stderr } = await capture(sampleEbmTask, [
      ...["--count=50", "--steps=300", "--figures", "--json", `--out=${folder}`],
    ]);
    assertEquals(status, 0, stderr);
    const { shape, data } = await readImages(folder);
    assertEquals(shape, [50, 28, 28]);
    const lenet = await loadLeNet(inProject("data", "models", "lenet.safetensors"));
    const { confidence, classes } = await judge(lenet, data);
    const sure = confidence.filter((p) => p >= 0.9).length / 50;
    assert(sure >= 0.7, `the judge is sure of ${100 * sure} %`);
    assert(new Set(classes).size >= 6, `digits ${[...new Set(classes)]}`);

    const { energies, figures } = JSON.parse(stdout);
    const areas = new Map<string, number>(
      energies.map(({ name, auroc }: { name: string; auroc: number }) => [name, auroc]),
    );
    for (const name of ["uniform noise", "shuffled pixels", "inverted digits"]) {
      assert(areas.get(name)! >= 0.99, `${name}: ${areas.get(name)}`);
    }
    assert(areas.get("digits turned by 90°")! > 0.7);
    assertMatch(stderr, /temperature 1\.25e-6/);
    assertMatch(stderr, /uniform noise +\d+\.\d{3} +\d\.\d{4}\n/);
    assertEquals(figures.length, 3);
    for (const figure of figures) {
      assertEquals((await Deno.readFile(figure)).slice(1, 4), new TextEncoder().encode("PNG"));
    }
  });
});

Deno.test("an energy has no labels, and the same seed draws the same images", async () => {
  await inTemporaryFolder(async (folder) => {
    const checkpoint = await writeSmall(folder);
    const draw = async (seed: number) => {
      const { status, stderr } = await capture(sampleEbmTask, [
        ...["--count=102", "--steps=2", `--seed=${seed}`],
        ...[`--checkpoint=${checkpoint}`, `--out=${folder}`],
      ]);
      assertEquals(status, 0, stderr);
      return (await readImages(folder)).data;
    };
    const first = await draw(1);
    assertEquals(first.length, 102 * 28 * 28);
    assertEquals(await draw(1), first);
    assert((await draw(2)).some((value, i) => value !== first[i]));
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(files, ["samples.npy", "samples.png", "small.safetensors"]);
  });
});

Deno.test("what is no energy is refused in one line", async () => {
  await inTemporaryFolder(async (folder) => {
    for (
      const [args, status, words] of [
        [["--count", "0"], 2, "--count takes a whole number from 1 to 100000"],
        [["--steps", "-1"], 2, "--steps takes a whole number from 1 to 100000"],
        [["--steps", "1000000000"], 2, "--steps takes a whole number from 1 to 100000"],
        [["--labels", "3"], 2, "labels"],
        [["--checkpoint", `${folder}/none`], 1, "cannot read"],
        [
          ["--checkpoint", inProject("data", "models", "lenet.safetensors")],
          1,
          "holds no energy-based model",
        ],
      ] as const
    ) {
      const out = `${folder}/made`;
      const { status: ended, stderr } = await capture(sampleEbmTask, [...args, `--out=${out}`]);
      assertEquals(ended, status, `${args}: ${stderr}`);
      assert(stderr.includes(words) && stderr.trim().split("\n").length === 1, stderr);
      assert(!existsSync(out), `${args} leaves a folder`);
    }
  });
});

Deno.test("long chains are shown on their way, and end where they would in one go", async () => {
  await inTemporaryFolder(async (folder) => {
    const checkpoint = await writeSmall(folder);
    const { status, stdout, stderr } = await capture(sampleEbmTask, [
      ...["--count=3", "--steps=120", `--checkpoint=${checkpoint}`, `--out=${folder}`],
    ]);
    assertEquals(status, 0, stderr);
    assertMatch(stdout, /chains: 50 of 120\n.*chains: 100 of 120\n.*chains: 120 of 120\n/);
    const { energy } = await loadEbm(checkpoint);
    const generator = new Generator(0);
    const options = { ...chainOptions(energy, generator), steps: 120 };
    const start = startOf(energy, 3, generator);
    const end = await langevin((x) => energy.forward(x), start, options);
    assertEquals((await readImages(folder)).data, toBytes(await end.data()));
  });
});
