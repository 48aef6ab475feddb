/**
 * Losses, as PyTorch defines them.
 *
 * @module
 */
import { DTypeError, GenlabError, ShapeError } from "../errors.ts";
import { arange } from "./creation.ts";
import { composed, describe } from "./guard.ts";
import { requireTensor } from "./node.ts";
import { promote } from "./dtype.ts";
import { format, sameShape, sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** How the losses of the elements are put together. */
export interface LossOptions {
  /** Their mean (the default), their sum, or each by itself. */
  readonly reduction?: "mean" | "sum" | "none";
}

function reduce(operation: string, loss: Tensor, { reduction = "mean" }: LossOptions): Tensor {
  switch (reduction) {
    case "mean":
      return composed(operation, () => loss.mean());
    case "sum":
      return composed(operation, () => loss.sum());
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

/**
 * (prediction - target)^2, of tensors of one shape.
 *
 * @throws {ShapeError} if the shapes differ, or there is nothing to take the mean of
 */
export function mseLoss(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  requireSameShape("mseLoss", prediction, target);
  return reduce("mseLoss", prediction.sub(target).square(), options);
}

/**
 * Negative log-likelihood of Bernoulli variables: max(l, 0) - l x + log(1 + exp(-|l|)) for logits l and targets x in
 * [0, 1], stable for logits of any size. Logits and targets have one shape.
 *
 * @throws {ShapeError} if the shapes differ, or there is nothing to take the mean of
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

/** Throws if a label that is known is none of the classes. */
function requireClasses(operation: string, { values }: Tensor, classes: number): void {
  const outside = values?.find((label) => label < 0 || label >= classes);
  if (outside === undefined) return;
  throw new ShapeError(
    `${operation}: there is no class ${outside}; the labels of ${classes} classes go from 0 to ` +
      `${classes - 1}: look for where the label comes from`,
  );
}

/**
 * The integer labels as rows of 0 and 1: shape `[...]` to `[..., classes]`, int32. A label that a graph
 * computes, and that is none of the classes, has a row of zeros.
 *
 * @throws {ShapeError} if a label that is known is none of the classes, or there are no classes
 * @throws {DTypeError} if the labels are not int32
 */
export function oneHot(labels: Tensor, classes: number): Tensor {
  requireTensor("oneHot", labels, "label");
  if (!Number.isInteger(classes) || classes < 1) {
    throw new ShapeError(`oneHot: takes a whole number of classes, at least 1, not ${classes}`);
  }
  if (labels.dtype !== "int32") {
    throw new DTypeError(`oneHot: labels are int32, not ${labels.dtype}; convert with to("int32")`);
  }
  requireClasses("oneHot", labels, classes);
  return labels.unsqueeze(-1).eq(arange(classes)).to("int32");
}

/**
 * Cross-entropy of class logits `[B, K, ...]` and integer labels `[B, ...]` (or `[K]` and a scalar):
 * logsumexp of the logits less the logit of the label, in nats.
 *
 * @throws {ShapeError} where the labels' shape is not the logits' without dimension 1, or a label that
 * is known is none of the classes
 * @throws {DTypeError} if the labels are not int32
 *
 * @example Whoever takes all of ten classes for equally likely pays log 10
 * ```ts
 * import { crossEntropy, tensor, zeros } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const labels = tensor([3, 1, 4], { dtype: "int32" });
 * const loss = crossEntropy(zeros([3, 10]), labels);
 * assertAlmostEquals(await loss.item(), Math.log(10), 1e-6);
 * ```
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
  requireClasses("crossEntropy", labels, logits.shape[dim]);
  const places = sizeOf(labels.shape.slice(1));
  const [x, index] = dim === 0 ? [logits, labels.unsqueeze(0)] : [
    logits.reshape([...logits.shape.slice(0, 2), places]),
    labels.reshape([labels.shape[0], 1, places]),
  ];
  // Less its peak, the logits' exponentials stay finite and the loss is the same.
  const z = x.sub(x.amax(dim, true).detach());
  const loss = z.exp().sum(dim).log().sub(z.gather(dim, index).squeeze(dim));
  return reduce("crossEntropy", loss.reshape(labels.shape), options);
}
