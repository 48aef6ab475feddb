/**
 * Changes to `vaeLoss`, which is given, that spoil it.
 *
 * @module
 */
import type { Tensor } from "genlab";
import {
  bernoulliNllFromLogits,
  klDiagGaussianToStandard,
  vaeLoss,
} from "../../../exercises/a_vae/solution.ts";
import type { Mistake } from "../corpus.ts";

type Loss = (logits: Tensor, x: Tensor, mu: Tensor, logvar: Tensor, beta?: number) => unknown;

/** Each names the check that has to catch it. */
export const lossMistakes: readonly Mistake<Loss>[] = [
  {
    name: "beta not used",
    check: "loss-beta",
    says: /with beta = 0 the reconstruction alone/,
    code: (logits, x, mu, logvar) => vaeLoss(logits, x, mu, logvar),
  },
  {
    name: "another beta by default",
    check: "loss-beta",
    says: /beta = 1,/,
    code: (logits, x, mu, logvar, beta = 0.5) => vaeLoss(logits, x, mu, logvar, beta),
  },
  {
    name: "the loss alone",
    check: "loss-beta",
    says: /expected an object, \{ loss, recon, kl, klPerDim \}, received a tensor of shape \[\]/,
    code: (...args) => vaeLoss(...args).loss,
  },
  {
    name: "sums over the batch",
    check: "loss-parts",
    says: /means over the batch/,
    code: (logits, x, mu, logvar, beta = 1) => {
      const recon = bernoulliNllFromLogits(logits, x).sum();
      const kl = klDiagGaussianToStandard(mu, logvar).sum();
      const { klPerDim } = vaeLoss(logits, x, mu, logvar);
      return { loss: recon.add(kl.mul(beta)), recon, kl, klPerDim };
    },
  },
  {
    name: "klPerDim shared out evenly",
    check: "loss-parts",
    says: /klPerDim\[\d\] = /,
    code: (...args) => {
      const parts = vaeLoss(...args);
      return { ...parts, klPerDim: parts.klPerDim.mean().expand(args[2].shape[1]) };
    },
  },
];
