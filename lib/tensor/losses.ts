/**
 * Losses, as PyTorch defines them.
 *
 * @module
 */
import { DTypeError, GenlabError, ShapeError } from "../errors.ts";
import { arange } from "./creation.ts";
import { describe } from "./guard.ts";
import { requireTensor } from "./node.ts";
import { promote } from "./dtype.ts";
import { format, sameShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** How the losses of the elements are put together. */
export interface LossOptions {
  /** Their mean (the default), their sum, or each by itself. */
  readonly reduction?: "mean" | "sum" | "none";
}

function reduce(operation: string, loss: Tensor, { reduction = "mean" }: LossOptions): Tensor {
  switch (reduction) {
    case "mean":
      return loss.mean();
    case "sum":
      return loss.sum();
    case "none":
      return loss;
    default:
      throw new GenlabError(
        `${operation}: there is no reduction ${describe(reduction)}; use "mean", "sum" or "none"`,
      );
  }
}

function requireSameShape(operation: string, a: Tensor, b: Tensor): void {
  requireTensor(operation, a, "prediction");
  requireTensor(operation, b, "target");
  if (!sameShape(a.shape, b.shape)) {
    throw new ShapeError(
      `${operation}: prediction ${format(a.shape)} and target ${format(b.shape)} must have one ` +
        `shape; a broadcast here is nearly always a mistake: reshape or expand one of them`,
    );
  }
}

/** (prediction - target)^2. */
export function mseLoss(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  requireSameShape("mseLoss", prediction, target);
  return reduce("mseLoss", prediction.sub(target).square(), options);
}

/**
 * Negative log-likelihood of Bernoulli variables: max(l, 0) - l x + log(1 + exp(-|l|)) for logits l and targets x in
 * [0, 1], stable for logits of any size.
 *
 * @example
 * ```ts
 * import { binaryCrossEntropyWithLogits, tensor } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const loss = binaryCrossEntropyWithLogits(tensor([0, 90]), tensor([1, 1]));
 * assertAlmostEquals(await loss.item(), Math.log(2) / 2, 1e-6);
 * ```
 */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  target: Tensor,
  options: LossOptions = {},
): Tensor {
  requireSameShape("binaryCrossEntropyWithLogits", logits, target);
  // max(l, 0) - l x is exact where x is 0 or 1, so the small tail is not lost beside it.
  const l = logits.to(promote([logits, 0.5]));
  const loss = l.relu().sub(l.mul(target)).add(l.apply("softplusTail", [], {}));
  return reduce("binaryCrossEntropyWithLogits", loss, options);
}

/** The integer labels as rows of 0 and 1: shape `[...]` to `[..., classes]`, int32. */
export function oneHot(labels: Tensor, classes: number): Tensor {
  requireTensor("oneHot", labels, "label");
  if (!Number.isInteger(classes) || classes < 1) {
    throw new ShapeError(`oneHot: takes a whole number of classes, at least 1, not ${classes}`);
  }
  if (labels.dtype !== "int32") {
    throw new DTypeError(`oneHot: labels are int32, not ${labels.dtype}; convert with to("int32")`);
  }
  return labels.unsqueeze(-1).eq(arange(classes)).to("int32");
}

/**
 * Cross-entropy of class logits `[B, K, ...]` and integer labels `[B, ...]` (or `[K]` and a scalar):
 * logsumexp of the logits less the logit of the label.
 *
 * @throws {ShapeError} where the labels' shape is not the logits' without dimension 1
 */
export function crossEntropy(logits: Tensor, labels: Tensor, options: LossOptions = {}): Tensor {
  requireTensor("crossEntropy", logits, "prediction");
  requireTensor("crossEntropy", labels, "target");
  const dim = logits.ndim === 1 ? 0 : 1;
  if (logits.ndim === 0 || !sameShape(logits.shape.toSpliced(dim, 1), labels.shape)) {
    throw new ShapeError(
      `crossEntropy: logits ${format(logits.shape)} and labels ${format(labels.shape)} do not ` +
        `belong together: logits are [B, K, ...] and labels [B, ...]`,
    );
  }
  if (labels.dtype !== "int32") {
    throw new DTypeError(
      `crossEntropy: labels are int32 class numbers, not ${labels.dtype}; convert with to("int32")`,
    );
  }
  const [x, index] = dim === 0
    ? [logits, labels.unsqueeze(0)]
    : [logits.reshape([...logits.shape.slice(0, 2), -1]), labels.reshape([labels.shape[0], 1, -1])];
  // Less its peak, the logits' exponentials stay finite and the loss is the same.
  const z = x.sub(x.amax(dim, true).detach());
  const loss = z.exp().sum(dim).log().sub(z.gather(dim, index).squeeze(dim));
  return reduce("crossEntropy", loss.reshape(labels.shape), options);
}
