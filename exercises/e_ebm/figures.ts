/**
 * The figures of exercise E, drawn with the student's functions beside what is known in closed form.
 *
 * @module
 */
import { expectTensor, read } from "../../lib/course/expect.ts";
import { bind } from "../../lib/course/graph/bind.ts";
import type { DrawFigures } from "../../lib/course/report/content.ts";
import { drawFigures } from "../../lib/course/report/draw.ts";
import { sampleOf, uniforms } from "../../lib/course/samples.ts";
import type { Student } from "../../lib/course/student.ts";
import type { Mark } from "../../lib/plot/marks.ts";
import type { Colour } from "../../lib/plot/palette.ts";
import { type Panel, panelChart } from "../../lib/plot/panels.ts";
import { Generator } from "../../lib/random/mod.ts";
import { compile } from "../../lib/runtime/mod.ts";
import { tensor } from "../../lib/tensor/creation.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { runChains } from "./chains.ts";
import { linear } from "./energies.ts";
import { circles, EDGE, grid, LANDSCAPE, REACH, shades } from "./figures/landscape.ts";
import { noiseAndTemperature } from "./figures/temperature.ts";
import { matchingNoise } from "./oracles.ts";

/** Draws the figures of exercise E: chains, step against noise, temperature, bounds, and the loss. */
export const figures: DrawFigures = (student, options) => {
  const generator = () => new Generator(BigInt(options.seed));
  return drawFigures([
    {
      file: "chains.png",
      title: "Chains on an energy landscape",
      caption:
        "The shades are the density $e^{-E(x)}$ of an energy with four valleys. Left: the way down, " +
        "minus the gradient of `inputGradient`. Middle: three chains of `langevinStep`, from the " +
        "circles on, for 120 steps; noise carries one that has come down over the passes into other " +
        "valleys. Right: 500 chains that started anywhere in the picture, after as many steps: " +
        "they lie as the density does.",
      uses: ["inputGradient", "langevinStep"],
      draw: () => chains(student, generator()),
    },
    {
      file: "step_and_noise.png",
      title: "Step against noise",
      caption:
        "200 chains after 50 steps, from the same places; circles are one and two standard deviations " +
        "of each valley's density. Above, with $\\sigma = \\sqrt{2\\eta}$: small steps are not " +
        "through yet, and too large ones overshoot and spread too far. Below, with the step of the " +
        "middle: without noise all slide to the bottom of the nearest valley and stay, with little " +
        "they keep near it, and with much they heed the energy no more.",
      uses: ["langevinStep"],
      draw: () => stepAndNoise(student, generator()),
    },
    {
      file: "temperature.png",
      title: "What a chain samples",
      caption: "Left: the variance of chains on $\\mathcal{N}(0, 1)$ with noise $\\sqrt{2\\eta}$ " +
        "(circles), and $1 / (1 - \\eta / 2)$: only small steps give 1, and from $\\eta = 2$ on " +
        "chains leave. The others: chains on an energy with two wells, and the density " +
        "$e^{-E(x)/T}$, $T = \\sigma^2 / 2\\eta$. Less noise is a colder density: it keeps to the " +
        "bottom of the wells, and nothing crosses between them.",
      uses: ["langevinStep"],
      draw: () => noiseAndTemperature(student, generator()),
    },
    {
      file: "bounds.png",
      title: "Bounds",
      caption:
        "Left: `clampToBounds` for two pairs of bounds. Right: chains on an energy that falls " +
        "without end. Nothing holds them by themselves; clamped after every step they pile up at " +
        "the bound.",
      uses: ["clampToBounds", "langevinStep"],
      draw: () => bounds(student, generator()),
    },
    {
      file: "loss.png",
      title: "The contrastive loss",
      caption:
        "`contrastiveLoss` for data of energy $-g/2$ and samples of energy $g/2$. Without the " +
        "squares ($\\alpha = 0$) it falls for ever, and energies run away. With them the gap " +
        "settles at $g = 1/\\alpha$ (dots).",
      uses: ["contrastiveLoss"],
      draw: () => loss(student),
    },
  ], options);
};

/** Steps that are small for the landscape, whose curvature is about 5, and the noise that fits. */
const STEP_SIZE = 0.03;
const STEPS = 120;
const WALKERS = 3;
const CHAINS = 500;
/** Arrows are as long as the gradient times this. */
const ARROW_SCALE = 0.06;

async function chains(student: Student, generator: Generator): Promise<Uint8Array> {
  const scales = { stepSize: STEP_SIZE, noiseScale: matchingNoise(STEP_SIZE) };
  const places = grid(11);
  const gradient = await student.call("inputGradient", [LANDSCAPE.energy, places.tensor]);
  const start = uniforms(generator, [CHAINS, 2], -REACH, REACH);
  const path = await runChains(
    student,
    { landscape: LANDSCAPE, start: start.tensor, steps: STEPS, ...scales },
    generator,
  );
  const n = places.x.length;
  const [slopes, positions] = await read(
    expectTensor(gradient, "dE/dx", [n, 2], `for x [${n}, 2]`),
    path,
  );
  const downhill = (j: number) => places.x.map((_, i) => -ARROW_SCALE * slopes[2 * i + j]);
  const at = (step: number, chain: number, j: number) => positions[(step * CHAINS + chain) * 2 + j];
  const colours: Colour[] = ["vermillion", "purple", "black"];
  const walks = colours.slice(0, WALKERS).flatMap((colour, chain): Mark[] => {
    const [x, y] = [0, 1].map((j) => [
      start.values[2 * chain + j],
      ...Array.from({ length: STEPS }, (_, step) => at(step, chain, j)),
    ]);
    return [
      { kind: "line", colour, x, y, width: 1.4, opacity: 0.85 },
      { kind: "points", colour, shape: "ring", size: 90, x: x.slice(0, 1), y: y.slice(0, 1) },
    ];
  });
  const [x, y] = [0, 1].map((j) =>
    Array.from({ length: CHAINS }, (_, chain) => at(STEPS - 1, chain, j))
  );
  const panel = (title: string, marks: readonly Mark[]): Panel => {
    const axis = { domain: [-EDGE, EDGE] as const, ticks: [-2, 0, 2] };
    return { title, x: axis, y: axis, marks: [shades(), ...marks] };
  };
  return await panelChart({
    title: "Chains on an energy landscape",
    width: 250,
    height: 250,
    panels: [
      panel("downhill", [
        {
          kind: "arrows",
          colour: "black",
          x: places.x,
          y: places.y,
          u: downhill(0),
          v: downhill(1),
        },
      ]),
      panel("three chains", walks),
      panel(`${CHAINS} chains`, [{ kind: "points", x, y, size: 7, opacity: 0.7 }]),
    ],
  });
}

/** Step sizes of the upper row, with the noise that fits them. */
const STEP_SIZES = [0.002, STEP_SIZE, 0.25];
/** Noise of the lower row, in terms of that. */
const NOISES = [["0", 0], ["√(2η) / 3", 1 / 3], ["3 √(2η)", 3]] as const;
const FEW = 200;
const FEW_STEPS = 50;

async function stepAndNoise(student: Student, generator: Generator): Promise<Uint8Array> {
  const start = uniforms(generator, [FEW, 2], -REACH, REACH).tensor;
  const panelOf = async (stepSize: number, name: string, times: number): Promise<Panel> => {
    const noiseScale = times * matchingNoise(stepSize);
    const made = { landscape: LANDSCAPE, start, steps: FEW_STEPS, stepSize, noiseScale };
    const path = await runChains(student, made, generator);
    const [positions] = await read(path.narrow(0, FEW_STEPS - 1, 1));
    const [x, y] = [0, 1].map((j) => positions.filter((_, i) => i % 2 === j));
    const axis = { domain: [-EDGE, EDGE] as const, ticks: [-2, 0, 2] };
    const marks: Mark[] = [...circles(), { kind: "points", x, y, size: 9 }];
    return { title: `η = ${stepSize}, σ = ${name}`, x: axis, y: axis, marks };
  };
  const panels: Panel[] = [];
  for (const stepSize of STEP_SIZES) panels.push(await panelOf(stepSize, "√(2η)", 1));
  for (const [name, times] of NOISES) panels.push(await panelOf(STEP_SIZE, name, times));
  const title = "Step against noise";
  return await panelChart({ title, columns: 3, width: 210, height: 210, panels });
}

async function bounds(student: Student, generator: Generator): Promise<Uint8Array> {
  const places = sampleOf(Float32Array.from({ length: 121 }, (_, i) => (i - 60) / 30), [121]);
  const pairs = [{ lo: -1, hi: 1, colour: "blue" }, { lo: 0, hi: 0.5, colour: "orange" }] as const;
  const curves: Mark[] = [];
  for (const { lo, hi, colour } of pairs) {
    const result = await student.call("clampToBounds", [places.tensor, lo, hi]);
    const [y] = await read(expectTensor(result, "the result", [121], "for x [121]"));
    const name = `lo = ${lo}, hi = ${hi}`.replace("-", "−");
    curves.push({ kind: "line", name, colour, x: places.values, y, width: 3 });
  }

  const [chains, steps] = [6, 60];
  const start = sampleOf(new Float32Array(chains), [chains, 1]).tensor;
  const clamp = await student.trace("clampToBounds", [start, -1, 1]);
  const after = (x: Tensor) =>
    expectTensor(bind(clamp, [x, -1, 1]), "the result", [chains, 1], `for x [${chains}, 1]`);
  const falling = { landscape: linear(sampleOf([-1], [1])), start, steps };
  const scales = { stepSize: 0.03, noiseScale: 0.15 };
  const noise = () => new Generator(generator.initialSeed());
  const [free, held] = await read(
    await runChains(student, { ...falling, ...scales }, noise()),
    await runChains(student, { ...falling, ...scales, after }, noise()),
  );
  const walks = (name: string, colour: Colour, positions: ArrayLike<number>): Mark[] =>
    Array.from({ length: chains }, (_, chain) => ({
      kind: "line",
      name,
      colour,
      width: 1.6,
      opacity: 0.8,
      x: Array.from({ length: steps + 1 }, (_, step) => step),
      y: [0, ...Array.from({ length: steps }, (_, step) => positions[step * chains + chain])],
    }));
  return await panelChart({
    title: "Bounds",
    width: 330,
    height: 260,
    panels: [
      {
        x: { label: "x", domain: [-2, 2] },
        y: { label: "clamped", domain: [-1.5, 1.5] },
        marks: curves,
      },
      {
        x: { label: "steps", domain: [0, steps] },
        y: { label: "x", domain: [-2, 4.5] },
        marks: [...walks("free", "vermillion", free), ...walks("clamped", "green", held)],
      },
    ],
  });
}

const ALPHAS = [{ alpha: 0, colour: "vermillion" }, { alpha: 0.25, colour: "blue" }, {
  alpha: 0.5,
  colour: "green",
}] as const;

async function loss(student: Student): Promise<Uint8Array> {
  const gaps = Float32Array.from({ length: 25 }, (_, i) => i / 4);
  const marks: Mark[] = [];
  for (const { alpha, colour } of ALPHAS) {
    const graph = await student.trace("contrastiveLoss", [tensor([0]), tensor([0]), alpha]);
    const lossOf = compile((real: Tensor, fake: Tensor) => {
      const result = bind(graph, [real, fake, alpha]);
      return expectTensor(result, "the loss", [], "for one energy of data and one of samples");
    });
    const y: number[] = [];
    for (const gap of gaps) {
      const [[value]] = await read(await lossOf(tensor([-gap / 2]), tensor([gap / 2])));
      y.push(value);
    }
    marks.push({ kind: "line", name: `α = ${alpha}`, colour, x: gaps, y, width: 2.5 });
    if (alpha > 0) {
      const lowest = { x: [1 / alpha], y: [-1 / alpha + 1 / (2 * alpha)] };
      marks.push({ kind: "points", colour, size: 90, ...lowest });
    }
  }
  return await panelChart({
    title: "The contrastive loss",
    width: 560,
    height: 280,
    panels: [{
      x: { label: "gap g between samples and data", domain: [0, 6] },
      y: { label: "loss", domain: [-6, 4] },
      marks,
    }],
  });
}
