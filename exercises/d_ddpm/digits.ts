/**
 * The figure of digits that the network in `data/models` draws, with the student's functions around
 * it.
 *
 * @module
 */
import { expectTensor, read } from "../../lib/course/expect.ts";
import { bind } from "../../lib/course/graph/bind.ts";
import { inProject } from "../../lib/course/paths.ts";
import { constant } from "../../lib/course/samples.ts";
import type { Student } from "../../lib/course/student.ts";
import { loadDdpm } from "../../lib/models/ddpm/checkpoint.ts";
import { imageGrid } from "../../lib/plot/grid.ts";
import { toImages, toRows } from "../../lib/plot/image.ts";
import type { Generator } from "../../lib/random/mod.ts";
import { compile } from "../../lib/runtime/mod.ts";
import { full, tensor } from "../../lib/tensor/creation.ts";
import { cat } from "../../lib/tensor/functions.ts";
import { randn } from "../../lib/tensor/random.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { sampleWith } from "./sampling.ts";

const NETWORK = inProject("data", "models", "ddpm.safetensors");
const CLASSES = 10;
const SHAPE = [CLASSES, 1, 28, 28];
const WHERE = `for images of shape [${SHAPE.join(", ")}]`;
/** How far guidance goes, beyond the 1 of the class alone. */
export const SCALE = 2;
/** The steps that are taken, and those after which the images are shown. */
export const STEPS = 10;
const SHOWN = [0, 4, 6, 8, STEPS];

/** Draws a digit of every class, and how it came about. */
export async function digits(student: Student, generator: Generator): Promise<Uint8Array> {
  const { unet, alphaBars } = await loadDdpm(NETWORK);
  // From the last to the first, which is 1. Not from T: what is lost there cannot be told from noise.
  const times = Array.from(
    { length: STEPS },
    (_, i) => 1 + Math.floor(unet.T * (STEPS - 1 - i) / STEPS),
  );
  const left = times.map((t) => alphaBars[t]);
  const classes = Array.from({ length: CLASSES }, (_, i) => i);
  const told = tensor([...classes, ...classes.map(() => unet.nullLabel)], { dtype: "int32" });
  const network = compile((x: Tensor, t: Tensor) =>
    unet.forward(cat([x, x]), t.expand(2 * CLASSES), told)
  );
  const start = randn(SHAPE, { generator });
  const guided = await student.trace("guidedEpsilon", [start, start, SCALE]);
  const keep = await clipping(student);
  const path = await sampleWith(
    student,
    left,
    async (x, index) => {
      const both = await network(x, full([1], times[index], { dtype: "int32" }));
      const [cond, uncond] = [both.narrow(0, 0, CLASSES), both.narrow(0, CLASSES, CLASSES)];
      const found = bind(guided, [uncond, cond, SCALE]);
      return keep(x, expectTensor(found, "the noise", SHAPE, WHERE), left[index]);
    },
    { eta: 0, generator, start },
  );
  const [pixels] = await read(cat(SHOWN.map((step) => path[step])));
  const images = toImages(Float32Array.from(pixels), { width: 28, height: 28, range: [-1, 1] });
  return await imageGrid({
    title: "Digits from noise",
    rows: toRows(images, CLASSES),
    rowTitles: SHOWN.map((step) => step === 0 ? "noise" : `step ${step}`),
    columnTitles: classes.map(String),
    scale: 4,
  });
}

/**
 * What changes the noise that was found, so that the data it leads to are pixels, from -1 to 1: at
 * first they would be far off. Data and coefficients are those of the student's functions.
 */
async function clipping(
  student: Student,
): Promise<(x: Tensor, epsHat: Tensor, alphaBar: number) => Tensor> {
  const column = (alphaBar: number) => constant([CLASSES, 1, 1, 1], alphaBar).tensor;
  const [zero, one] = [0, 1].map((value) => constant(SHAPE, value).tensor);
  const [step, sample] = await Promise.all([
    student.trace("ddimStep", [one, one, column(1), column(1), 0, one]),
    student.trace("qSample", [one, column(1), one]),
  ]);
  return (x, epsHat, alphaBar) => {
    const now = column(alphaBar);
    const data = bind(step, [x, epsHat, now, column(1), 0, zero]);
    const pixels = expectTensor(data, "x at the earlier time", SHAPE, WHERE).clamp(-1, 1);
    const noisy = (x0: Tensor, eps: Tensor) =>
      expectTensor(bind(sample, [x0, now, eps]), "xt", SHAPE, WHERE);
    return x.sub(noisy(pixels, zero)).div(noisy(zero, one));
  };
}
