/**
 * Mistakes in `bernoulliNllFromLogits`.
 *
 * @module
 */
import { binaryCrossEntropyWithLogits, mseLoss, type Tensor, where } from "genlab";
import type { Mistake } from "../corpus.ts";

type Nll = (logits: Tensor, x: Tensor) => unknown;

/** The right cost of each pixel. */
const each = (logits: Tensor, x: Tensor) =>
  binaryCrossEntropyWithLogits(logits, x, { reduction: "none" });

/** The cost of each pixel from its probability: unstable. */
const fromProbability = (p: Tensor, x: Tensor) =>
  x.mul(p.log()).add(x.neg().add(1).mul(p.neg().add(1).log())).neg();

/** Each names the check that has to catch it. */
export const nllMistakes: readonly Mistake<Nll>[] = [
  {
    name: "the mean that the loss gives by default",
    check: "nll-shape",
    says: /shape \[64\], received the negative log-likelihood of shape \[\]/,
    code: (logits, x) => binaryCrossEntropyWithLogits(logits, x),
  },
  {
    name: "the sum over everything",
    check: "nll-shape",
    says: /of shape \[\]/,
    code: (logits, x) => binaryCrossEntropyWithLogits(logits, x, { reduction: "sum" }),
  },
  {
    name: "a cost for each pixel's place",
    check: "nll-shape",
    says: /of shape \[32\]/,
    code: (logits, x) => each(logits, x).sum(0),
  },
  {
    name: "nothing summed",
    check: "nll-shape",
    says: /of shape \[64, 32\]/,
    code: (logits, x) => each(logits, x),
  },
  {
    name: "a column",
    check: "nll-shape",
    says: /of shape \[64, 1\]/,
    code: (logits, x) => each(logits, x).sum(1, true),
  },
  {
    name: "the log-likelihood, without minus",
    check: "nll-even-odds",
    says: /costs ln 2/,
    code: (logits, x) => each(logits, x).sum(1).neg(),
  },
  {
    name: "the mean over the pixels",
    check: "nll-even-odds",
    says: /costs ln 2/,
    code: (logits, x) => each(logits, x).mean(1),
  },
  {
    name: "divided by the batch size",
    check: "nll-even-odds",
    says: /costs ln 2/,
    code: (logits, x) => each(logits, x).sum(1).div(logits.shape[0]),
  },
  {
    name: "pixels of 1 alone",
    check: "nll-even-odds",
    says: /costs ln 2/,
    code: (logits, x) => logits.neg().softplus().mul(x).sum(1),
  },
  {
    name: "bits for nats",
    check: "nll-even-odds",
    says: /costs ln 2/,
    code: (logits, x) => each(logits, x).sum(1).div(Math.LN2),
  },
  {
    name: "sigmoid taken twice",
    check: "nll-even-odds",
    says: /costs ln 2/,
    code: (logits, x) => each(logits.sigmoid(), x).sum(1),
  },
  {
    name: "the squared error",
    check: "nll-even-odds",
    says: /costs ln 2/,
    code: (logits, x) => mseLoss(logits.sigmoid(), x, { reduction: "none" }).sum(1),
  },
  {
    name: "x and 1 - x swapped",
    check: "nll-binary",
    says: /pixels of 0 and 1/,
    code: (logits, x) => each(logits, x.neg().add(1)).sum(1),
  },
  {
    name: "x forgotten",
    check: "nll-binary",
    says: /pixels of 0 and 1/,
    code: (logits) => logits.softplus().sum(1),
  },
  {
    name: "l x added",
    check: "nll-binary",
    says: /pixels of 0 and 1/,
    code: (logits, x) => logits.softplus().add(logits.mul(x)).sum(1),
  },
  {
    name: "exp(-l) for exp(-|l|)",
    check: "nll-binary",
    says: /pixels of 0 and 1/,
    code: (logits, x) => logits.relu().sub(logits.mul(x)).add(logits.neg().exp().log1p()).sum(1),
  },
  {
    name: "|l| for max(l, 0)",
    check: "nll-binary",
    says: /pixels of 0 and 1/,
    code: (logits, x) =>
      logits.abs().sub(logits.mul(x)).add(logits.abs().neg().exp().log1p()).sum(1),
  },
  {
    name: "the mean over the batch, for every example",
    check: "nll-binary",
    says: /pixels of 0 and 1/,
    code: (logits, x) => each(logits, x).sum(1).mean().expand(logits.shape[0]),
  },
  {
    name: "JavaScript's condition on a tensor",
    check: "nll-binary",
    says: /pixels of 0 and 1/,
    code: (logits, x) => (x.gt(0.5) ? logits.neg().softplus() : logits.softplus()).sum(1),
  },
  {
    name: "the logits squashed first",
    check: "nll-binary",
    says: /pixels of 0 and 1/,
    code: (logits, x) => each(logits.tanh(), x).sum(1),
  },
  {
    name: "probabilities rounded to 3 digits",
    check: "nll-binary",
    says: /pixels of 0 and 1/,
    code: (logits, x) => {
      const p = logits.sigmoid().mul(1000).add(0.5).to("int32").to("float32").div(1000);
      return fromProbability(p.clamp(0.0005, 0.9995), x).sum(1);
    },
  },
  {
    name: "grey pixels made black and white",
    check: "nll-grey",
    says: /grey pixels/,
    code: (logits, x) => each(logits, x.gt(0.5).to("float32")).sum(1),
  },
  {
    name: "grey pixels rounded down",
    check: "nll-grey",
    says: /grey pixels/,
    code: (logits, x) => each(logits, x.to("int32").to("float32")).sum(1),
  },
  {
    name: "a choice by the pixel instead of a weight",
    check: "nll-grey",
    says: /grey pixels/,
    code: (logits, x) => where(x.gt(0.5), logits.neg().softplus(), logits.softplus()).sum(1),
  },
  {
    name: "sigmoid and log",
    check: "nll-extreme",
    says: /logits of any size/,
    code: (logits, x) => fromProbability(logits.sigmoid(), x).sum(1),
  },
  {
    name: "probabilities clamped",
    check: "nll-extreme",
    says: /logits of any size/,
    code: (logits, x) => fromProbability(logits.sigmoid().clamp(1e-7, 1 - 1e-7), x).sum(1),
  },
  {
    name: "a small number inside the logarithms",
    check: "nll-extreme",
    says: /logits of any size/,
    code: (logits, x) => {
      const p = logits.sigmoid();
      const off = p.neg().add(1).add(1e-10).log();
      return x.mul(p.add(1e-10).log()).add(x.neg().add(1).mul(off)).neg().sum(1);
    },
  },
  {
    name: "logits clamped",
    check: "nll-extreme",
    says: /logits of any size/,
    code: (logits, x) => each(logits.clamp(-30, 30), x).sum(1),
  },
  {
    name: "the logit itself from 10 on",
    check: "nll-extreme",
    says: /logits of any size/,
    code: (logits, x) => {
      const cost = where(logits.gt(10), logits, logits.clamp(-100, 10).exp().log1p());
      return cost.sub(logits.mul(x)).sum(1);
    },
  },
  {
    name: "a choice whose other side overflows",
    check: "nll-gradients",
    says: /received NaN/,
    code: (logits, x) => {
      const above = logits.add(logits.neg().exp().log1p());
      return where(logits.gt(0), above, logits.exp().log1p()).sub(logits.mul(x)).sum(1);
    },
  },
  {
    name: "log(1 + exp l), which overflows",
    check: "nll-extreme",
    says: /received Infinity/,
    code: (logits, x) => logits.exp().add(1).log().sub(logits.mul(x)).sum(1),
  },
  {
    name: "double precision, from the probability",
    check: "nll-extreme",
    says: /logits of any size/,
    code: (logits, x) =>
      fromProbability(logits.to("float64").sigmoid(), x.to("float64")).sum(1).to("float32"),
  },
  {
    name: "the logits detached",
    check: "nll-gradients",
    says: /gradient by logits/,
    code: (logits, x) => each(logits.detach(), x).sum(1),
  },
  {
    name: "the cost detached",
    check: "nll-gradients",
    says: /gradient by logits/,
    code: (logits, x) => each(logits, x).sum(1).detach(),
  },
  {
    name: "half of it detached",
    check: "nll-gradients",
    says: /gradient by logits/,
    code: (logits, x) => logits.softplus().detach().sub(logits.mul(x)).sum(1),
  },
];
