/**
 * The figure of ways from noise to data: samples of a mixture of two Gaussians, whose noise is known
 * exactly, by the student's `ddimStep`.
 *
 * @module
 */
import { read } from "../../lib/course/expect.ts";
import type { Student } from "../../lib/course/student.ts";
import { mixtureLogDensity } from "../../lib/models/score.ts";
import { histogram } from "../../lib/plot/histogram.ts";
import { type Panel, panelChart } from "../../lib/plot/panels.ts";
import type { Generator } from "../../lib/random/mod.ts";
import { linspace } from "../../lib/tensor/creation.ts";
import { cat } from "../../lib/tensor/functions.ts";
import { randn } from "../../lib/tensor/random.ts";
import { stepsOf } from "./metrics.ts";
import { exactNoise, sampleWith } from "./sampling.ts";

const CLUSTERS = { means: [[-1.2], [0.9]], std: 0.25 };
const STEPS = 50;
const SAMPLES = 1000;
/** So many of the samples are shown with their paths. */
const PATHS = 28;
/** What is shown goes from -REACH to REACH. */
const REACH = 3;

/** Draws paths of samples without and with new noise, and where they end. */
export async function paths(student: Student, generator: Generator): Promise<Uint8Array> {
  const { left } = await stepsOf(student, "linear", STEPS);
  const alphaBars = left.toReversed();
  const predict = exactNoise(CLUSTERS, alphaBars);
  const start = randn([SAMPLES, 1], { generator });
  const kinds = [{ eta: 0, colour: "blue" }, { eta: 1, colour: "orange" }] as const;
  const x = linspace(-REACH, REACH, 121).unsqueeze(1);
  const [places, logp] = await read(x, mixtureLogDensity(CLUSTERS, x, 0));
  const density = Array.from(logp, Math.exp);
  const panels: Panel[] = [];
  for (const { eta, colour } of kinds) {
    const path = await sampleWith(student, alphaBars, predict, { eta, generator, start });
    const shown = path.map((x) => x.narrow(0, 0, PATHS));
    const [values] = await read(cat(shown, 1).flatten());
    // One line for all, which breaks where a path ends.
    const times = Array.from({ length: PATHS }, () => [...path.keys(), NaN]).flat();
    const y = Array.from({ length: PATHS }, (_, i) => [
      ...values.subarray(i * path.length, (i + 1) * path.length),
      NaN,
    ]).flat();
    const title = eta === 0 ? "η = 0: nothing new" : "η = 1: new noise in every step";
    panels.push({
      title,
      x: { label: "steps taken", domain: [0, STEPS], ticks: [0, 10, 20, 30, 40, 50] },
      y: { label: "x", domain: [-REACH, REACH], ticks: [-2, 0, 2] },
      marks: [{
        kind: "line",
        colour,
        width: 1,
        opacity: 0.7,
        x: times.map((time) => Number.isNaN(time) ? STEPS : time),
        y,
      }],
    });
    const [ends] = await read(path[path.length - 1]);
    panels.push({
      title: "where they end",
      x: { label: "x", domain: [-REACH, REACH], ticks: [-2, 0, 2] },
      y: { domain: [0, 1.2], ticks: [0, 0.5, 1] },
      marks: [
        { ...histogram(ends, { from: -REACH, to: REACH, bins: 48 }), colour, opacity: 0.6 },
        { kind: "line", colour: "black", x: places, y: density, width: 2 },
      ],
    });
  }
  return await panelChart({
    title: "From noise to data",
    columns: 2,
    width: 330,
    height: 200,
    panels,
  });
}
