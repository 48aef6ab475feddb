/**
 * The figures of exercise A, drawn with the student's functions beside what is known in closed form.
 *
 * @module
 */
import { expectTensor, read } from "../../lib/course/expect.ts";
import type { DrawFigures } from "../../lib/course/report/content.ts";
import { drawFigures } from "../../lib/course/report/draw.ts";
import { sampleOf } from "../../lib/course/samples.ts";
import type { Student } from "../../lib/course/student.ts";
import { histogram, normalDensity } from "../../lib/plot/histogram.ts";
import type { Mark } from "../../lib/plot/marks.ts";
import type { Colour } from "../../lib/plot/palette.ts";
import { type Panel, panelChart } from "../../lib/plot/panels.ts";
import { Generator } from "../../lib/random/mod.ts";
import { div, where } from "../../lib/tensor/functions.ts";
import { klOf, nllOf } from "./oracles.ts";

/** Draws the figures of exercise A: KL per dimension, samples, and the likelihood's curve. */
export const figures: DrawFigures = (student, options) =>
  drawFigures([
    {
      file: "kl_per_dimension.png",
      title: "KL divergence per latent dimension",
      caption: "What an encoder pays for each dimension of the latent space, by " +
        "`klDiagGaussianToStandard`: for means that differ from 0 (blue) and for variances that " +
        "differ from 1 (orange). The black marks are the closed form. The first dimension carries " +
        "much about $x$; the last is the prior itself: it costs nothing, and says nothing.",
      uses: ["klDiagGaussianToStandard"],
      draw: () => klPerDimension(student),
    },
    {
      file: "samples.png",
      title: "Reparameterized samples and their density",
      caption: "20,000 samples $z = \\mu + \\sigma \\epsilon$ of `reparameterize` for one mean " +
        "and variance of each dimension, beside the normal densities they should follow. On the " +
        "right both dimensions together, with the ellipses of one and two standard deviations: " +
        "dimensions that share their noise would lie on a line.",
      uses: ["reparameterize"],
      draw: () => samples(student, new Generator(BigInt(options.seed))),
    },
    {
      file: "bernoulli_nll.png",
      title: "Bernoulli negative log-likelihood, stable and naive",
      caption: "`bernoulliNllFromLogits` for one pixel, beside the naive way in float32: first " +
        "the probability $p = 1 / (1 + e^{-l})$, then $-\\log p$ or $-\\log(1 - p)$. For $x = 0$ it " +
        "is lost as soon as $p$ rounds to 1, near $l = 17$; for $x = 1$ when $e^{-l}$ overflows, " +
        "near $l = -89$. From there on it is infinite (crosses).",
      uses: ["bernoulliNllFromLogits"],
      draw: () => likelihoodCurves(student),
    },
  ], options);

/** Means and variances of five dimensions that an encoder uses less and less. */
const ENCODED = { mu: [2, 1.2, 0.6, 0.2, 0], variance: [0.05, 0.3, 0.6, 0.9, 1] };

async function klPerDimension(student: Student): Promise<Uint8Array> {
  const D = ENCODED.mu.length;
  const logvars = ENCODED.variance.map(Math.log);
  const zeros = logvars.map(() => 0);
  // The divergence is a sum of a term of the mean and a term of the variance: first the means alone,
  // then the variances alone.
  const mu = sampleOf([...ENCODED.mu, ...zeros], [2 * D, 1]);
  const logvar = sampleOf([...zeros, ...logvars], [2 * D, 1]);
  const result = await student.call("klDiagGaussianToStandard", [mu.tensor, logvar.tensor]);
  const called = `for mu and logvar [${2 * D}, 1]`;
  const [kl] = await read(expectTensor(result, "kl", [2 * D], called));
  const [ofMean, ofVariance] = [kl.slice(0, D), kl.slice(D)];
  const { values: exact } = klOf(ENCODED.mu, logvars, { B: D, D: 1 });
  const centres = ENCODED.mu.map((_, j) => j + 1);
  const sides = { x0: centres.map((j) => j - 0.32), x1: centres.map((j) => j + 0.32) };
  const top = ofMean.map((height, j) => height + ofVariance[j]);
  const heights = [...exact, ...ofMean, ...top].filter(Number.isFinite);
  return await panelChart({
    title: "KL divergence per latent dimension",
    width: 560,
    height: 280,
    panels: [{
      x: { label: "latent dimension", domain: [0.5, D + 0.5], ticks: centres },
      y: { label: "nats", domain: [Math.min(0, ...heights), 1.12 * Math.max(...heights)] },
      marks: [
        { kind: "rectangles", name: "from the mean", ...sides, y0: zeros, y1: ofMean },
        {
          kind: "rectangles",
          name: "from the variance",
          colour: "orange",
          ...sides,
          y0: ofMean,
          y1: top,
        },
        {
          kind: "points",
          name: "closed form",
          colour: "black",
          shape: "tick",
          size: 900,
          x: centres,
          y: exact,
        },
      ],
    }],
  });
}

/** The mean and variance of the samples' two dimensions. */
const TARGET = { mu: [1.5, -0.5], variance: [0.5, 1.5] };
const SAMPLES = 20_000;
/** So many of them are single points. */
const POINTS = 1000;

async function samples(student: Student, generator: Generator): Promise<Uint8Array> {
  const shape = [SAMPLES, 2];
  const rows = (values: readonly number[]) =>
    sampleOf(Float32Array.from({ length: 2 * SAMPLES }, (_, i) => values[i % 2]), shape).tensor;
  const args = [rows(TARGET.mu), rows(TARGET.variance.map(Math.log))];
  const called = `for mu and logvar [${shape.join(", ")}]`;
  const result = await student.call("reparameterize", args, generator);
  const [z] = await read(expectTensor(result, "z", shape, called));
  const [z1, z2] = [0, 1].map((j) => z.filter((_, i) => i % 2 === j));
  const [from, to] = [-5, 5];
  const density = (values: ArrayLike<number>, j: number): Panel => {
    const std = Math.sqrt(TARGET.variance[j]);
    const x = Float64Array.from({ length: 201 }, (_, i) => from + (to - from) * i / 200);
    const y = x.map((place) => normalDensity(place, TARGET.mu[j], std));
    return {
      title: `z${"₁₂"[j]}: mean ${TARGET.mu[j]}, variance ${TARGET.variance[j]}`.replace("-", "−"),
      x: { label: `z${"₁₂"[j]}`, domain: [from, to] },
      y: { label: j === 0 ? "density" : undefined, domain: [0, 0.65] },
      marks: [
        { ...histogram(values, { from, to, bins: 50 }), name: "samples", colour: "sky" },
        { kind: "line", name: "target", colour: "vermillion", x, y, width: 2.5 },
      ],
    };
  };
  const joint: Panel = {
    title: "both",
    x: { label: "z₁", domain: [from, to] },
    y: { label: "z₂", domain: [from, to] },
    marks: [
      {
        kind: "points",
        name: "samples",
        colour: "sky",
        size: 8,
        opacity: 0.6,
        x: z1.slice(0, POINTS),
        y: z2.slice(0, POINTS),
      },
      ...[1, 2].map(ellipse),
    ],
  };
  return await panelChart({
    title: "Reparameterized samples and their density",
    width: 240,
    height: 240,
    panels: [density(z1, 0), density(z2, 1), joint],
  });
}

/** Where the target density has fallen as far as at `radius` standard deviations from the mean. */
function ellipse(radius: number): Mark {
  const angles = Float64Array.from({ length: 73 }, (_, i) => 2 * Math.PI * i / 72);
  const [std1, std2] = TARGET.variance.map(Math.sqrt);
  const x = angles.map((angle) => TARGET.mu[0] + radius * std1 * Math.cos(angle));
  const y = angles.map((angle) => TARGET.mu[1] + radius * std2 * Math.sin(angle));
  return { kind: "line", name: "target", colour: "vermillion", x, y };
}

/** The curves are drawn for logits from -LIMIT to LIMIT, at every whole number. */
const LIMIT = 120;

async function likelihoodCurves(student: Student): Promise<Uint8Array> {
  const places = Float32Array.from({ length: 2 * LIMIT + 1 }, (_, i) => i - LIMIT);
  const n = places.length;
  // First all logits for x = 0, then all for x = 1.
  const logits = sampleOf([...places, ...places], [2 * n, 1]);
  const x = sampleOf(Float32Array.from({ length: 2 * n }, (_, i) => i < n ? 0 : 1), [2 * n, 1]);
  const result = await student.call("bernoulliNllFromLogits", [logits.tensor, x.tensor]);
  const p = div(1, logits.tensor.neg().exp().add(1));
  const [received, naive] = await read(
    expectTensor(result, "nll", [2 * n], `for logits and x [${2 * n}, 1]`),
    where(x.tensor.eq(1), p, p.neg().add(1)).log().neg(),
  );
  const { values: exact } = nllOf(logits.values, x.values, { B: 2 * n, D: 1 });
  const panel = (pixel: 0 | 1): Panel => {
    const ofPixel = (column: ArrayLike<number>) =>
      Array.from(column).slice(pixel * n, (pixel + 1) * n);
    const curve = (name: string, colour: Colour, width: number, y: ArrayLike<number>): Mark => {
      return { kind: "line", name, colour, width, x: places, y: ofPixel(y) };
    };
    const infinite = places.filter((_, i) => ofPixel(naive)[i] === Infinity)
      .sort((a, b) => Math.abs(a) - Math.abs(b)).filter((_, i) => i % 8 === 0);
    return {
      title: `a pixel of x = ${pixel}`,
      x: { label: "logit", domain: [-LIMIT, LIMIT] },
      y: { label: pixel === 0 ? "−log p(x), nats" : undefined, domain: [-4, LIMIT + 12] },
      marks: [
        curve("exact", "grey", 12, exact),
        curve("naive (× infinite)", "vermillion", 6, naive),
        curve("bernoulliNllFromLogits", "blue", 2, received),
        {
          kind: "points",
          colour: "vermillion",
          shape: "cross",
          size: 120,
          x: infinite,
          y: infinite.map(() => LIMIT + 6),
        },
      ],
    };
  };
  return await panelChart({
    title: "Bernoulli negative log-likelihood of one pixel",
    width: 340,
    height: 280,
    panels: [panel(0), panel(1)],
  });
}
