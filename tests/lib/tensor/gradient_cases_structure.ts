/**
 * Reductions, movements and indexing, for the gradient checks.
 *
 * @module
 */
import { cat, stack, tensor } from "../../../mod.ts";
import { given, type GradientCase, mixed, positive } from "./gradients.ts";

const reductions: GradientCase[] = [
  { name: "sum of all", fn: (x) => x.square().sum(), inputs: [mixed(2, 3)] },
  { name: "sum over rows", fn: (x) => x.exp().sum(0), inputs: [mixed(2, 3)] },
  {
    name: "sum over columns, kept",
    fn: (x) => x.div(x.square().sum(1, true)),
    inputs: [mixed(2, 3)],
  },
  { name: "sum over two of three", fn: (x) => x.sin().sum([0, -1]), inputs: [mixed(2, 3, 2)] },
  { name: "sum of a scalar", fn: (x) => x.exp().sum(), inputs: [mixed()] },
  { name: "mean of all", fn: (x) => x.square().mean(), inputs: [mixed(2, 3)] },
  { name: "mean over one, kept", fn: (x) => x.sub(x.mean(1, true)).exp(), inputs: [mixed(2, 3)] },
  { name: "amax of all", fn: (x) => x.square().amax(), inputs: [mixed(2, 3)] },
  { name: "amax over one", fn: (x) => x.square().amax(1), inputs: [mixed(2, 3)] },
  {
    name: "amax over two, kept",
    fn: (x) => x.mul(x.sin().amax([0, 2], true)),
    inputs: [mixed(2, 2, 2)],
  },
  { name: "amin over one, kept", fn: (x) => x.mul(x.cos().amin(0, true)), inputs: [mixed(3, 2)] },
  { name: "var", fn: (x) => x.var(), inputs: [mixed(5)] },
  { name: "var over one, kept", fn: (x) => x.div(x.var(1, true, true)), inputs: [mixed(2, 3)] },
  { name: "var, biased", fn: (x) => x.var([0, 1], false), inputs: [mixed(2, 2, 2)] },
  { name: "cumsum", fn: (x) => x.square().cumsum(1), inputs: [mixed(2, 5)] },
  { name: "cumprod", fn: (x) => x.cumprod(0).sin(), inputs: [mixed(5, 2)] },
  {
    name: "cumprod with zeros",
    fn: (x) => x.cumprod(0),
    inputs: [given([6], [2, 0, -1, 0.5, 0, 3])],
  },
  { name: "logsumexp", fn: (x) => x.logsumexp(), inputs: [mixed(2, 3)] },
  {
    name: "logsumexp over one, kept",
    fn: (x) => x.mul(x.logsumexp(1, true)),
    inputs: [mixed(2, 3)],
  },
  {
    name: "logsumexp of large values",
    fn: (x) => x.logsumexp(0),
    inputs: [given([3], [100, 101, -100])],
  },
  { name: "softmax over the last", fn: (x) => x.softmax(-1), inputs: [mixed(2, 3)] },
  { name: "softmax over the first", fn: (x) => x.softmax(0), inputs: [mixed(3, 2)] },
  {
    name: "softmax of large values",
    fn: (x) => x.softmax(0),
    inputs: [given([3], [500, 501, 498])],
  },
  { name: "logSoftmax", fn: (x) => x.logSoftmax(1), inputs: [mixed(2, 3)] },
  { name: "logSoftmax in the middle", fn: (x) => x.logSoftmax(1).mul(x), inputs: [mixed(2, 3, 2)] },
];

const movements: GradientCase[] = [
  { name: "reshape", fn: (x) => x.reshape(3, -1).exp(), inputs: [mixed(2, 3)] },
  { name: "reshape to a scalar", fn: (x) => x.square().reshape([]), inputs: [mixed(1, 1)] },
  { name: "expand of a row", fn: (x) => x.expand(3, 2).square(), inputs: [mixed(2)] },
  { name: "expand of a column", fn: (x) => x.exp().expand(2, 3), inputs: [mixed(2, 1)] },
  {
    name: "expand with new dimensions",
    fn: (x) => x.expand(2, 2, -1).exp(),
    inputs: [mixed(1, 2)],
  },
  { name: "expand of a scalar", fn: (x) => x.expand(2, 2).exp(), inputs: [mixed()] },
  { name: "permute", fn: (x) => x.permute(2, 0, 1).exp(), inputs: [mixed(2, 3, 2)] },
  { name: "transpose", fn: (x) => x.transpose(0, -1).mul(x.sum()), inputs: [mixed(2, 3)] },
  {
    name: "squeeze and unsqueeze",
    fn: (x) => x.squeeze(0).unsqueeze(-1).exp(),
    inputs: [mixed(1, 3)],
  },
  { name: "flatten", fn: (x) => x.flatten(1).softmax(1), inputs: [mixed(2, 2, 2)] },
  { name: "narrow", fn: (x) => x.exp().narrow(1, 1, 2), inputs: [mixed(2, 4)] },
  { name: "narrow from the end", fn: (x) => x.narrow(0, -2, 2).exp(), inputs: [mixed(3)] },
  {
    name: "overlapping narrows",
    fn: (x) => x.narrow(0, 0, 3).mul(x.narrow(0, 1, 3)),
    inputs: [mixed(4)],
  },
  { name: "pad", fn: (x) => x.exp().pad(1, 2, 1).mul(x.sum()), inputs: [mixed(2, 2)] },
  {
    name: "cat of three",
    fn: (x, y, z) => cat([x, y, z], 1).exp(),
    inputs: [mixed(2, 1), mixed(2, 3), positive(2, 2)],
  },
  { name: "cat with itself", fn: (x) => cat([x, x.exp(), x]).square(), inputs: [mixed(3)] },
  { name: "stack", fn: (x, y) => stack([x, y], 1).exp(), inputs: [mixed(3), positive(3)] },
];

const index = tensor([[0, 2, 2], [1, 1, 1]], { dtype: "int32" });

const indexing: GradientCase[] = [
  { name: "gather with repeats", fn: (x) => x.gather(1, index).exp(), inputs: [mixed(2, 4)] },
  { name: "gather along the first", fn: (x) => x.exp().gather(0, index), inputs: [mixed(3, 3)] },
  { name: "gather of a part", fn: (x) => x.gather(0, index).square(), inputs: [mixed(3, 4)] },
  { name: "scatterAdd", fn: (x) => x.scatterAdd(1, index, [2, 4]).exp(), inputs: [mixed(2, 3)] },
  {
    name: "indexSelect with repeats",
    fn: (x) => x.indexSelect(0, tensor([2, 0, 2, 2], { dtype: "int32" })).exp(),
    inputs: [mixed(3, 2)],
  },
];

/** The cases of reductions, movements and indexing. */
export const STRUCTURE_CASES: readonly GradientCase[] = [...reductions, ...movements, ...indexing];
