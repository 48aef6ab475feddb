/**
 * The figure of the contrastive loss.
 *
 * @module
 */
import { expectTensor, read } from "../../../lib/course/expect.ts";
import { bind } from "../../../lib/course/graph/bind.ts";
import type { Student } from "../../../lib/course/student.ts";
import type { Mark } from "../../../lib/plot/marks.ts";
import { panelChart } from "../../../lib/plot/panels.ts";
import { compile } from "../../../lib/runtime/mod.ts";
import { tensor } from "../../../lib/tensor/creation.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";

const ALPHAS = [
  { alpha: 0, colour: "vermillion" },
  { alpha: 0.25, colour: "blue" },
  { alpha: 0.5, colour: "green" },
] as const;

/** Draws the loss by how far the energies of data and of samples are apart. */
export async function lossByGap(student: Student): Promise<Uint8Array> {
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
      const lowest = { x: [1 / alpha], y: [-1 / (2 * alpha)] };
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
