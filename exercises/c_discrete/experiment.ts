/**
 * The experiment of exercise C from start to end: setup, training, accuracies, pictures, report.
 *
 * Random numbers are drawn in the order of the PyTorch notebook that the exercise comes from, so that
 * the same seed gives its results: a first pass over the data for the setup batch, the model's
 * weights, a second pass for the batch to train on, the corruption.
 *
 * @module
 */
import { join } from "node:path";
import { partsOf } from "../../lib/course/entry.ts";
import { isThere } from "../../lib/course/files.ts";
import type { Values } from "../../lib/course/options.ts";
import { outputFolder, shortPath } from "../../lib/course/paths.ts";
import type { Context } from "../../lib/course/program.ts";
import { showProgress } from "../../lib/course/progress.ts";
import { loadQuestions } from "../../lib/course/questions.ts";
import { DataLoader } from "../../lib/data/loader.ts";
import { loadMnist } from "../../lib/data/mnist.ts";
import { binarizeMnist, makeNoiseSchedule } from "../../lib/models/discrete.ts";
import { lineChart, writePng } from "../../lib/plot/mod.ts";
import { manualSeed } from "../../lib/random/mod.ts";
import { setDevice } from "../../lib/runtime/mod.ts";
import { format } from "../../lib/tensor/shape.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { CATALOGUE } from "../catalogue.ts";
import { showDenoisingExamples } from "./examples.ts";
import type { OPTIONS } from "./options.ts";
import { type Overfit, type OverfitOptions, trainOverfitOneBatch } from "./overfit.ts";

/** States of a pixel. */
const K = 2;
/** Noise levels. */
const T = 10;
const BATCH = 128;
/** Rows of the picture. */
const EXAMPLES = 5;

/** Runs the experiment, says what happens, writes the pictures, and gives the exit status. */
export async function runExperiment(
  { seed, t, steps, ...values }: Values<typeof OPTIONS>,
  { say, report, signal }: Context,
): Promise<number> {
  const out = await outputFolder(values.out, "exercise_c");
  const parts = partsOf(CATALOGUE.c);
  const questions = await loadQuestions(parts.questions, parts.answers);
  const device = await setDevice(values.device);
  say(`Exercise C: discrete diffusion on binarized MNIST (seed ${seed}, device ${device})`);
  say();

  manualSeed(seed);
  const betas = makeNoiseSchedule(T);
  const options = { batchSize: BATCH, shuffle: true, dropLast: true };
  const loader = new DataLoader(await loadMnist(), options);
  const [{ images }] = loader;
  say(`A binarized batch: ${await describe(binarizeMnist(images))}`);
  const beta = (await betas.data())[t - 1];
  say(
    `Noise level t = ${t} of ${T}: βₜ = ${beta.toFixed(3)} (${percent(beta)} of pixels replaced, ` +
      `${percent(beta * (K - 1) / K)} changed)`,
  );
  say();

  const { model, x0, xt, losses, trainSeconds } = await train(
    { loader, betas, K, T, tTrain: t, numSteps: steps, signal },
    say,
  );
  const { accuracyIn, accuracyOut, picture } = await showDenoisingExamples(
    model,
    x0,
    xt,
    t,
    EXAMPLES,
  );
  say(
    `Pixel accuracy at t = ${t}: corrupted xₜ ${accuracyIn.toFixed(3)}, ` +
      `predicted x̂₀ ${accuracyOut.toFixed(3)}`,
  );
  say();

  const curve = await lineChart({
    title: "Training curve (overfitting one batch)",
    xLabel: "step",
    yLabel: "cross-entropy",
    series: [{ y: losses }],
  });
  say("Look at:");
  const pictures = { "denoising.png": picture, "training_curve.png": curve };
  const figures = await writePictures(out, pictures, { say, signal });
  const answered = questions.filter((question) => question.answered).length;
  say(`Then answer the questions (${answered} of ${questions.length} done):`);
  say(`  ${shortPath(parts.questions)}, in your copy ${shortPath(parts.answers)}`);
  if (!await isThere(parts.answers)) say("  (make the copy with: deno task start c)");
  report({
    exercise: "c",
    source: "given",
    device,
    seed,
    checks: [],
    metrics: { losses, accuracyIn, accuracyOut, trainSeconds },
    figures,
    questions,
  });
  return 0;
}

/** Trains, and says how it goes. */
async function train(
  options: OverfitOptions & { readonly numSteps: number },
  say: Context["say"],
): Promise<Overfit> {
  const progress = showProgress("training", options.numSteps, say);
  const onProgress = (done: number, loss: number) =>
    progress.update(done, `loss ${loss.toFixed(4)}`);
  const training = await trainOverfitOneBatch({ ...options, onProgress })
    .finally(() => progress.stop());
  const { losses, trainSeconds } = training;
  say(
    `Cross-entropy: ${losses[0].toFixed(4)} at the first step, ` +
      `${losses[losses.length - 1].toFixed(4)} at the last (${trainSeconds.toFixed(2)} s)`,
  );
  return training;
}

/** Writes pictures by their names, says where they are, and gives their paths. */
async function writePictures(
  folder: string,
  pictures: Readonly<Record<string, Uint8Array>>,
  { say, signal }: Pick<Context, "say" | "signal">,
): Promise<string[]> {
  const paths: string[] = [];
  for (const [name, png] of Object.entries(pictures)) {
    signal.throwIfAborted();
    const path = join(folder, name);
    await writePng(path, png);
    paths.push(path);
    say(`  ${shortPath(path)}`);
  }
  return paths;
}

/** What the notebook prints of a batch: its shape, dtype and states; and how much of it is ink. */
async function describe(batch: Tensor): Promise<string> {
  const states = [...new Set(await batch.data())].sort();
  const ink = await batch.to("float32").mean().item();
  return `shape ${format(batch.shape)}, ${batch.dtype}, states ${states.join(" and ")}, ` +
    `${percent(ink)} ink`;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
