/**
 * The figures of chains on a landscape with several valleys.
 *
 * @module
 */
import { expectTensor, read } from "../../../lib/course/expect.ts";
import { grid } from "../../../lib/course/report/plane.ts";
import { sampleOf, uniforms } from "../../../lib/course/samples.ts";
import type { Student } from "../../../lib/course/student.ts";
import type { Mark } from "../../../lib/plot/marks.ts";
import { type Panel, panelChart } from "../../../lib/plot/panels.ts";
import type { Generator } from "../../../lib/random/mod.ts";
import { runChains } from "../chains.ts";
import { matchingNoise } from "../oracles.ts";
import { circles, EDGE, LANDSCAPE, REACH, shades } from "./landscape.ts";

/** Steps that are small for the landscape, whose curvature is about 5, and the noise that fits. */
const STEP_SIZE = 0.03;
const STEPS = 120;
/** Where the chains begin that are followed, each with its colour. */
const WALKERS = [
  { at: [-2.5, -0.3], colour: "purple" },
  { at: [2.4, -2.5], colour: "vermillion" },
  { at: [0.1, 2.5], colour: "black" },
] as const;
const CHAINS = 500;
/** Arrows are as long as the gradient times this. */
const ARROW_SCALE = 0.06;

/** Draws the way downhill, a few chains, and where many of them come to lie. */
export async function chainsOnLandscape(
  student: Student,
  generator: Generator,
): Promise<Uint8Array> {
  const scales = { stepSize: STEP_SIZE, noiseScale: matchingNoise(STEP_SIZE) };
  const places = grid(11, REACH);
  const gradient = await student.call("inputGradient", [LANDSCAPE.energy, places.tensor]);
  const anywhere = uniforms(generator, [CHAINS, 2], -REACH, REACH).values;
  anywhere.set(WALKERS.flatMap(({ at }) => at));
  const start = sampleOf(anywhere, [CHAINS, 2]);
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
  const walks = WALKERS.flatMap(({ colour }, chain): Mark[] => {
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

/** Draws where chains come to lie by their step and their noise. */
export async function stepAgainstNoise(
  student: Student,
  generator: Generator,
): Promise<Uint8Array> {
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
