import { existsSync } from "node:fs";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { inProject } from "../../lib/course/paths.ts";
import { decodeNpy } from "../../lib/data/npy.ts";
import { saveSafetensors } from "../../lib/nn/mod.ts";
import { zeros } from "../../lib/tensor/creation.ts";
import { judgeTask } from "../../tasks/judge.ts";
import { noiseImages, realImages } from "../../tasks/judge/assess.ts";
import { sampleDdpmTask } from "../../tasks/sample/ddpm.ts";
import { toBytes, writeSamples } from "../../tasks/sample/files.ts";
import { loadMnist } from "../../lib/data/mnist.ts";
import { capture } from "../lib/course/capture.ts";
import { inTemporaryFolder } from "../temporary_folder.ts";

/** Runs a task as a person does, and gives its exit status and what it printed. */
async function task(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: inProject(),
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

async function readNpy(path: string) {
  return decodeNpy(await Deno.readFile(path), path);
}

Deno.test("the shipped model draws the digits asked for, and the judge sees them", async () => {
  await inTemporaryFolder(async (folder) => {
    const drawn = await task(
      ...["sample", "ddpm", "--count=60", "--steps=10", "--eta=0", "--json", `--out=${folder}`],
    );
    assertEquals(drawn.code, 0, drawn.stderr);
    const document = JSON.parse(drawn.stdout);
    assertEquals([document.count, document.steps, document.guidance], [60, 10, 2]);
    const labels = Array.from({ length: 60 }, (_, i) => i % 10);
    assertEquals(document.labels, labels);
    const samples = await readNpy(`${folder}/samples.npy`);
    assertEquals(samples.shape, [60, 28, 28]);
    assert(samples.data instanceof Uint8Array);
    assertEquals((await readNpy(`${folder}/labels.npy`)).data, Int32Array.from(labels));
    const png = await Deno.readFile(`${folder}/samples.png`);
    assertEquals(png.slice(1, 4), new TextEncoder().encode("PNG"));

    const judged = await task("judge", `${folder}/samples.npy`, "--json", `--out=${folder}`);
    assertEquals(judged.code, 0, judged.stderr);
    const { samples: found, test, noise } = JSON.parse(judged.stdout);
    assertEquals([found.count, test.count, noise.count], [60, 60, 60]);
    assert(found.agreement >= 0.85, `agreement ${found.agreement}`);
    assert(test.agreement >= 0.95 && noise.agreement === null);
    assert(found.frechet < 3 * test.frechet && noise.frechet > 10 * test.frechet);
    assert(found.diversity > 0.7 * test.diversity);
    assert(found.nearest > 0.5 * test.nearest, "samples are no copies of training images");
    assertEquals(found.classCounts.reduce((sum: number, n: number) => sum + n), 60);
    assertMatch(judged.stderr, /With 60 images the Fréchet distance says little/);
    assertMatch(judged.stderr, /class agreement +\d+\.\d % +\d+\.\d % +-\n/);
    await Deno.stat(`${folder}/neighbours.png`);
  });
});

Deno.test("labels are drawn in the order given, again and again up to the count", async () => {
  await inTemporaryFolder(async (folder) => {
    const draw = (...args: string[]) =>
      capture(sampleDdpmTask, ["--steps=1", "--json", `--out=${folder}`, ...args]);
    const three = JSON.parse((await draw("--labels", "3,1,4")).stdout);
    assertEquals([three.count, three.labels], [3, [3, 1, 4]]);
    const five = JSON.parse((await draw("--labels=7,2", "--count=5")).stdout);
    assertEquals(five.labels, [7, 2, 7, 2, 7]);
    assertEquals((await readNpy(`${folder}/labels.npy`)).data, Int32Array.of(7, 2, 7, 2, 7));
  });
});

Deno.test("guidance acts in the middle of the way, longer with DDIM, or where it is told", async () => {
  await inTemporaryFolder(async (folder) => {
    const interval = async (...args: string[]) => {
      const all = ["--labels=5", "--steps=1", "--json", `--out=${folder}`, ...args];
      return JSON.parse((await capture(sampleDdpmTask, all)).stdout).guidanceInterval;
    };
    assertEquals(await interval(), [60, 130]);
    assertEquals(await interval("--eta=0"), [40, 160]);
    assertEquals(await interval("--eta=0", "--interval=9,9"), [9, 9]);
  });
});

Deno.test("the same seed draws the same digits", async () => {
  await inTemporaryFolder(async (folder) => {
    const draw = async (seed: number) => {
      await capture(sampleDdpmTask, [
        "--labels=5",
        "--steps=2",
        `--seed=${seed}`,
        `--out=${folder}`,
      ]);
      return (await readNpy(`${folder}/samples.npy`)).data;
    };
    const first = await draw(1);
    assertEquals(await draw(1), first);
    assert((await draw(2)).some((value, i) => value !== first[i]));
  });
});

Deno.test("bad usage of sample is told in one line", async () => {
  await inTemporaryFolder(async (folder) => {
    const other = `${folder}/other.safetensors`;
    await saveSafetensors(other, { x: zeros([1]) });
    for (
      const [args, status, words] of [
        [["--labels", "3,10"], 2, "--labels takes whole numbers from 0 to 9"],
        [["--labels", "3,,1"], 2, "--labels takes whole numbers"],
        [["--count", "0"], 2, "--count takes a whole number from 1 to 100000"],
        [["--count", "1e9"], 2, "--count takes a whole number from 1 to 100000"],
        [["--count", "1000000000"], 2, "--count takes a whole number from 1 to 100000"],
        [["--steps", "0"], 2, "--steps takes a whole number from 1 to 10000"],
        [["--steps", "2000"], 2, "at most 200"],
        [["--interval", "1,500"], 2, "all time steps are 1,200"],
        [
          ["--interval", "9,2"],
          2,
          "--interval takes two whole numbers from 1 on, the smaller first",
        ],
        [["--interval", "0,2"], 2, "--interval takes two whole numbers from 1 on"],
        [["--interval", "1,2,3"], 2, "--interval takes two whole numbers from 1 on"],
        [["--eta", "1.5"], 2, "--eta takes a number from 0 to 1"],
        [["--guidance", "much"], 2, "--guidance takes a number from 0 to 100"],
        [["--guidance", "1e999"], 2, "--guidance takes a number from 0 to 100"],
        [["--checkpoint", `${folder}/none`], 1, "cannot read"],
        [["--checkpoint", other], 1, "holds no DDPM"],
      ] as const
    ) {
      const out = `${folder}/made`;
      const { status: ended, stderr } = await capture(sampleDdpmTask, [...args, `--out=${out}`]);
      assertEquals(ended, status, `${args}: ${stderr}`);
      assert(stderr.includes(words) && stderr.trim().split("\n").length === 1, stderr);
      assert(!existsSync(out), `${args} leaves a folder`);
    }
  });
});

Deno.test("train and sample are told which model, and say which there are", async () => {
  for (const name of ["train", "sample"]) {
    const { code, stderr } = await task(name);
    assertEquals(code, 2);
    assertMatch(stderr, new RegExp(`^${name}: name a model \\(ddpm[^\\n]*\\n$`));
    assertMatch((await task(name, "vae")).stderr, /the models are ddpm/);
    const help = await task(name, "ddpm", "--help");
    assertEquals(help.code, 0);
    assertMatch(help.stdout, new RegExp(`^Usage: deno task ${name} ddpm `));
  }
});

Deno.test("the judge refuses what are no samples, and labels that do not fit", async () => {
  await inTemporaryFolder(async (folder) => {
    const out = `${folder}/made`;
    const judge = (...args: string[]) => capture(judgeTask, [...args, `--out=${out}`]);
    const { arrays: [samples, labels] } = await writeSamples(folder, noiseImages(3), [0, 1, 2]);
    assertMatch((await judge()).stderr, /^judge: name the samples/);
    assertMatch((await judge(`${folder}/none.npy`)).stderr, /^judge: cannot read .*draw samples/);
    assertMatch((await judge(labels)).stderr, /holds int32 \[3\]; samples are uint8 \[N, 28, 28\]/);
    assertMatch((await judge(samples, "--labels", samples)).stderr, /labels of 3 samples/);
    const ebm = inProject("data", "models", "ebm.safetensors");
    assertMatch((await judge(samples, "--checkpoint", ebm)).stderr, /ebm.* holds no LeNet; give/);
    assert(!existsSync(out), "what is refused leaves a folder");
  });
});

Deno.test("grey levels become bytes, the nearest ones, and nothing beyond black and white", () => {
  assertEquals(toBytes([-1, 0, 1, -7, 7, 0.999]), Uint8Array.of(0, 128, 255, 0, 255, 255));
});

Deno.test("test digits are taken with the samples' labels, each once while there are enough", async () => {
  const test = await loadMnist({ train: false });
  const { images, labels } = realImages(test, 4, [7, 1, 7, 1]);
  assertEquals([...labels], [7, 1, 7, 1]);
  assertEquals(images.length, 4 * 784);
  assert(images.subarray(0, 784).some((value, i) => value !== images[2 * 784 + i]));
});

Deno.test("test digits are spread evenly over the test set", async () => {
  const test = await loadMnist({ train: false });
  assertEquals(realImages(test, test.length, undefined).images, test.images);
  const expected = [0, 2500, 5000, 7500].map((i) => test.labels[i]);
  assertEquals([...realImages(test, 4, undefined).labels], expected);
  // Of 10 sevens, one comes from each tenth of those in the test set.
  const sevens = Array.from(test.labels.keys()).filter((i) => test.labels[i] === 7);
  const { images } = realImages(test, 10, Array(10).fill(7));
  const last = sevens[Math.floor(0.9 * sevens.length)];
  assertEquals(images.subarray(9 * 784), test.images.subarray(last * 784, (last + 1) * 784));
});
