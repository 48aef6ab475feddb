/**
 * Draws digits with a trained DDPM.
 *
 * @module
 */
import {
  DEVICE,
  folder,
  type Options,
  SEED,
  type Values,
  wholeNumber,
} from "../../lib/course/options.ts";
import { fromCaller, inProject, outputFolder, shortPath } from "../../lib/course/paths.ts";
import type { Context, Program } from "../../lib/course/program.ts";
import { UsageError } from "../../lib/errors.ts";
import { decimal, file, optionalNumber, wholeNumbers } from "../options.ts";

/** Images that are drawn when neither their number nor their labels are given. */
const COUNT = 100;
/**
 * The noise of the steps, when it is not given: with more the class is kept to better, and under
 * guidance the images differ less.
 */
const ETA = 0.2;
/** Classes there are. */
const CLASSES = 10;

const OPTIONS = {
  count: optionalNumber(`images to draw (default: as many as labels, or ${COUNT})`, 1),
  labels: wholeNumbers("digits to draw, again and again (default 0 to 9)", { min: 0, max: 9 }),
  guidance: decimal("how strongly the class is kept to; 1 is no guidance", {
    default: 2,
    min: 0,
  }),
  steps: wholeNumber("steps from noise to image, at most the T of the model", {
    default: 50,
    min: 1,
  }),
  eta: decimal("noise of the steps: 0 is DDIM, 1 is DDPM", { default: ETA, min: 0, max: 1 }),
  seed: SEED,
  device: DEVICE,
  checkpoint: file("the model (default: the one that comes with the project)"),
  figures: { help: "draw also how images come about, and sweeps of guidance and steps" },
  out: folder("folder for the results (default out/sample_ddpm)"),
} satisfies Options;

/** The sampling as a program of the command line. */
export const sampleDdpmTask: Program<typeof OPTIONS> = {
  name: "sample ddpm",
  summary: "Draw handwritten digits with a DDPM: a picture, samples.npy (uint8 [N,28,28]) and " +
    "labels.npy (int32 [N]).",
  options: OPTIONS,
  examples: [
    ["deno task sample ddpm --labels 3,1,4 --guidance 2", "three digits"],
    ["deno task sample ddpm --steps 20 --eta 0", "with DDIM, in fewer steps"],
    ["deno task sample ddpm --count 500 && deno task judge out/sample_ddpm/samples.npy", "judged"],
    ["deno task sample ddpm --figures", "with pictures of how it works"],
  ],
  run: async (values, context) => await sample(values, context),
};

async function sample(values: Values<typeof OPTIONS>, context: Context): Promise<number> {
  const { say, report } = context;
  const out = await outputFolder(values.out, "sample_ddpm");
  const { loadDdpm } = await import("../../lib/models/ddpm/checkpoint.ts");
  const { setDevice } = await import("../../lib/runtime/mod.ts");
  const { drawSamples } = await import("./ddpm_draw.ts");
  const { writeSamples } = await import("./files.ts");
  const path = values.checkpoint === undefined
    ? inProject("data", "models", "ddpm.safetensors")
    : fromCaller(values.checkpoint);
  const device = await setDevice(values.device);
  const ddpm = await loadDdpm(path);
  const T = ddpm.alphaBars.length - 1;
  if (values.steps > T) {
    throw new UsageError(
      `--steps is ${values.steps}; this model has ${T} time steps, so at most ${T}`,
    );
  }
  const { labels: given, guidance, steps, eta, seed } = values;
  const cycle = given ?? Array.from({ length: CLASSES }, (_, digit) => digit);
  const count = values.count ?? given?.length ?? COUNT;
  const labels = Array.from({ length: count }, (_, i) => cycle[i % cycle.length]);
  say(
    `Drawing ${count} digit${count === 1 ? "" : "s"} in ${steps} of ${T} steps (guidance ` +
      `${guidance}, eta ${eta}, seed ${seed}, device ${device})`,
  );
  const options = { guidance, steps, eta };
  const { images, seconds } = await drawSamples(ddpm, labels, options, seed, context);
  const { picture, arrays } = await writeSamples(out, images, labels);
  say(`${(count / seconds).toFixed(1)} images a second`);
  say();
  say("Look at:");
  say(`  ${shortPath(picture)}`);
  const figures = [picture];
  if (values.figures) {
    const { drawFigures } = await import("./ddpm_figures.ts");
    for await (const figure of drawFigures(ddpm, out, seed, context)) {
      say(`  ${shortPath(figure)}`);
      figures.push(figure);
    }
  }
  say("Arrays:");
  for (const array of arrays) say(`  ${shortPath(array)}`);
  report({ model: path, device, seed, count, labels, ...options, seconds, figures, arrays });
  return 0;
}
