/**
 * Checks of `vaeLoss`, which is given: it must still do what it did.
 *
 * @module
 */
import type { Check } from "../../../lib/course/check.ts";
import { expectClose, expectFields, read } from "../../../lib/course/expect.ts";
import { normals, uniforms } from "../../../lib/course/samples.ts";
import { seeded } from "../../../lib/course/seeded.ts";
import { klOf, nllOf } from "../oracles.ts";

const [B, D, P] = [16, 5, 32];
const WHERE = `for B = ${B}, D = ${D}, P = ${P}`;

function batch() {
  const generator = seeded(91);
  return {
    logits: normals(generator, [B, P], 2),
    x: uniforms(generator, [B, P]),
    mu: normals(generator, [B, D]),
    logvar: normals(generator, [B, D], 0.3),
  };
}

const FUNCTION = {
  function: "vaeLoss",
  points: 0,
  visibility: "public",
  needs: ["klDiagGaussianToStandard", "bernoulliNllFromLogits"],
} as const;

const SHAPES = { loss: [], recon: [], kl: [], klPerDim: [D] };

/** In the order in which a student meets them. */
export const lossChecks: readonly Check[] = [
  {
    ...FUNCTION,
    id: "loss-beta",
    message: "the loss is recon + beta kl: with beta = 0 the reconstruction alone",
    hint: "vaeLoss came written: restore it from a fresh copy of the exercise.",
    async run(student) {
      const { logits, x, mu, logvar } = batch();
      const tensors = [logits, x, mu, logvar].map(({ tensor }) => tensor);
      for (const beta of [0, 0.25, 1, 4]) {
        const fields = expectFields(
          await student.call("vaeLoss", beta === 1 ? tensors : [...tensors, beta]),
          SHAPES,
          WHERE,
        );
        const [loss, recon, kl] = await read(fields.loss, fields.recon, fields.kl);
        const given = beta === 1 ? "no beta given, so beta = 1" : `beta = ${beta}`;
        expectClose(loss, [recon[0] + beta * kl[0]], {
          rtol: 1e-6,
          what: "loss",
          shape: [],
          where: `${WHERE}, ${given}, recon = ${recon[0]}, kl = ${kl[0]}`,
        });
      }
    },
  },
  {
    ...FUNCTION,
    id: "loss-parts",
    message: "recon and kl are means over the batch, and klPerDim the means of each dimension",
    hint: "vaeLoss came written: restore it from a fresh copy of the exercise.",
    async run(student) {
      const { logits, x, mu, logvar } = batch();
      const tensors = [logits, x, mu, logvar].map(({ tensor }) => tensor);
      const fields = expectFields(await student.call("vaeLoss", tensors), SHAPES, WHERE);
      const [recon, kl, klPerDim] = await read(fields.recon, fields.kl, fields.klPerDim);
      const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / B;
      const nll = nllOf(logits.values, x.values, { B, D: P });
      const options = { rtol: 2e-5, shape: [], where: WHERE };
      expectClose(recon, [mean(nll.values)], { ...options, what: "recon" });
      const byExample = klOf(mu.values, logvar.values, { B, D });
      expectClose(kl, [mean(byExample.values)], { ...options, what: "kl" });
      const byElement = klOf(mu.values, logvar.values, { B: B * D, D: 1 }).values;
      const expected = Float64Array.from(
        { length: D },
        (_, j) => mean(byElement.filter((_, i) => i % D === j)),
      );
      expectClose(klPerDim, expected, { rtol: 2e-5, what: "klPerDim", where: WHERE });
    },
  },
];
