/**
 * The figure of what chains sample, by their step and their noise.
 *
 * @module
 */
import { read } from "../../../lib/course/expect.ts";
import { normals, sampleOf } from "../../../lib/course/samples.ts";
import type { Student } from "../../../lib/course/student.ts";
import { histogram } from "../../../lib/plot/histogram.ts";
import { type Panel, panelChart } from "../../../lib/plot/panels.ts";
import type { Generator } from "../../../lib/random/mod.ts";
import { runChains } from "../chains.ts";
import { bowl, doubleWell } from "../energies.ts";
import { matchingNoise, stationaryVariance } from "../oracles.ts";

const CHAINS = 2000;

/** Draws it. */
export async function noiseAndTemperature(
  student: Student,
  generator: Generator,
): Promise<Uint8Array> {
  return await panelChart({
    title: "What a chain samples",
    width: 250,
    height: 250,
    panels: [
      await variances(student, generator),
      await wells(student, generator, 1),
      await wells(student, generator, 0.15),
    ],
  });
}

async function variances(student: Student, generator: Generator): Promise<Panel> {
  const stepSizes = [0.1, 0.6, 1.2, 1.7];
  const variances: number[] = [];
  for (const stepSize of stepSizes) {
    const start = normals(generator, [CHAINS, 1]).tensor;
    const scales = { stepSize, noiseScale: matchingNoise(stepSize) };
    const path = await runChains(
      student,
      { landscape: bowl(1, 1), start, steps: 16, ...scales },
      generator,
    );
    const [[variance]] = await read(path.narrow(0, 8, 8).square().mean());
    variances.push(variance);
  }
  const x = Array.from({ length: 90 }, (_, i) => (i + 1) / 50);
  const y = x.map((stepSize) =>
    stationaryVariance({ stepSize, noiseScale: matchingNoise(stepSize) })
  );
  return {
    title: "variance on N(0, 1)",
    x: { label: "step size η", domain: [0, 2], ticks: [0, 0.5, 1, 1.5, 2] },
    y: { domain: [0, 8] },
    marks: [
      { kind: "line", name: "theory", colour: "vermillion", x, y, width: 2.5 },
      {
        kind: "points",
        name: "chains",
        colour: "blue",
        shape: "ring",
        size: 70,
        x: stepSizes,
        y: variances,
      },
    ],
  };
}

async function wells(student: Student, generator: Generator, temperature: number): Promise<Panel> {
  const landscape = doubleWell(sampleOf([1], [1]));
  const stepSize = 0.01;
  const noiseScale = Math.sqrt(temperature) * matchingNoise(stepSize);
  const start = normals(generator, [CHAINS, 1]).tensor;
  const chains = { landscape, start, steps: 120, stepSize, noiseScale };
  const [values] = await read((await runChains(student, chains, generator)).narrow(0, 119, 1));
  const [from, to, cells] = [-2.2, 2.2, 220];
  const x = Float64Array.from({ length: cells + 1 }, (_, i) => from + (to - from) * i / cells);
  const weights = x.map((place) => Math.exp(-landscape.at([place]) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0) * (to - from) / cells;
  return {
    title: `two wells, T = ${temperature}`,
    x: { label: "x", domain: [from, to], ticks: [-2, -1, 0, 1, 2] },
    y: { domain: [0, 1.6] },
    marks: [
      {
        ...histogram(values, { from, to, bins: 44 }),
        name: "chains",
        colour: "blue",
        opacity: 0.5,
      },
      {
        kind: "line",
        name: "theory",
        colour: "vermillion",
        x,
        y: weights.map((weight) => weight / total),
        width: 2.5,
      },
    ],
  };
}
