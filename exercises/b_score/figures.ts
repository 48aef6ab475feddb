/**
 * The figures of exercise B, drawn with the student's functions beside what is known in closed form.
 *
 * @module
 */
import { expectFields, expectTensor, read } from "../../lib/course/expect.ts";
import type { DrawFigures } from "../../lib/course/report/content.ts";
import { drawFigures } from "../../lib/course/report/draw.ts";
import { type Grid, grid, shadesOf } from "../../lib/course/report/plane.ts";
import { constant, sampleOf } from "../../lib/course/samples.ts";
import type { Student } from "../../lib/course/student.ts";
import { type GaussianMixture, mixtureLogDensity, mixtureScore } from "../../lib/models/score.ts";
import type { Mark } from "../../lib/plot/marks.ts";
import { type Panel, panelChart } from "../../lib/plot/panels.ts";
import { Generator, normal } from "../../lib/random/mod.ts";
import { cat } from "../../lib/tensor/functions.ts";

/** Draws the figures of exercise B: the noise schedule, noisy data, and the two scores. */
export const figures: DrawFigures = (student, options) =>
  drawFigures([
    {
      file: "sigma.png",
      title: "The noise schedule σ(t)",
      caption: "`sigmaVe` on a logarithmic axis, for two pairs of limits. A geometric schedule " +
        "is a straight line between its limits (circles).",
      uses: ["sigmaVe"],
      draw: () => schedule(student),
    },
    {
      file: "noisy_data.png",
      title: "Data dissolve into noise",
      caption: "A spiral under `veForward`. The mean stays where it was, only noise is added, " +
        "and the axes grow with it: at first points leave their line, then they cross to other " +
        "arms, and at $t = 1$ the colours, which say where on the spiral a point came from, are " +
        "mixed: $x_t$ tells next to nothing about $x_0$.",
      uses: ["veForward", "sigmaVe"],
      draw: () => noisyData(student, new Generator(BigInt(options.seed))),
    },
    {
      file: "scores.png",
      title: "The conditional score and the marginal score",
      caption: "Two panels show `conditionalScoreXtGivenX0`, each for one known $x_0$ (circle): " +
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
  const n = SPIRAL_POINTS;
  const B = TIMES.length * n;
  const { coordinates, places } = spiral(generator);
  // The same points for every time, one time after the other.
  const x0 = sampleOf(TIMES.flatMap(() => [...coordinates]), [B, 2]);
  const t = sampleOf(TIMES.flatMap((time) => places.map(() => time)), [B]);
  const result = await student.call("veForward", [x0.tensor, t.tensor], generator);
  const shapes = { xt: [B, 2], eps: [B, 2], sigmaT: [B, 1] };
  const { xt, sigmaT } = expectFields(result, shapes, `for x0 [${B}, 2] and t [${B}]`);
  const [points, sigmas] = await read(xt, sigmaT);
  const panels = TIMES.map((time, i): Panel => {
    const [x, y] = [0, 1].map((j) => places.map((_, k) => points[2 * (i * n + k) + j]));
    const sigma = sigmas[i * n];
    // Room for the spiral, of radius 1, and for three standard deviations of the true noise.
    const reach = 1.15 + 3 * 0.01 * 5000 ** time;
    const axis = { domain: [-reach, reach] as const };
    return {
      title: `t = ${time}: σ = ${sigma < 1 ? sigma.toFixed(2) : sigma.toFixed(1)}`,
      x: axis,
      y: axis,
      marks: [{ kind: "points", x, y, values: places, size: 16, opacity: 0.8 }],
    };
  });
  const title = "Data dissolve into noise";
  return await panelChart({ title, columns: 3, width: 230, height: 230, panels });
}

/** Points on a spiral of two turns, x and y in turn, and how far along it each is, from 0 to 1. */
function spiral(generator: Generator): { coordinates: Float32Array; places: number[] } {
  const places = Array.from({ length: SPIRAL_POINTS }, (_, i) => (i + 0.5) / SPIRAL_POINTS);
  const jitter = normal(generator, 2 * SPIRAL_POINTS, 0, 0.015);
  const coordinates = jitter.map((noise, i) => {
    // A turn is as long as its radius is large: the square root spreads the points evenly.
    const radius = Math.sqrt(places[Math.floor(i / 2)]);
    const angle = 4 * Math.PI * radius;
    return radius * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + noise;
  });
  return { coordinates, places };
}

const CLUSTERS: GaussianMixture = { means: [[-1.5, -1], [1.6, -0.9], [0, 1.6]], std: 0.15 };
/** The x₀ of the two conditional scores. */
const KNOWN = [CLUSTERS.means[0], CLUSTERS.means[2]];
const SIGMA = 0.7;
/** Shades and arrows fill the plane from -REACH to REACH in both directions. */
const REACH = 3.2;
/** The panels show a little more, so that no shade covers their frame. */
const EDGE = 1.02 * REACH;
/** Shades in each direction; those fainter than FAINTEST of the darkest are not drawn. */
const CELLS = 28;
const FAINTEST = 0.01;
/** Arrows are shorter than sigma² times the score by this, so that they do not overlap. */
const ARROW_SCALE = 0.3;

async function scores(student: Student): Promise<Uint8Array> {
  const places: Places = { arrows: grid(9, REACH), cells: grid(CELLS, REACH) };
  const { arrows, cells } = places;
  const n = arrows.x.length;
  // Every place of an arrow with the first x0, then with the second.
  const xt = cat(KNOWN.map(() => arrows.tensor));
  const x0 = sampleOf(KNOWN.flatMap((point) => arrows.x.flatMap(() => point)), [2 * n, 2]);
  const args = [xt, x0.tensor, constant([2 * n, 1], SIGMA).tensor];
  const result = await student.call("conditionalScoreXtGivenX0", args);
  const called = `for xt and x0 [${2 * n}, 2] and sigmaT [${2 * n}, 1]`;
  const [received, score, logp, ...conditional] = await read(
    expectTensor(result, "score", [2 * n, 2], called),
    mixtureScore(CLUSTERS, arrows.tensor, SIGMA),
    mixtureLogDensity(CLUSTERS, cells.tensor, SIGMA),
    ...KNOWN.map((x0) => mixtureLogDensity({ means: [x0], std: SIGMA }, cells.tensor, 0)),
  );
  const known = KNOWN.map(([x, y], i): Panel => {
    const score = received.slice(i * 2 * n, (i + 1) * 2 * n);
    const title = "conditional on one x₀";
    const panel = field(title, { score, logp: conditional[i] }, places);
    const circle = { kind: "points", shape: "ring", size: 150, colour: "vermillion" } as const;
    return { ...panel, marks: [...panel.marks, { ...circle, x: [x], y: [y] }] };
  });
  return await panelChart({
    title: "The conditional score and the marginal score",
    width: 250,
    height: 250,
    panels: [...known, field("marginal (closed form)", { score, logp }, places)],
  });
}

/** Where there are arrows and shades. */
interface Places {
  readonly arrows: Grid;
  readonly cells: Grid;
}

/** A density as shades, and its score as arrows. */
function field(
  title: string,
  { score, logp }: { readonly score: ArrayLike<number>; readonly logp: ArrayLike<number> },
  { arrows: { x, y }, cells }: Places,
): Panel {
  const axis = { domain: [-EDGE, EDGE] as const, ticks: [-2, 0, 2] };
  const highest = Math.max(...Array.from(logp));
  const density = Array.from(logp, (value) => Math.exp(value - highest));
  const component = (j: number) => x.map((_, i) => ARROW_SCALE * SIGMA ** 2 * score[2 * i + j]);
  return {
    title,
    x: axis,
    y: axis,
    marks: [
      shadesOf(cells, density, FAINTEST),
      {
        kind: "arrows",
        colour: "black",
        opacity: 0.75,
        x,
        y,
        u: component(0),
        v: component(1),
      },
    ],
  };
}
