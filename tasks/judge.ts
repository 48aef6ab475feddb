/**
 * Judges samples: `deno task judge FILE.npy`.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { isThere } from "../lib/course/files.ts";
import {
  argument,
  DEVICE,
  folder,
  needed,
  type Options,
  type Values,
} from "../lib/course/options.ts";
import { fromCaller, outputFolder, shortPath } from "../lib/course/paths.ts";
import { type Context, type Program, runProgram } from "../lib/course/program.ts";
import { UsageError } from "../lib/errors.ts";
import { givenModel } from "./model_files.ts";
import { file } from "./options.ts";

const OPTIONS = {
  samples: needed(argument("FILE", "the samples: .npy, uint8 [N,28,28]")),
  labels: file("what they are meant to be: .npy, int32 [N] (default: labels.npy beside them)"),
  checkpoint: file("the LeNet that judges (default: the one that comes with the project)"),
  device: DEVICE,
  out: folder("folder for the picture (default out/judge)"),
} satisfies Options;

/** Samples under which the Fréchet distance says little. */
const FEW = 200;

/** The task as a program of the command line. */
export const judgeTask: Program<typeof OPTIONS> = {
  name: "judge",
  summary: "How good samples of digits are, in the eyes of a LeNet that is right about 99 % of " +
    "MNIST's test images: with test images and noise, as many as there are samples, beside them.",
  options: OPTIONS,
  refusals: { "": "one file of samples is judged at a time" },
  examples: [["deno task judge out/sample_ddpm/samples.npy", "what `sample ddpm` drew"]],
  run: async (values, context) => await run(values, context),
};

async function run(values: Values<typeof OPTIONS>, context: Context): Promise<number> {
  if (values.samples === undefined) {
    throw new UsageError("name the samples, as in: deno task judge out/sample_ddpm/samples.npy");
  }
  const { say, report, signal } = context;
  const path = fromCaller(values.samples);
  const beside = join(dirname(path), "labels.npy");
  const labelsPath = values.labels === undefined
    ? await isThere(beside) ? beside : undefined
    : fromCaller(values.labels);

  const { readSamples, readLabels } = await import("./judge/read.ts");
  const { makeAssessor, noiseImages, realImages } = await import("./judge/assess.ts");
  const { neighboursPicture } = await import("./judge/picture.ts");
  const { tableOf } = await import("./judge/table.ts");
  const { PIXELS } = await import("../lib/models/judge/judge.ts");
  const { loadLeNet } = await import("../lib/models/lenet.ts");
  const { loadMnist } = await import("../lib/data/mnist.ts");
  const { writePng } = await import("../lib/plot/mod.ts");
  const { setDevice } = await import("../lib/runtime/mod.ts");

  const images = await readSamples(path);
  const count = images.length / PIXELS;
  const labels = labelsPath === undefined ? undefined : await readLabels(labelsPath, count);
  const device = await setDevice(values.device);
  const train = await loadMnist();
  const test = await loadMnist({ train: false });
  const lenet = await loadLeNet(givenModel(values.checkpoint, "lenet"));
  const out = await outputFolder(values.out, "judge");
  const assess = await makeAssessor(lenet, train);
  const samples = await assess(images, labels);
  signal.throwIfAborted();
  const digits = realImages(test, count, labels);
  const real = await assess(digits.images, digits.labels);
  signal.throwIfAborted();
  const noise = await assess(noiseImages(count), undefined, { lookUp: false });

  say(`${count} samples of ${shortPath(path)}, judged by LeNet:`);
  say();
  for (const line of tableOf({ samples, "test digits": real, noise })) say(line);
  say();
  if (count < FEW) {
    say(`With ${count} images the Fréchet distance says little; judge 500 or more.`);
    say();
  }
  const picture = join(out, "neighbours.png");
  await writePng(picture, await neighboursPicture(images, train));
  say("Look at:");
  say(`  ${shortPath(picture)}`);
  report({
    file: path,
    labels: labelsPath ?? null,
    device,
    samples,
    test: real,
    noise,
    figures: [picture],
  });
  return 0;
}

if (import.meta.main) Deno.exit(await runProgram(judgeTask, Deno.args));
