import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataLoader, loadMnist } from "../../lib/data/mod.ts";
import {
  binarizeMnist,
  corruptDiscrete,
  makeNoiseSchedule,
  TinyDiscreteDenoiser,
} from "../../lib/models/discrete.ts";
import { manualSeed, type Tensor, type Variable } from "../../mod.ts";
import { trainOverfitOneBatch } from "../../exercises/c_discrete/overfit.ts";
import fixture from "../fixtures/exercise_c.json" with { type: "json" };
import { decode } from "../lib/plot/decode.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const K = 2;
const T = 10;

/** What PyTorch printed for one seed. */
type Golden = typeof fixture.seeds["0"];
const GOLDEN = Object.entries(fixture.seeds) as [string, Golden][];

/** Runs `deno task exercise-c`, as a person does, and so with the task's permissions. */
async function exerciseC(...args: string[]) {
  // INIT_CWD is there when the tests are run by `deno task test`, and is handed on unchanged.
  const { INIT_CWD: _, ...env } = Deno.env.toObject();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "exercise-c", ...args],
    cwd: join(PROJECT, "tests"),
    clearEnv: true,
    env,
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function names(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
}

async function sum(x: Tensor): Promise<number> {
  return await x.to("float64").sum().item();
}

/** The experiment's draws in the notebook's order, up to the corruption. */
async function setUp(seed: string) {
  manualSeed(BigInt(seed));
  const betas = makeNoiseSchedule(T);
  const loader = new DataLoader(await loadMnist(), {
    batchSize: 128,
    shuffle: true,
    dropLast: true,
  });
  const [setup] = loader;
  return { betas, loader, setup: binarizeMnist(setup.images) };
}

async function assertWeights(
  parameters: readonly [string, Variable][],
  golden: Golden["initial"],
  tolerance: number,
): Promise<void> {
  assertEquals(parameters.map(([name]) => name), Object.keys(golden));
  for (const [name, { value }] of parameters) {
    const { first, sum: total } = golden[name as keyof typeof golden];
    const values = await value.data();
    first.forEach((weight, i) => assertAlmostEquals(values[i], weight, tolerance));
    assertAlmostEquals(await sum(value), total, tolerance * values.length);
  }
}

for (const [seed, golden] of GOLDEN) {
  Deno.test(`seed ${seed} gives PyTorch's losses at every step, and its accuracies`, async () => {
    await inFolder(async (out) => {
      const { code, stdout } = await exerciseC("--seed", seed, "--out", out, "--json");
      assertEquals(code, 0);
      const { metrics, ...result } = JSON.parse(stdout);
      assertEquals(metrics.losses.length, 300);
      golden.losses.forEach((loss, i) =>
        assertAlmostEquals(metrics.losses[i], loss, 1e-4 * loss, `step ${i + 1}`)
      );
      assertAlmostEquals(metrics.accuracyIn, golden.accuracy_in, 1e-6);
      assertAlmostEquals(metrics.accuracyOut, golden.accuracy_out, 1e-4);
      assert(metrics.trainSeconds > 0);
      assertEquals(result, {
        exercise: "c",
        source: "given",
        device: result.device,
        seed: Number(seed),
        checks: [],
        figures: [join(out, "denoising.png"), join(out, "training_curve.png")],
        questions: result.questions,
      });
      assertEquals(
        result.questions.map(({ number }: { number: number }) => number),
        [1, 2, 3, 4, 5, 6],
      );
      assertEquals(names(out), ["denoising.png", "training_curve.png"]);
    });
  });

  Deno.test(`seed ${seed} gives PyTorch's batches, first weights and corruption`, async () => {
    const { betas, loader, setup } = await setUp(seed);
    assertEquals(await betas.tolist(), golden.betas);
    assertEquals(await sum(setup), golden.setup_batch_pixels);
    const model = new TinyDiscreteDenoiser(K, T);
    await assertWeights(model.namedParameters(), golden.initial, 1e-8);
    const [batch] = loader;
    assertEquals(await batch.labels.tolist(), golden.train_labels);
    const x0 = binarizeMnist(batch.images);
    assertEquals(await sum(x0), golden.train_batch_pixels);
    assertEquals(await sum(corruptDiscrete(x0, T, betas, K)), golden.xt_pixels);
  });
}

Deno.test("training leaves PyTorch's weights, and its preparation leaves none of its own", async () => {
  const [seed, golden] = GOLDEN[0];
  const { betas, loader } = await setUp(seed);
  const { model, losses } = await trainOverfitOneBatch({ loader, betas, K, T });
  assertEquals(losses.length, 300);
  await assertWeights(model.namedParameters(), golden.final, 2e-5);
});

Deno.test("the picture shows x0, xt and the prediction of the first five digits", async () => {
  await inFolder(async (out) => {
    assertEquals((await exerciseC("--out", out, "--steps", "1000")).code, 0);
    const { width, at } = await decode(await Deno.readFile(join(out, "denoising.png")));
    const { betas, loader } = await setUp("0");
    new TinyDiscreteDenoiser(K, T);
    const [{ images }] = loader;
    const x0 = binarizeMnist(images);
    const xt = corruptDiscrete(x0, T, betas, K);
    // Three columns of 28 pixels, each 6 wide; the first row begins where the frame of white ends.
    const [side, gap, margin] = [28 * 6, 8, 16];
    assertEquals(width, 3 * side + 2 * gap + 2 * margin);
    const clean = await x0.data();
    const corrupted = await xt.data();
    let top = 0;
    while (at(margin + 2, top)[0] > 0) top++;
    for (const [column, values] of [clean, corrupted, clean].entries()) {
      const left = margin + column * (side + gap);
      let same = 0;
      for (let i = 0; i < 5 * 28 * 28; i++) {
        const [row, y, x] = [Math.floor(i / 784), Math.floor(i % 784 / 28), i % 28];
        const [shade] = at(left + 6 * x + 3, top + row * (side + gap) + 6 * y + 3);
        if (shade === 255 * values[i]) same++;
      }
      // After 1000 steps the batch is known by heart, all but a few pixels.
      if (column < 2) assertEquals(same, 5 * 784);
      else assert(same > 0.999 * 5 * 784, `${same} of ${5 * 784} pixels predicted`);
    }
  });
});

Deno.test("a person reads of the batch, the level, the loss and the accuracies", async () => {
  await inFolder(async (out) => {
    const { code, stdout, stderr } = await exerciseC("--out", join(out, "new/folder"));
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /shape \[128, 28, 28\], int32, states 0 and 1, 13\.4 % ink/);
    assertMatch(
      stdout,
      /t = 10 of 10: βₜ = 0\.600 \(60\.0 % of pixels replaced, 30\.0 % changed\)/,
    );
    assertMatch(stdout, /training: 300 of 300/);
    assertMatch(stdout, /0\.7006 at the first step, 0\.0427 at the last/);
    assertMatch(stdout, /corrupted xₜ 0\.696, predicted x̂₀ 0\.992/);
    assertMatch(stdout, /exercises\/c_discrete\/questions\.md, in your copy .*answers_c\.md\n/);
    assertEquals(names(join(out, "new/folder")), ["denoising.png", "training_curve.png"]);
  });
});

Deno.test("--t, --steps and a relative --out are obeyed", async () => {
  await inFolder(async (out) => {
    const { stdout } = await exerciseC("--t=1", "--steps=26", "--json", "--out", out);
    const { metrics, figures } = JSON.parse(stdout);
    assertEquals(metrics.losses.length, 26);
    assertAlmostEquals(metrics.accuracyIn, 0.975, 0.003);
    assert(figures.every(isAbsolute));
  });
  // The task is called in tests/, and that is where it counts from.
  const relative = `../out/${crypto.randomUUID()}`;
  const { stdout } = await exerciseC("--steps", "1", "--json", "--out", relative);
  const folder = join(PROJECT, "tests", relative);
  assertEquals(JSON.parse(stdout).figures[0], join(folder, "denoising.png"));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("what makes no sense ends with status 2 and one line on stderr", async () => {
  const file = await Deno.makeTempFile();
  const cases: [string[], RegExp][] = [
    [["--sede", "1"], /no option --sede; did you mean --seed\?/],
    [["--seed", "1.5"], /--seed takes a whole number/],
    [["--device", "gpu"], /--device takes auto, cpu, cuda, webgpu, not "gpu"/],
    [["--t", "11"], /from 1 to 10/],
    [["--steps", "0"], /at least 1/],
    [["--out"], /takes a value, DIR/],
    [["--out", file], /is a file, or lies in one; name a folder/],
    [["work/exercise_c.ts"], /unexpected argument .* work\/answers_c\.md/],
    [["--hint"], /gives its code/],
    [["--watch"], /gives its code/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await exerciseC(...args, "--json");
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assertMatch(stderr, message);
    assertMatch(stderr, /^exercise-c: [^\n]+\n$/);
  }
  await Deno.remove(file);
});

Deno.test("Ctrl-C ends the training with status 130 and leaves no file", async () => {
  await inFolder(async (out) => {
    const program = join(PROJECT, "exercises/c_discrete/main.ts");
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", program, "--steps", "1000000", "--out", out],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    // The line about the batch says that training is next.
    let seen = "";
    const decoder = new TextDecoder();
    const reader = child.stdout.getReader();
    while (!seen.includes("ink")) {
      const { value, done } = await reader.read();
      assert(!done, seen);
      seen += decoder.decode(value, { stream: true });
    }
    child.kill("SIGINT");
    reader.releaseLock();
    const { code, stderr } = await child.output();
    assertEquals(code, 130);
    assertEquals(decoder.decode(stderr), "exercise-c: interrupted\n");
    assertEquals(names(out), []);
  });
});
