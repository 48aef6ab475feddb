/**
 * Draws digits with a trained DDPM.
 *
 * @module
 */
import type { Options, Values } from "../../lib/course/options.ts";
import { outputFolder } from "../../lib/course/paths.ts";
import type { Context, Program } from "../../lib/course/program.ts";
import { UsageError } from "../../lib/errors.ts";
import { givenModel } from "../model_files.ts";
import { decimal, numberList, optionalNumber, wholeNumbers } from "../options.ts";
import { drawingOptions, MOST } from "./options.ts";

/** Images that are drawn when neither their number nor their labels are given. */
const COUNT = 100;
/** Steps that are taken when they are not given, if there are as many. */
const STEPS = 50;
/**
 * The part of the time steps that guidance acts at, when it is not given: there it is enough for the
 * class, and at all of them it makes the images of a class too much alike. DDIM needs more, as without
 * noise nothing mends what a step got wrong.
 */
const GUIDED = { noisy: [0.3, 0.65], ddim: [0.2, 0.8] } as const;
/** Classes there are. */
const CLASSES = 10;

const OPTIONS = {
  count: optionalNumber(`images to draw (default: as many as labels, or ${COUNT})`, {
    min: 1,
    max: MOST,
  }),
  labels: wholeNumbers("digits to draw, again and again (default 0 to 9)", { min: 0, max: 9 }),
  guidance: decimal("how strongly the class is kept to; 1 is no guidance", {
    default: 2,
    min: 0,
    max: 100,
  }),
  interval: {
    ...numberList(
      "first and last time step that guidance acts at (default: those in the middle)",
      {
        default: undefined,
        which: "two whole numbers from 1 on, the smaller first, such as 1,200",
        fits: ([first, last, ...more]) => first >= 1 && first <= last && more.length === 0,
      },
    ),
    metavar: "N,N",
  },
  steps: optionalNumber(
    `steps from noise to image, at most the T of the model (default ${STEPS}, or T if that is less)`,
    { min: 1, max: 10_000 },
  ),
  eta: decimal("noise of the steps: 0 is DDIM, 1 is DDPM", { default: 1, min: 0, max: 1 }),
  ...drawingOptions("ddpm", "draw also how images come about, and sweeps of guidance and steps"),
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
    ["deno task sample ddpm --interval 1,200", "with guidance at all time steps"],
    ["deno task sample ddpm --count 500 && deno task judge out/sample_ddpm/samples.npy", "judged"],
    ["deno task sample ddpm --figures", "with pictures of how it works"],
  ],
  run: async (values, context) => await sample(values, context),
};

async function sample(values: Values<typeof OPTIONS>, context: Context): Promise<number> {
  const { say, report } = context;
  const { loadDdpm } = await import("../../lib/models/ddpm/checkpoint.ts");
  const { setDevice } = await import("../../lib/runtime/mod.ts");
  const { drawSamples } = await import("./ddpm_draw.ts");
  const { drawFigures } = await import("./ddpm_figures.ts");
  const { writeSamples } = await import("./files.ts");
  const { showResults } = await import("./results.ts");
  const path = givenModel(values.checkpoint, "ddpm");
  const device = await setDevice(values.device);
  const ddpm = await loadDdpm(path);
  const T = ddpm.alphaBars.length - 1;
  const steps = values.steps ?? Math.min(STEPS, T);
  if (steps > T) {
    throw new UsageError(`--steps is ${steps}; the T of this model is ${T}, so take at most ${T}`);
  }
  if (values.interval !== undefined && values.interval[1] > T) {
    throw new UsageError(
      `--interval is ${values.interval}; the T of this model is ${T}, so all time steps are 1,${T}`,
    );
  }
  // Made when all is known to be right, and tried before the work of drawing.
  const out = await outputFolder(values.out, "sample_ddpm");
  const { labels: given, guidance, eta, seed } = values;
  const [from, to] = values.interval ??
    GUIDED[eta > 0 ? "noisy" : "ddim"].map((part) => Math.round(part * T));
  const cycle = given ?? Array.from({ length: CLASSES }, (_, digit) => digit);
  const count = values.count ?? given?.length ?? COUNT;
  const labels = Array.from({ length: count }, (_, i) => cycle[i % cycle.length]);
  say(
    `Drawing ${count} digit${count === 1 ? "" : "s"} in ${steps} of ${T} steps (guidance ` +
      `${guidance} at t from ${from} to ${to}, eta ${eta}, seed ${seed}, device ${device})`,
  );
  const options = { guidance, guidanceInterval: [from, to] as const, steps, eta };
  const { images, seconds } = await drawSamples(ddpm, labels, options, seed, context);
  const written = await writeSamples(out, images, labels);
  say(`${(count / seconds).toFixed(1)} images a second`);
  say();
  const more = values.figures ? drawFigures(ddpm, out, seed, context) : [];
  const { figures, arrays } = await showResults(written, more, say);
  report({ model: path, device, seed, count, labels, ...options, seconds, figures, arrays });
  return 0;
}
