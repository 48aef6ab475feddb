/**
 * The figure of what bounds do.
 *
 * @module
 */
import { expectTensor, read } from "../../../lib/course/expect.ts";
import { bind } from "../../../lib/course/graph/bind.ts";
import { constant, sampleOf } from "../../../lib/course/samples.ts";
import type { Student } from "../../../lib/course/student.ts";
import type { Mark } from "../../../lib/plot/marks.ts";
import type { Colour } from "../../../lib/plot/palette.ts";
import { type Panel, panelChart } from "../../../lib/plot/panels.ts";
import { Generator } from "../../../lib/random/mod.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import { runChains } from "../chains.ts";
import { linear } from "../energies.ts";

/** Draws `clampToBounds` as a function, and chains with it and without. */
export async function boundsOfChains(student: Student, seed: bigint): Promise<Uint8Array> {
  return await panelChart({
    title: "Bounds",
    width: 330,
    height: 260,
    panels: [await curves(student), await walks(student, seed)],
  });
}

const PAIRS = [
  { lo: -1, hi: 1, colour: "blue" },
  { lo: 0, hi: 0.5, colour: "orange" },
] as const;

async function curves(student: Student): Promise<Panel> {
  const places = sampleOf(Float32Array.from({ length: 121 }, (_, i) => (i - 60) / 30), [121]);
  const marks: Mark[] = [];
  for (const { lo, hi, colour } of PAIRS) {
    const result = await student.call("clampToBounds", [places.tensor, lo, hi]);
    const [y] = await read(expectTensor(result, "the result", [121], "for x [121]"));
    const name = `lo = ${lo}, hi = ${hi}`.replace("-", "−");
    marks.push({ kind: "line", name, colour, x: places.values, y, width: 3 });
  }
  return {
    x: { label: "x", domain: [-2, 2] },
    y: { label: "clamped", domain: [-1.5, 1.5] },
    marks,
  };
}

const CHAINS = 6;
const STEPS = 60;

async function walks(student: Student, seed: bigint): Promise<Panel> {
  const shape = [CHAINS, 1];
  const start = constant(shape, 0).tensor;
  const clamp = await student.trace("clampToBounds", [start, -1, 1]);
  const after = (x: Tensor) =>
    expectTensor(bind(clamp, [x, -1, 1]), "the result", shape, `for x [${shape.join(", ")}]`);
  const falling = {
    landscape: linear(sampleOf([-1], [1])),
    start,
    steps: STEPS,
    stepSize: 0.03,
    noiseScale: 0.15,
  };
  // The same noise for both.
  const [free, held] = await read(
    await runChains(student, falling, new Generator(seed)),
    await runChains(student, { ...falling, after }, new Generator(seed)),
  );
  const lines = (name: string, colour: Colour, positions: ArrayLike<number>): Mark[] =>
    Array.from({ length: CHAINS }, (_, chain) => ({
      kind: "line",
      name,
      colour,
      width: 1.6,
      opacity: 0.8,
      x: Array.from({ length: STEPS + 1 }, (_, step) => step),
      y: [0, ...Array.from({ length: STEPS }, (_, step) => positions[step * CHAINS + chain])],
    }));
  return {
    x: { label: "steps", domain: [0, STEPS] },
    y: { label: "x", domain: [-2, 4.5] },
    marks: [...lines("free", "vermillion", free), ...lines("clamped", "green", held)],
  };
}
