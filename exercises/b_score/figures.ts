/**
 * The figures of exercise B, drawn with the student's functions beside what is known in closed form.
 *
 * @module
 */
import { expectFields, expectTensor, read } from "../../lib/course/expect.ts";
import type { DrawFigures } from "../../lib/course/report/content.ts";
import { drawFigures } from "../../lib/course/report/draw.ts";
import { constant, sampleOf } from "../../lib/course/samples.ts";
import type { Student } from "../../lib/course/student.ts";
import { type GaussianMixture, mixtureLogDensity, mixtureScore } from "../../lib/models/score.ts";
import type { Mark } from "../../lib/plot/marks.ts";
import { type Panel, panelChart } from "../../lib/plot/panels.ts";
import { Generator, normal } from "../../lib/random/mod.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";

/** Draws the figures of exercise B: the noise schedule, noisy data, and the two scores. */
export const figures: DrawFigures = (student, options) =>
  drawFigures([
    {
      file: "sigma.png",
      title: "The noise schedule σ(t)",
      caption:
        "Your `sigmaVe` on a logarithmic axis, for two pairs of limits. A geometric schedule " +
        "is a straight line between its limits (circles).",
      uses: ["sigmaVe"],
      draw: () => schedule(student),
    },
    {
      file: "noisy_data.png",
      title: "Data dissolve into noise",
      caption:
        "A spiral under your `veForward`. The mean stays where it was, only noise is added, " +
        "and the axes grow with it: at first points leave their line, then they cross to other " +
        "arms, and at $t = 1$ the colours, which say where on the spiral a point came from, are " +
        "mixed: $x_t$ tells next to nothing about $x_0$.",
      uses: ["veForward", "sigmaVe"],
      draw: () => noisyData(student, new Generator(BigInt(options.seed))),
    },
    {
      file: "scores.png",
      title: "The conditional score and the marginal score",
      caption:
        "Two panels show your `conditionalScoreXtGivenX0`, each for one known $x_0$ (circle): " +
        "all arrows point straight at it. The last shows the score of $p_t$, the density of $x_t$ " +
        "for data from three clusters (in closed form): it is the mean of the conditional scores, " +
        "weighted by how likely each $x_0$ is given $x_t$. The shades are the densities; arrows are " +
        `$\\sigma^2$ times the score, at 0.3 of their length, for $\\sigma = ${SIGMA}$.`,
      uses: ["conditionalScoreXtGivenX0"],
      draw: () => scores(student),
    },
  ], options);

/** The exercise's own limits, and others, to see that they count. */
const LIMITS = [[0.01, 50], [0.1, 5]] as const;

async function schedule(student: Student): Promise<Uint8Array> {
  const t = sampleOf(Float32Array.from({ length: 101 }, (_, i) => i / 100), [101]);
  const looks = [{ colour: "blue" }, { colour: "orange" }] as const;
  const marks = await Promise.all(LIMITS.map(async ([min, max], i): Promise<Mark[]> => {
    const result = await student.call("sigmaVe", [t.tensor, min, max]);
    const [sigma] = await read(expectTensor(result, "sigma", [101], "for t [101]"));
    const name = `from ${min} to ${max}`;
    return [
      { kind: "line", name, ...looks[i], x: t.values, y: sigma, width: 2.5 },
      { kind: "points", shape: "ring", size: 110, ...looks[i], x: [0, 1], y: [min, max] },
    ];
  }));
  return await panelChart({
    title: "The noise schedule σ(t)",
    width: 560,
    height: 300,
    panels: [{
      x: { label: "t", domain: [-0.03, 1.03], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
      y: { label: "σ(t)", domain: [0.005, 100], log: true, ticks: [0.01, 0.1, 1, 10, 100] },
      marks: marks.flat(),
    }],
  });
}

/** The times of the panels. */
const TIMES = [0, 0.3, 0.45, 0.55, 0.7, 1];
const SPIRAL_POINTS = 300;

async function noisyData(student: Student, generator: Generator): Promise<Uint8Array> {
  const B = SPIRAL_POINTS;
  const { tensor: x0, values: places } = spiral(generator);
  const shapes = { xt: [B, 2], eps: [B, 2], sigmaT: [B, 1] };
  const panels: Panel[] = [];
  for (const t of TIMES) {
    const result = await student.call("veForward", [x0, t], generator);
    const { xt, sigmaT } = expectFields(result, shapes, `for x0 [${B}, 2] and t = ${t}`);
    const [points, [sigma]] = await read(xt, sigmaT);
    const [x, y] = [0, 1].map((j) => points.filter((_, i) => i % 2 === j));
    // Room for the spiral, of radius 1, and for three standard deviations of the true noise.
    const reach = 1.15 + 3 * 0.01 * 5000 ** t;
    const axis = { domain: [-reach, reach] as const };
    panels.push({
      title: `t = ${t}: σ = ${sigma < 1 ? sigma.toFixed(2) : sigma.toFixed(1)}`,
      x: axis,
      y: axis,
      marks: [{ kind: "points", x, y, values: places, size: 16, opacity: 0.8 }],
    });
  }
  const title = "Data dissolve into noise";
  return await panelChart({ title, columns: 3, width: 230, height: 230, panels });
}

/** Points on a spiral of two turns, and how far along it each is, from 0 to 1. */
function spiral(generator: Generator): { tensor: Tensor; values: Float64Array } {
  const values = Float64Array.from({ length: SPIRAL_POINTS }, (_, i) => (i + 0.5) / SPIRAL_POINTS);
  const jitter = normal(generator, 2 * SPIRAL_POINTS, 0, 0.015);
  const coordinates = jitter.map((noise, i) => {
    const place = values[Math.floor(i / 2)];
    // The area of the turns grows with the radius: the square root spreads the points evenly.
    const radius = Math.sqrt(place);
    const angle = 4 * Math.PI * radius;
    return radius * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + noise;
  });
  return { tensor: sampleOf(coordinates, [SPIRAL_POINTS, 2]).tensor, values };
}

const CLUSTERS: GaussianMixture = { means: [[-1.5, -1], [1.6, -0.9], [0, 1.6]], std: 0.15 };
const SIGMA = 0.7;
/** The panels show the plane from -REACH to REACH in both directions. */
const REACH = 3.2;
/** Shades in each direction; those fainter than FAINTEST of the darkest are not drawn. */
const CELLS = 28;
const FAINTEST = 0.01;
/** Arrows are shorter than sigma² times the score by this, so that they do not overlap. */
const ARROW_SCALE = 0.3;

async function scores(student: Student): Promise<Uint8Array> {
  const arrowsAt = grid(9);
  const cells = grid(CELLS);
  const side = 2 * REACH / CELLS;
  const B = arrowsAt.x.length;
  const sigma = constant([B, 1], SIGMA).tensor;
  const panel = (title: string, score: ArrayLike<number>, logp: ArrayLike<number>, x0?: Point) => {
    const column = (j: number) =>
      arrowsAt.x.map((_, i) => ARROW_SCALE * SIGMA ** 2 * score[2 * i + j]);
    const axis = { domain: [-REACH, REACH] as const, ticks: [-2, 0, 2] };
    const highest = Math.max(...Array.from(logp));
    const shades = Array.from(logp, (value) => Math.exp(value - highest));
    const drawn = (column: ArrayLike<number>, shift = 0) =>
      Array.from(column, (value) => value + shift).filter((_, i) => shades[i] > FAINTEST);
    const marks: Mark[] = [
      {
        kind: "rectangles",
        x0: drawn(cells.x, -side / 2),
        x1: drawn(cells.x, side / 2),
        y0: drawn(cells.y, -side / 2),
        y1: drawn(cells.y, side / 2),
        values: drawn(shades),
      },
      {
        kind: "arrows",
        colour: "black",
        opacity: 0.75,
        x: arrowsAt.x,
        y: arrowsAt.y,
        u: column(0),
        v: column(1),
      },
    ];
    if (x0 !== undefined) {
      const at = { x: [x0[0]], y: [x0[1]] };
      marks.push({ kind: "points", shape: "ring", size: 150, colour: "vermillion", ...at });
    }
    return { title, x: axis, y: axis, marks };
  };
  const conditional = async (x0: Point): Promise<Panel> => {
    const rows = sampleOf(arrowsAt.x.flatMap(() => x0), [B, 2]).tensor;
    const args = [arrowsAt.tensor, rows, sigma];
    const result = await student.call("conditionalScoreXtGivenX0", args);
    const where = `for xt and x0 [${B}, 2] and sigmaT [${B}, 1]`;
    const single = mixtureLogDensity({ means: [x0], std: SIGMA }, cells.tensor, 0);
    const [score, logp] = await read(expectTensor(result, "score", [B, 2], where), single);
    return panel("conditional on one x₀ (yours)", score, logp, x0);
  };
  const marginal = async (): Promise<Panel> => {
    const [score, logp] = await read(
      mixtureScore(CLUSTERS, arrowsAt.tensor, SIGMA),
      mixtureLogDensity(CLUSTERS, cells.tensor, SIGMA),
    );
    return panel("marginal (closed form)", score, logp);
  };
  return await panelChart({
    title: "The conditional score and the marginal score",
    width: 250,
    height: 250,
    panels: [
      await conditional([-1.5, -1]),
      await conditional([0, 1.6]),
      await marginal(),
    ],
  });
}

type Point = [number, number];

/** The centres of n by n equal cells of the plane that is shown. */
function grid(n: number): { x: number[]; y: number[]; tensor: Tensor } {
  const place = (i: number) => REACH * ((2 * i + 1) / n - 1);
  const x = Array.from({ length: n * n }, (_, i) => place(i % n));
  const y = Array.from({ length: n * n }, (_, i) => place(Math.floor(i / n)));
  return { x, y, tensor: sampleOf(x.flatMap((_, i) => [x[i], y[i]]), [n * n, 2]).tensor };
}
