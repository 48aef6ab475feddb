/**
 * Exercise C, discrete diffusion, as a program: trains a tiny denoiser on one batch of binarized
 * MNIST, and shows what it recovers. `deno task exercise-c --help` says how to call it.
 *
 * The random numbers are those of the PyTorch notebook with the same seed.
 *
 * @module
 */
import { join } from "node:path";
import { inProject, outputFolder, shortPath } from "../../lib/course/paths.ts";
import { type Context, type Program, runProgram } from "../../lib/course/program.ts";
import { showProgress } from "../../lib/course/progress.ts";
import {
  DEVICE,
  folder,
  SEED,
  type ValueOption,
  type Values,
  wholeNumber,
} from "../../lib/course/options.ts";
import { loadQuestions } from "../../lib/course/questions.ts";

const K = 2;
const T = 10;
const BATCH = 128;
/** Rows of the picture. */
const EXAMPLES = 5;

const QUESTIONS = inProject("exercises", "c_discrete", "questions.md");
const ANSWERS = inProject("work", "answers_c.md");
const NO_CODE = "exercise C has no code to write, its code is given; answer its questions in " +
  "work/answers_c.md";

const OPTIONS = {
  seed: SEED,
  device: DEVICE,
  t: wholeNumber("noise level to corrupt and train at, 1 to 10", { default: T, min: 1, max: T }),
  steps: wholeNumber("training steps", { default: 300, min: 1 }),
  out: folder("folder for the pictures (default out/exercise_c)"),
} satisfies Record<string, ValueOption<unknown>>;

/** Exercise C as a program of the command line. */
export const exerciseC: Program<typeof OPTIONS> = {
  name: "exercise-c",
  summary: "Exercise C, discrete diffusion: corrupt binary digits, train a tiny denoiser on one " +
    "batch of them, and see what it recovers. There is no code to write: watch, then answer six " +
    "questions.",
  options: OPTIONS,
  refusals: { "": NO_CODE, hint: NO_CODE, watch: NO_CODE },
  examples: [
    ["deno task exercise-c", "the experiment as the notebook runs it"],
    ["deno task exercise-c --t 1", "hardly any noise"],
    ["deno task exercise-c --steps 20", "stop while the loss still falls"],
  ],
  run,
};

async function run(values: Values<typeof OPTIONS>, context: Context): Promise<number> {
  const { seed, t, steps } = values;
  const { say, report, signal } = context;
  const out = await outputFolder(values.out, "exercise_c");
  const questions = await loadQuestions(QUESTIONS, ANSWERS);
  // Loaded here so that --help and mistyped options do not wait for it.
  const { lineChart, writePng } = await import("../../lib/plot/mod.ts");
  const { loadMnist } = await import("../../lib/data/mnist.ts");
  const { DataLoader } = await import("../../lib/data/loader.ts");
  const { manualSeed } = await import("../../lib/random/mod.ts");
  const { setDevice } = await import("../../lib/runtime/mod.ts");
  const { binarizeMnist, makeNoiseSchedule } = await import("../../lib/models/discrete.ts");
  const { trainOverfitOneBatch } = await import("./overfit.ts");
  const { showDenoisingExamples } = await import("./examples.ts");

  const device = await setDevice(values.device);
  say(`Exercise C: discrete diffusion on binary MNIST (device ${device}, seed ${seed})`);
  say();

  manualSeed(seed);
  const betas = makeNoiseSchedule(T);
  const loader = new DataLoader(await loadMnist(), {
    batchSize: BATCH,
    shuffle: true,
    dropLast: true,
  });
  const [{ images }] = loader;
  const setup = binarizeMnist(images);
  const states = [...new Set(await setup.data())].sort();
  const white = await setup.to("float32").mean().item();
  say(
    `A batch, binarized: [${setup.shape.join(", ")}] ${setup.dtype}, states ${
      states.join(" and ")
    }, ${percent(white)} of the pixels 1`,
  );
  const beta = (await betas.data())[t - 1];
  say(
    `Noise level t = ${t} of ${T}: each pixel is replaced with probability βₜ = ${
      beta.toFixed(3)
    }, and so changed with ${(beta * (K - 1) / K).toFixed(3)}`,
  );
  say();

  const progress = showProgress("training", steps, say);
  const { model, x0, xt, losses, trainSeconds } = await trainOverfitOneBatch({
    loader,
    betas,
    K,
    T,
    tTrain: t,
    numSteps: steps,
    signal,
    onProgress: (done, loss) => progress.update(done, `loss ${loss.toFixed(4)}`),
  }).finally(() => progress.stop());
  const last = losses[losses.length - 1];
  say(
    `Cross-entropy ${losses[0].toFixed(4)} at the first step, ${last.toFixed(4)} at the last ` +
      `(${steps} steps in ${trainSeconds.toFixed(2)} s)`,
  );

  const { accuracyIn, accuracyOut, picture } = await showDenoisingExamples(
    model,
    x0,
    xt,
    t,
    EXAMPLES,
  );
  say(
    `Pixel accuracy at t = ${t}: corrupted xₜ ${accuracyIn.toFixed(3)}, predicted x̂₀ ${
      accuracyOut.toFixed(3)
    }`,
  );
  say();

  const curve = await lineChart({
    title: "Training curve (overfitting one batch)",
    xLabel: "step",
    yLabel: "cross-entropy",
    series: [{ y: losses }],
  });
  const figures = [
    { path: join(out, "denoising.png"), png: picture, shows: "x₀, xₜ and x̂₀ of five digits" },
    { path: join(out, "training_curve.png"), png: curve, shows: "the loss at each step" },
  ];
  say("Pictures:");
  for (const { path, png, shows } of figures) {
    signal.throwIfAborted();
    await writePng(path, png);
    say(`  ${shortPath(path)}  ${shows}`);
  }

  const answered = questions.filter((question) => question.answered).length;
  say(
    `Questions: ${questions.length}, of which ${answered} answered in work/answers_c.md. They are in`,
  );
  say(`  ${shortPath(QUESTIONS)}`);
  report({
    exercise: "c",
    source: "given",
    device,
    seed,
    checks: [],
    metrics: { losses, accuracyIn, accuracyOut, trainSeconds },
    figures: figures.map(({ path }) => path),
    questions,
  });
  return 0;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

if (import.meta.main) Deno.exit(await runProgram(exerciseC, Deno.args));
