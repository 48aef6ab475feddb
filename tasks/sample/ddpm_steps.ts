/**
 * What fewer steps cost: quality and seconds.
 *
 * @module
 */
import { loadMnist } from "../../lib/data/mnist.ts";
import type { Ddpm } from "../../lib/models/ddpm/checkpoint.ts";
import { sampleDdpm, type SampleOptions } from "../../lib/models/ddpm/process/sampler.ts";
import { loadLeNet } from "../../lib/models/lenet.ts";
import type { Mark } from "../../lib/plot/marks.ts";
import type { Colour } from "../../lib/plot/palette.ts";
import { type Axis, type Panel, panelChart } from "../../lib/plot/panels.ts";
import { Generator } from "../../lib/random/mod.ts";
import { makeAssessor, realImages } from "../judge/assess.ts";
import { shippedModel } from "../model_files.ts";
import { toBytes } from "./files.ts";

/** Steps that are compared. */
const STEPS = [5, 10, 20, 50];
/** What is drawn with each. */
const LABELS = Array.from({ length: 100 }, (_, i) => i % 10);
/** The two ways to draw. */
const WAYS = [
  { name: "DDIM (η = 0)", eta: 0, colour: "blue" },
  { name: "ancestral (η = 1)", eta: 1, colour: "orange" },
] as const;

/** What is measured. */
type Measure = "agreement" | "frechet" | "seconds";

/** What one way to draw comes to, for each number of steps; the agreement in percent. */
interface Quality extends Record<Measure, number[]> {
  readonly name: string;
  readonly colour: Colour;
}

/** Class agreement, Fréchet distance and seconds over the number of steps. */
export async function stepsChart(ddpm: Ddpm, seed: number): Promise<Uint8Array> {
  const lenet = await loadLeNet(shippedModel("lenet"));
  const assess = await makeAssessor(lenet, await loadMnist());
  const possible = upTo(ddpm.alphaBars.length - 1, STEPS);
  const found: Quality[] = [];
  for (const { name, eta, colour } of WAYS) {
    const quality: Quality = { name, colour, agreement: [], frechet: [], seconds: [] };
    for (const steps of possible) {
      const options = { steps, eta, guidance: 2 };
      const { images, seconds } = await drawTimed(ddpm, options, new Generator(seed));
      const judged = await assess(images, LABELS, { lookUp: false });
      quality.agreement.push(100 * (judged.agreement ?? NaN));
      quality.frechet.push(judged.frechet);
      quality.seconds.push(seconds);
    }
    found.push(quality);
  }
  const test = realImages(await loadMnist({ train: false }), LABELS.length, LABELS);
  const digits = await assess(test.images, test.labels, { lookUp: false });
  const domain = [0.8 * possible[0], 1.2 * possible[possible.length - 1]] as const;
  const panel = (measure: Measure, title: string, ofReal?: number): Panel => {
    const values = [...found.flatMap((way) => way[measure]), ofReal ?? 0];
    const range: Axis["domain"] = measure === "agreement"
      ? [Math.min(...found.flatMap((way) => way.agreement)) - 1, 100.2]
      : [0, 1.05 * Math.max(...values)];
    const real: readonly Mark[] = ofReal === undefined ? [] : [
      {
        kind: "line",
        x: domain,
        y: [ofReal, ofReal],
        dashed: true,
        name: "test digits",
        colour: "grey",
      },
    ];
    return {
      title,
      x: { label: "steps", domain, log: true, ticks: possible },
      y: { domain: range },
      marks: [
        ...real,
        ...found.flatMap((way): Mark[] => [
          { kind: "line", x: possible, y: way[measure], name: way.name, colour: way.colour },
          { kind: "points", x: possible, y: way[measure], size: 40, colour: way.colour },
        ]),
      ],
    };
  };
  return await panelChart({
    title: `Quality and cost of ${LABELS.length} digits at guidance 2`,
    width: 260,
    height: 220,
    panels: [
      panel("agreement", "class agreement in %", 100 * (digits.agreement ?? NaN)),
      panel("frechet", "Fréchet distance", digits.frechet),
      panel("seconds", "seconds"),
    ],
  });
}

/** Numbers of steps, none of them above T, which takes the place of those that are. */
export function upTo(T: number, steps: readonly number[]): number[] {
  return [...new Set(steps.map((count) => Math.min(count, T)))];
}

/** Draws images in two halves, and times the second: the first makes the session as well. */
async function drawTimed(
  ddpm: Ddpm,
  options: SampleOptions,
  generator: Generator,
): Promise<{ images: Uint8Array; seconds: number }> {
  const half = LABELS.slice(0, LABELS.length / 2);
  const first = await sampleDdpm(ddpm, half, { ...options, generator });
  const start = performance.now();
  const second = await sampleDdpm(ddpm, half, { ...options, generator });
  const seconds = 2 * (performance.now() - start) / 1000;
  return { images: toBytes([...await first.data(), ...await second.data()]), seconds };
}
