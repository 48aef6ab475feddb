/**
 * The figures of exercise D, drawn with the student's functions beside what is known in closed form.
 *
 * @module
 */
import { expectTensor, read } from "../../lib/course/expect.ts";
import type { DrawFigures } from "../../lib/course/report/content.ts";
import { drawFigures } from "../../lib/course/report/draw.ts";
import { normals, sampleOf } from "../../lib/course/samples.ts";
import type { Student } from "../../lib/course/student.ts";
import { loadMnist } from "../../lib/data/mod.ts";
import { imageGrid } from "../../lib/plot/grid.ts";
import { type Image, toImages, toRows } from "../../lib/plot/image.ts";
import { type Panel, panelChart } from "../../lib/plot/panels.ts";
import { Generator } from "../../lib/random/mod.ts";
import { arange } from "../../lib/tensor/creation.ts";
import { digits, SCALE, STEPS as DIGIT_STEPS } from "./digits.ts";
import { overTime, SCHEDULES, stepsOf } from "./metrics.ts";
import { paths } from "./paths.ts";

/** Draws the figures of exercise D: noisy digits, the schedules, embeddings of time, and samples. */
export const figures: DrawFigures = (student, options) =>
  drawFigures([
    {
      file: "noising.png",
      title: "Digits dissolve into noise",
      caption:
        "Two digits of MNIST under `qSample`, each with the same noise at all times, by the " +
        "two schedules of 1000 steps. The cosine schedule destroys them more evenly: by the " +
        "linear one the last third of the steps has next to nothing left to do.",
      uses: ["linearBetas", "cosineBetas", "alphaBars", "qSample"],
      draw: () => noising(student, new Generator(BigInt(options.seed))),
    },
    {
      file: "schedules.png",
      title: "What the schedules leave",
      caption: "Over 1000 steps: the share ᾱ of the signal in the variance, the " +
        "signal-to-noise ratio (where it crosses 1, signal and noise are equal), and the " +
        "variance of a step back. The circles are the paper's figure for the linear schedule, 4 in " +
        "100,000 left at the end, and the place where the cosine schedule has left half.",
      uses: ["linearBetas", "cosineBetas", "alphaBars", "snr", "posteriorVariance"],
      draw: () => schedules(student),
    },
    {
      file: "embedding.png",
      title: "Times as clocks",
      caption:
        "Left, the `timeEmbedding` of the times 0 to 127, one a row, with 128 elements: pairs of " +
        "sine and cosine from left to right, ever slower. Right, how alike two times are, by the " +
        "product of their vectors: it depends on their distance alone, and near times are alike.",
      uses: ["timeEmbedding"],
      draw: () => embeddings(student),
    },
    {
      file: "paths.png",
      title: "From noise to data",
      caption:
        "`ddimStep` with the exact noise of data from two clusters, in 50 steps, from left " +
        "(noise) to right (data). With η = 0 a path is determined by where it starts, and no two " +
        "cross; with η = 1 every step adds new noise, as in DDPM. Either way the data come out (the " +
        "curve is their density in closed form), a little too narrow, as 50 steps are few.",
      uses: ["linearBetas", "alphaBars", "ddimStep"],
      draw: () => paths(student, new Generator(BigInt(options.seed))),
    },
    {
      file: "digits.png",
      title: "Digits from noise",
      caption: "A trained network that is told the class, with the functions around it: " +
        `\`guidedEpsilon\` of scale ${SCALE} and \`ddimStep\` with η = 0 take noise to digits in ` +
        `${DIGIT_STEPS} steps. What they make of the noise is kept to the range of pixels in between.`,
      uses: ["qSample", "guidedEpsilon", "ddimStep"],
      draw: () => digits(student, new Generator(BigInt(options.seed))),
    },
  ], options);

const STEPS = 1000;
/** The steps that are shown, and the images of the test set whose digits are. */
const SHOWN = [1, 50, 150, 300, 450, 600, 800, 1000];
const DIGITS = [1, 7];

async function noising(student: Student, generator: Generator): Promise<Uint8Array> {
  const [mnist, ...steps] = await Promise.all([
    loadMnist({ train: false }),
    ...SCHEDULES.map((schedule) => stepsOf(student, schedule, STEPS)),
  ]);
  const { images } = mnist.batch(DIGITS);
  const [pixels] = await read(images);
  const size = 28 * 28;
  const noise = normals(generator, [DIGITS.length, size]).values;
  // One row for each digit and schedule, one column for each time.
  const rows = DIGITS.flatMap((_, digit) => steps.map(({ left }) => ({ digit, left })));
  const repeated = (values: ArrayLike<number>, scale: (x: number) => number) =>
    rows.flatMap(({ digit }) =>
      SHOWN.flatMap(() => Array.from({ length: size }, (_, i) => scale(values[digit * size + i])))
    );
  const shape = [rows.length * SHOWN.length, 1, 28, 28];
  // Grey levels from -1 to 1, so that their mean is near 0.
  const x0 = sampleOf(repeated(pixels, (grey) => 2 * grey - 1), shape);
  const eps = sampleOf(repeated(noise, (z) => z), shape);
  const alphaBarT = sampleOf(
    rows.flatMap(({ left }) => SHOWN.map((t) => left[t - 1])),
    [shape[0], 1, 1, 1],
  );
  const result = await student.call("qSample", [x0.tensor, alphaBarT.tensor, eps.tensor]);
  const [xt] = await read(expectTensor(result, "xt", shape, `for x0 [${shape.join(", ")}]`));
  const noisy = toImages(Float32Array.from(xt), { width: 28, height: 28, range: [-1.5, 1.5] });
  return await imageGrid({
    title: "Digits dissolve into noise",
    rows: toRows(noisy, SHOWN.length),
    rowTitles: DIGITS.flatMap(() => [...SCHEDULES]),
    columnTitles: SHOWN.map((t) => `t = ${t}`),
    scale: 5,
  });
}

/** Looks of the two schedules. */
const LOOKS = { linear: { colour: "blue" }, cosine: { colour: "orange" } } as const;
/** Every so many steps there is a point of a curve. */
const STRIDE = 4;

async function schedules(student: Student): Promise<Uint8Array> {
  const curves = await Promise.all(SCHEDULES.map(async (schedule) => {
    const { betas, alphaBars, left } = await stepsOf(student, schedule, STEPS);
    const ratios = await overTime(student, "snr", alphaBars);
    const variances = await overTime(student, "posteriorVariance", betas);
    return { schedule, left, ratios, variances };
  }));
  const t = Array.from({ length: STEPS / STRIDE }, (_, i) => STRIDE * (i + 1));
  const x = { label: "t", domain: [0, 1.03 * STEPS], ticks: [0, 250, 500, 750, 1000] } as const;
  const lines = (values: (curve: (typeof curves)[number]) => ArrayLike<number>, log: boolean) =>
    curves.map((curve) => ({
      kind: "line" as const,
      name: curve.schedule,
      ...LOOKS[curve.schedule],
      width: 2.5,
      x: t,
      // What is not above 0 has no place on a logarithmic axis.
      y: t.map((step) => values(curve)[step - 1]).map((y) => log && !(y > 0) ? NaN : y),
    }));
  const ring = { kind: "points", shape: "ring", size: 110 } as const;
  const panels: Panel[] = [
    {
      title: "signal left: ᾱ",
      x,
      y: { domain: [0, 1.02], ticks: [0, 0.5, 1] },
      marks: [
        ...lines(({ left }) => left, false),
        // f is half of what it was: cos² of (π/4), but for the small offset.
        { ...ring, ...LOOKS.cosine, x: [496], y: [0.5] },
      ],
    },
    {
      title: "signal-to-noise ratio",
      x,
      y: { domain: [1e-6, 1e5], log: true, ticks: [1e-4, 1e-2, 1, 1e2, 1e4] },
      marks: [
        { kind: "line", colour: "grey", dashed: true, width: 1, x: [0, STEPS], y: [1, 1] },
        ...lines(({ ratios }) => ratios, true),
        { ...ring, ...LOOKS.linear, x: [STEPS], y: [4.04e-5] },
      ],
    },
    {
      title: "variance of a step back",
      x,
      y: { domain: [1e-5, 1.5], log: true, ticks: [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1] },
      marks: lines(({ variances }) => variances, true),
    },
  ];
  return await panelChart({
    title: "What the schedules leave",
    width: 250,
    height: 250,
    panels,
  });
}

/** Times, and as many elements. */
const CLOCKS = 128;

async function embeddings(student: Student): Promise<Uint8Array> {
  const shape = [CLOCKS, CLOCKS];
  const t = arange(CLOCKS, { dtype: "float32" });
  const result = await student.call("timeEmbedding", [t, CLOCKS]);
  const embedded = expectTensor(
    result,
    "the embedding",
    shape,
    `for t [${CLOCKS}], dim = ${CLOCKS}`,
  );
  const alike = embedded.matmul(embedded.transpose(0, 1)).div(CLOCKS / 2);
  const values = await read(embedded, alike);
  const image = (data: ArrayLike<number>): Image => {
    return { data, width: CLOCKS, height: CLOCKS, range: [-1, 1] };
  };
  return await imageGrid({
    title: "Times as clocks",
    rows: [values.map(image)],
    columnTitles: ["the embedding: time downwards", "how alike two times are"],
    scale: 5,
  });
}
