/**
 * Right ways to write exercise E's functions, other than the official one.
 *
 * @module
 */
import {
  add,
  cat,
  clamp,
  grad,
  maximum,
  minimum,
  mseLoss,
  mul,
  ones,
  stack,
  sub,
  type Tensor,
  tensor,
  where,
  zerosLike,
} from "genlab";
import { type Energy, inputGradient } from "../../../exercises/e_ebm/solution.ts";

type Gradient = (energy: Energy, x: Tensor) => Tensor;
type Step = (
  energy: Energy,
  x: Tensor,
  stepSize: number,
  noiseScale: number,
  noise: Tensor,
) => Tensor;
type Clamp = (x: Tensor, lo: number, hi: number) => Tensor;
type Loss = (energyReal: Tensor, energyFake: Tensor, alpha: number) => Tensor;

/** By what is special about each. */
export const rightGradients: Readonly<Record<string, Gradient>> = {
  "a detached copy, as in PyTorch": (energy, x) => {
    const leaf = x.detach();
    return grad(energy(leaf).sum(), [leaf])[0];
  },
  "the mean, times the number of examples": (energy, x) => {
    const energies = energy(x);
    return grad(energies.mean(), [x])[0].mul(energies.size);
  },
  "weights of one": (energy, x) => grad(energy(x).matmul(ones([x.shape[0]])), [x])[0],
  "each example by itself": (energy, x) => {
    const examples = Array.from({ length: x.shape[0] }, (_, i) => x.narrow(0, i, 1));
    return cat(examples.map((one) => grad(energy(one).reshape([]), [one])[0]), 0);
  },
  "each energy by itself": (energy, x) => {
    const energies = energy(x);
    const slopes = Array.from({ length: x.shape[0] }, (_, i) => {
      return grad(energies.narrow(0, i, 1).squeeze(0), [x])[0];
    });
    return stack(slopes, 0).sum(0);
  },
  "a step of 0 added to x": (energy, x) => {
    const step = zerosLike(x);
    return grad(energy(x.add(step)).sum(), [step])[0];
  },
  "minus the gradient of log p": (energy, x) => grad(energy(x).neg().sum(), [x])[0].neg(),
  "the result detached": (energy, x) => inputGradient(energy, x).detach(),
};

/** By what is special about each. */
export const rightSteps: Readonly<Record<string, Step>> = {
  "x detached first, and the gradient": (energy, x, stepSize, noiseScale, noise) => {
    const at = x.detach();
    const slope = inputGradient(energy, at).detach();
    return at.sub(slope.mul(stepSize)).add(noise.mul(noiseScale));
  },
  "functions for methods": (energy, x, stepSize, noiseScale, noise) => {
    const drift = mul(-stepSize, inputGradient(energy, x));
    return add(add(x, drift), mul(noiseScale, noise)).detach();
  },
  "noise first": (energy, x, stepSize, noiseScale, noise) =>
    noise.mul(noiseScale).add(x).sub(inputGradient(energy, x).mul(stepSize)).detach(),
  "the move detached, and x": (energy, x, stepSize, noiseScale, noise) => {
    const move = noise.mul(noiseScale).sub(inputGradient(energy, x).mul(stepSize));
    return x.detach().add(move.detach());
  },
  "its own gradient": (energy, x, stepSize, noiseScale, noise) => {
    const [slope] = grad(energy(x).sum().mul(stepSize), [x]);
    return sub(x, slope).add(noise.mul(noiseScale)).detach();
  },
  "scales as tensors": (energy, x, stepSize, noiseScale, noise) => {
    const [eta, sigma] = [tensor(stepSize), tensor(noiseScale)];
    return x.sub(eta.mul(inputGradient(energy, x))).add(sigma.mul(noise)).detach();
  },
  "noise detached too": (energy, x, stepSize, noiseScale, noise) =>
    x.detach().add(noise.detach().mul(noiseScale)).sub(
      inputGradient(energy, x).detach().mul(stepSize),
    ),
};

/** By what is special about each. */
export const rightClamps: Readonly<Record<string, Clamp>> = {
  "the function": (x, lo, hi) => clamp(x, lo, hi),
  "minimum and maximum": (x, lo, hi) => x.maximum(lo).minimum(hi),
  "maximum last": (x, lo, hi) => maximum(lo, minimum(hi, x)),
  "where, twice": (x, lo, hi) => where(x.lt(lo), lo, where(x.gt(hi), hi, x)),
  "one bound after the other": (x, lo, hi) => x.clamp(lo).clamp(undefined, hi),
  "relu, which is right but for rounding": (x, lo, hi) =>
    x.clamp(undefined, hi).sub(lo).relu().add(lo),
};

/** By what is special about each. */
export const rightLosses: Readonly<Record<string, Loss>> = {
  "term by term": (real, fake, alpha) =>
    real.add(real.square().mul(alpha)).mean().sub(fake.sub(fake.square().mul(alpha)).mean()),
  "powers": (real, fake, alpha) =>
    real.mean().sub(fake.mean()).add(real.pow(2).mean().add(fake.pow(2).mean()).mul(alpha)),
  "sums over sizes": (real, fake, alpha) => {
    const [B, M] = [real.shape[0], fake.shape[0]];
    const gap = real.sum().div(B).sub(fake.sum().div(M));
    const squares = real.mul(real).sum().div(B).add(fake.mul(fake).sum().div(M));
    return gap.add(mul(alpha, squares));
  },
  "the squared error to 0": (real, fake, alpha) =>
    sub(real.mean(), fake.mean()).add(
      mseLoss(real, zerosLike(real)).add(mseLoss(fake, zerosLike(fake))).mul(alpha),
    ),
  "variance and mean": (real, fake, alpha) => {
    const square = (energies: Tensor) => energies.var(0, false).add(energies.mean().square());
    return real.mean().sub(fake.mean()).add(square(real).add(square(fake)).mul(alpha));
  },
};
