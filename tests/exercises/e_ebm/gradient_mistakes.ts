/**
 * Mistakes in `inputGradient`.
 *
 * @module
 */
import { cat, grad, randnLike, type Tensor, tensor, zeros, zerosLike } from "genlab";
import type { Energy } from "../../../exercises/e_ebm/solution.ts";
import type { Mistake } from "../corpus.ts";

type Gradient = (energy: Energy, x: Tensor) => unknown;

/** The right gradient. */
const right = (energy: Energy, x: Tensor): Tensor => grad(energy(x).sum(), [x])[0];

/** The norm of each example's gradient, shaped to broadcast. */
function norms(slope: Tensor): Tensor {
  const [B] = slope.shape;
  const ones = slope.shape.slice(1).map(() => 1);
  return slope.reshape(B, -1).square().sum(1).sqrt().reshape(B, ...ones);
}

/** Central differences in float32, one number of the examples after the other. */
function differences(energy: Energy, x: Tensor, h: number): Tensor {
  const [B] = x.shape;
  const D = x.size / B;
  const columns = Array.from({ length: D }, (_, i) => {
    const unit = tensor(Array.from({ length: D }, (_, j) => i === j ? h : 0));
    const moved = unit.reshape([1, ...x.shape.slice(1)]);
    return energy(x.add(moved)).sub(energy(x.sub(moved))).div(2 * h).reshape(B, 1);
  });
  return cat(columns, 1).reshape(x.shape);
}

let total: Tensor | undefined;

/** Each names the check that has to catch it. */
export const gradientMistakes: readonly Mistake<Gradient>[] = [
  {
    name: "the energy for its gradient",
    check: "gradient-shape",
    says: /of shape \[8, 2\], received dE\/dx of shape \[8\]/,
    code: (energy, x) => energy(x),
  },
  {
    name: "the array that grad gives",
    check: "gradient-shape",
    says: /expected one tensor, dE\/dx, received an array of 1/,
    code: (energy, x) => grad(energy(x).sum(), [x]),
  },
  {
    name: "energy and gradient",
    check: "gradient-shape",
    says: /received an object, \{ energy, slope \}/,
    code: (energy, x) => ({ energy: energy(x), slope: right(energy, x) }),
  },
  {
    name: "energies that are not summed",
    check: "gradient-shape",
    says: /grad: the output has shape \[8\]; gradients are of one number/,
    code: (energy, x) => grad(energy(x), [x])[0],
  },
  {
    name: "x without the brackets",
    check: "gradient-shape",
    says: /grad: takes an array of tensors as inputs/,
    code: (energy, x) => {
      const inputs: unknown = x;
      return grad(energy(x).sum(), inputs as Tensor[])[0];
    },
  },
  {
    name: "the sum over the examples' numbers",
    check: "gradient-shape",
    says: /received dE\/dx of shape \[8\]/,
    code: (energy, x) => right(energy, x).reshape(x.shape[0], -1).sum(1),
  },
  {
    name: "the gradient as a row for each example",
    check: "gradient-shape",
    says: /of shape \[3, 1, 2, 3\], received dE\/dx of shape \[3, 6\]/,
    code: (energy, x) => right(energy, x).reshape(x.shape[0], -1),
  },
  {
    name: "nothing",
    check: "gradient-shape",
    says: /inputGradient returns nothing/,
    code: (energy, x) => void right(energy, x),
  },
  {
    name: "one energy of the whole batch",
    check: "gradient-shape",
    says: /energy: takes a batch \[B, \.\.\.\] with 2 numbers in each example, and was given \[2\]/,
    code: (energy, x) => grad(energy(x.sum(0)).sum(), [x])[0],
  },
  {
    name: "the gradient added to that of the last call",
    check: "gradient-shape",
    says: /uses a tensor from another call|do not broadcast/,
    code: (energy, x) => total = (total ?? zeros([])).add(right(energy, x)),
  },
  {
    name: "downhill",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (energy, x) => right(energy, x).neg(),
  },
  {
    name: "x detached before it is differentiated",
    check: "gradient-direction",
    says: /received 0/,
    code: (energy, x) => grad(energy(x.detach()).sum(), [x])[0],
  },
  {
    name: "the energy detached",
    check: "gradient-direction",
    says: /received 0/,
    code: (energy, x) => grad(energy(x).detach().sum(), [x])[0],
  },
  {
    name: "with respect to a copy that the energy never saw",
    check: "gradient-direction",
    says: /received 0/,
    code: (energy, x) => {
      const copy = x.mul(1);
      return grad(energy(x).sum(), [copy])[0];
    },
  },
  {
    name: "zeros",
    check: "gradient-direction",
    says: /received 0/,
    code: (_, x) => zerosLike(x),
  },
  {
    name: "the first example's energy alone",
    check: "gradient-direction",
    says: /dE\/dx\[1, 0\] \w+, received 0/,
    code: (energy, x) => grad(energy(x).narrow(0, 0, 1).sum(), [x])[0],
  },
  {
    name: "the largest energy alone",
    check: "gradient-direction",
    says: /received 0/,
    code: (energy, x) => grad(energy(x).amax(), [x])[0],
  },
  {
    name: "the size of the slope",
    check: "gradient-direction",
    says: /negative, received 0\.\d+|negative, received \d/,
    code: (energy, x) => right(energy, x).abs(),
  },
  {
    name: "x for its gradient",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (_, x) => x,
  },
  {
    name: "the gradient of the density",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (energy, x) => grad(energy(x).neg().exp().sum(), [x])[0],
  },
  {
    name: "the gradient of the squared energy less one",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (energy, x) => grad(energy(x).sub(1).square().sum(), [x])[0],
  },
  {
    name: "noise on top",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (energy, x) => right(energy, x).add(randnLike(x)),
  },
  {
    name: "the mean over the batch for every example",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (energy, x) => right(energy, x).mean(0, true).expand(x.shape),
  },
  {
    name: "the mean of the energies",
    check: "gradient-examples",
    says: /its own energy, however many others there are/,
    code: (energy, x) => grad(energy(x).mean(), [x])[0],
  },
  {
    name: "the mean over all numbers",
    check: "gradient-examples",
    says: /where each example alone gave this/,
    code: (energy, x) => right(energy, x).div(x.size),
  },
  {
    name: "the sum of energies, multiplied by their number",
    check: "gradient-examples",
    says: /where each example alone gave this/,
    code: (energy, x) => right(energy, x).mul(x.shape[0]),
  },
  {
    name: "the square of the summed energies",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (energy, x) => grad(energy(x).sum().sub(5).square(), [x])[0],
  },
  {
    name: "the logarithm of the summed densities",
    check: "gradient-examples",
    says: /its own energy/,
    code: (energy, x) => grad(energy(x).logsumexp(0), [x])[0],
  },
  {
    name: "normalized over the batch",
    check: "gradient-examples",
    says: /its own energy/,
    code: (energy, x) => {
      const slope = right(energy, x);
      return slope.div(slope.square().sum().sqrt());
    },
  },
  {
    name: "the gradient twice over",
    check: "gradient-size",
    says: /E = x² \+ 3x at x = 2/,
    code: (energy, x) => right(energy, x).add(right(energy, x)),
  },
  {
    name: "half of it",
    check: "gradient-size",
    says: /= 7, received 3\.5/,
    code: (energy, x) => right(energy, x).mul(0.5),
  },
  {
    name: "clipped",
    check: "gradient-size",
    says: /= 7, received 0\.03/,
    code: (energy, x) => right(energy, x).clamp(-0.03, 0.03),
  },
  {
    name: "clipped at 100",
    check: "gradient-size",
    says: /curvature 1000|curvature 2/,
    code: (energy, x) => right(energy, x).clamp(-100, 100),
  },
  {
    name: "normalized",
    check: "gradient-size",
    says: /nothing scales, clips or normalizes it/,
    code: (energy, x) => {
      const slope = right(energy, x);
      return slope.div(norms(slope));
    },
  },
  {
    name: "its sign",
    check: "gradient-size",
    says: /= 7, received 1/,
    code: (energy, x) => {
      const slope = right(energy, x);
      return slope.div(slope.abs());
    },
  },
  {
    name: "squashed",
    check: "gradient-size",
    says: /nothing scales, clips or normalizes it/,
    code: (energy, x) => right(energy, x).tanh(),
  },
  {
    name: "at a clamped x",
    check: "gradient-direction",
    says: /received 0/,
    code: (energy, x) => grad(energy(x.clamp(-1, 1)).sum(), [x])[0],
  },
  {
    name: "at a smaller x",
    check: "gradient-values",
    says: /slope of any energy, at x itself/,
    code: (energy, x) => right(energy, x.mul(0.99)),
  },
  {
    name: "at an x rounded to whole numbers",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (energy, x) => right(energy, x.to("int32").to("float32")),
  },
  {
    name: "with respect to a scaled x",
    check: "gradient-size",
    says: /= 7, received 14/,
    code: (energy, x) => grad(energy(x.mul(2).div(2)).sum(), [x])[0].mul(2),
  },
  {
    name: "with a penalty on x",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (energy, x) => grad(energy(x).sum().add(x.square().sum().mul(0.05)), [x])[0],
  },
  {
    name: "twice as much for pictures",
    check: "gradient-values",
    says: /of shape \[3, 1, |of shape \[2, 4, 1\]/,
    code: (energy, x) => right(energy, x).mul(x.ndim > 2 ? 2 : 1),
  },
  {
    name: "a little more than it is",
    check: "gradient-values",
    says: /to the accuracy of float32/,
    code: (energy, x) => right(energy, x).mul(1.001),
  },
  {
    name: "pictures as rows of pixels",
    check: "gradient-values",
    says: /energy: takes pictures \[B, 1, H, W\], and was given \[3, 20\]/,
    code: (energy, x) => {
      const rows = x.reshape(x.shape[0], -1);
      return grad(energy(rows).sum(), [rows])[0].reshape(x.shape);
    },
  },
  {
    name: "differences with a small step",
    check: "gradient-values",
    says: /to the accuracy of float32/,
    code: (energy, x) => differences(energy, x, 1e-4),
  },
  {
    name: "differences with a large step",
    check: "gradient-values",
    says: /slope of any energy, at x itself, to the accuracy of float32/,
    code: (energy, x) => differences(energy, x, 0.25),
  },
  {
    name: "2x, as of the energy |x|²",
    check: "gradient-direction",
    says: /points to where the energy grows/,
    code: (_, x) => x.mul(2),
  },
  {
    name: "the gradient at the next point",
    check: "gradient-size",
    says: /= 7, received/,
    code: (energy, x) => right(energy, x.sub(right(energy, x).mul(0.1)).detach()),
  },
];
