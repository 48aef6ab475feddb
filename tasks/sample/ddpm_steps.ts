/**
 * What fewer steps cost: quality and seconds.
 *
 * @module
 */
import { inProject } from "../../lib/course/paths.ts";
import { loadMnist } from "../../lib/data/mnist.ts";
import type { Ddpm } from "../../lib/models/ddpm/checkpoint.ts";
import { sampleDdpm } from "../../lib/models/ddpm/process/sampler.ts";
import { loadLeNet } from "../../lib/models/lenet.ts";
import type { Line, Mark } from "../../lib/plot/marks.ts";
import { panelChart } from "../../lib/plot/panels.ts";
import { Generator } from "../../lib/random/mod.ts";
import { makeAssessor } from "../judge/assess.ts";
import { toBytes } from "./files.ts";

/** Steps that are compared. */
const STEPS = [5, 10, 20, 50];
/** Images that are drawn for each. */
const COUNT = 100;
/** The two ways to draw. */
const WAYS = [
  { name: "DDIM (η = 0)", eta: 0, colour: "blue" },
  { name: "ancestral (η = 1)", eta: 1, colour: "orange" },
] as const;

/** What one way to draw comes to, for each number of steps. */
interface Quality extends Pick<Line, "name" | "colour"> {
  /** In percent. */
  readonly agreement: readonly number[];
  readonly frechet: readonly number[];
  readonly seconds: readonly number[];
}

/** Class agreement, Fréchet distance and seconds over the number of steps. */
export async function stepsChart(ddpm: Ddpm, seed: number): Promise<Uint8Array> {
  const lenet = await loadLeNet(inProject("data", "models", "lenet.safetensors"));
  const assess = await makeAssessor(lenet, await loadMnist());
  const labels = Array.from({ length: COUNT }, (_, i) => i % 10);
  const possible = STEPS.filter((steps) => steps < ddpm.alphaBars.length);
  const found: Quality[] = [];
  for (const { name, eta, colour } of WAYS) {
    const [agreement, frechet, seconds]: number[][] = [[], [], []];
    for (const steps of possible) {
      const options = { steps, eta, guidance: 2 };
      const draw = async () =>
        await sampleDdpm(ddpm, labels, { ...options, generator: new Generator(seed) });
      // The first time makes the session, which is no part of drawing.
      await draw();
      const start = performance.now();
      const samples = await draw();
      seconds.push((performance.now() - start) / 1000);
      const { agreement: agreed, ...judged } = await assess(
        toBytes(await samples.data()),
        labels,
        { lookUp: false },
      );
      agreement.push(100 * (agreed ?? NaN));
      frechet.push(judged.frechet);
    }
    found.push({ name, colour, agreement, frechet, seconds });
  }
  const panel = (measure: "agreement" | "frechet" | "seconds", label: string, from?: number) => {
    const values = found.flatMap((way) => way[measure]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return {
      title: label,
      x: { label: "steps", domain: [4, 60], log: true, ticks: possible },
      y: { domain: [from ?? Math.floor(low) - 1, measure === "agreement" ? 100 : 1.05 * high] },
      marks: found.flatMap((way): Mark[] => [
        { kind: "line", x: possible, y: way[measure], name: way.name, colour: way.colour },
        { kind: "points", x: possible, y: way[measure], size: 40, colour: way.colour },
      ]),
    } as const;
  };
  return await panelChart({
    title: `Quality and cost of ${COUNT} digits at guidance 2`,
    width: 260,
    height: 220,
    panels: [
      panel("agreement", "class agreement in %"),
      panel("frechet", "Fréchet distance", 0),
      panel("seconds", "seconds", 0),
    ],
  });
}
