/**
 * Mistakes in `langevinStep`: its shape, its way downhill, bounds that it must not have, what it lets
 * go of.
 *
 * @module
 */
import { grad, Variable, zeros } from "genlab";
import { inputGradient } from "../../../exercises/e_ebm/solution.ts";
import type { Mistake } from "../corpus.ts";
import { right, type Step } from "./right_step.ts";

const velocity = new Variable(zeros([8, 2]));

/** Each names the check that has to catch it. */
export const langevinMistakes: readonly Mistake<Step>[] = [
  {
    name: "the mean over the batch",
    check: "langevin-shape",
    says: /of shape \[8, 2\], received the next x of shape \[2\]/,
    code: (...args) => right(...args).mean(0),
  },
  {
    name: "x and its gradient",
    check: "langevin-shape",
    says: /received an array of 2/,
    code: (...args) => [right(...args), inputGradient(args[0], args[1])],
  },
  {
    name: "the energies' sum for a number",
    check: "langevin-shape",
    says: /takes a batch \[B, \.\.\.\]/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(() => energy(x.sum()), x, stepSize, noiseScale, noise),
  },
  {
    name: "a velocity from call to call",
    check: "langevin-shape",
    says: /sets a Variable/,
    code: (energy, x, stepSize, noiseScale, noise) => {
      if (x.shape[0] === 8) {
        velocity.value = velocity.value.mul(0.9).sub(inputGradient(energy, x).mul(stepSize));
      }
      return right(energy, x, stepSize, noiseScale, noise);
    },
  },
  {
    name: "uphill",
    check: "langevin-downhill",
    says: /moves to where the energy is lower/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, -stepSize, noiseScale, noise),
  },
  {
    name: "two minuses",
    check: "langevin-downhill",
    says: /moves to where the energy is lower/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      x.sub(inputGradient(energy, x).neg().mul(stepSize)).add(noise.mul(noiseScale)).detach(),
  },
  {
    name: "noise alone",
    check: "langevin-downhill",
    says: /moves to where the energy is lower/,
    code: (_energy, x, _stepSize, noiseScale, noise) => x.add(noise.mul(noiseScale)).detach(),
  },
  {
    name: "x detached, and differentiated as it was",
    check: "langevin-downhill",
    says: /moves to where the energy is lower/,
    code: (energy, x, stepSize, noiseScale, noise) => {
      const [slope] = grad(energy(x.detach()).sum(), [x]);
      return x.sub(slope.mul(stepSize)).add(noise.mul(noiseScale)).detach();
    },
  },
  {
    name: "the step alone, without x",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      inputGradient(energy, x).mul(-stepSize).add(noise.mul(noiseScale)).detach(),
  },
  {
    name: "the absolute gradient",
    check: "langevin-downhill",
    says: /moves to where the energy is lower/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      x.sub(inputGradient(energy, x).abs().mul(stepSize)).add(noise.mul(noiseScale)).detach(),
  },
  {
    name: "a fixed step",
    check: "langevin-step",
    says: /stepSize = 0\.01|stepSize = 0\.4|stepSize = 1\.5/,
    code: (energy, x, _, noiseScale, noise) => right(energy, x, 0.1, noiseScale, noise),
  },
  {
    name: "a step of its own where it is 0",
    check: "langevin-step",
    says: /stepSize = 0 and/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize || 0.1, noiseScale, noise),
  },
  {
    name: "no step where there is to be no noise",
    check: "langevin-step",
    says: /noiseScale = 0,/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      noiseScale === 0 ? x.detach() : right(energy, x, stepSize, noiseScale, noise),
  },
  {
    name: "another step for a single chain",
    check: "langevin-step",
    says: /of shape \[1, \d\]/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, x.shape[0] === 1 ? stepSize / 2 : stepSize, noiseScale, noise),
  },
  {
    name: "half the step, as in the other convention",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize / 2, noiseScale, noise),
  },
  {
    name: "the squared step",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize ** 2, noiseScale, noise),
  },
  {
    name: "the whole gradient",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, _, noiseScale, noise) => right(energy, x, 1, noiseScale, noise),
  },
  {
    name: "step and noise scale mixed up",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) => right(energy, x, noiseScale, stepSize, noise),
  },
  {
    name: "the noise scale on the gradient too",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      x.add(noise.sub(inputGradient(energy, x).mul(stepSize)).mul(noiseScale)).detach(),
  },
  {
    name: "a clipped gradient",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) => {
      const slope = inputGradient(energy, x).clamp(-0.03, 0.03);
      return x.sub(slope.mul(stepSize)).add(noise.mul(noiseScale)).detach();
    },
  },
  {
    name: "a gradient of length one",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) => {
      const slope = inputGradient(energy, x);
      const unit = slope.div(slope.square().sum().sqrt().add(1e-8));
      return x.sub(unit.mul(stepSize)).add(noise.mul(noiseScale)).detach();
    },
  },
  {
    name: "the mean energy's gradient",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) => {
      const [slope] = grad(energy(x).mean(), [x]);
      return x.sub(slope.mul(stepSize)).add(noise.mul(noiseScale)).detach();
    },
  },
  {
    name: "two steps",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, right(energy, x, stepSize, 0, noise), stepSize, noiseScale, noise),
  },
  {
    name: "x smaller before the step",
    check: "langevin-step",
    says: /moves by the gradient times stepSize/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x.mul(0.999), stepSize, noiseScale, noise),
  },
  {
    name: "the result clamped",
    check: "langevin-unbounded",
    says: /nothing is clipped/,
    code: (...args) => right(...args).clamp(-1, 1),
  },
  {
    name: "x clamped before the step",
    check: "langevin-unbounded",
    says: /nothing is clipped/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x.clamp(-1, 1), stepSize, noiseScale, noise),
  },
  {
    name: "the result squashed where it is large",
    check: "langevin-unbounded",
    says: /nothing is clipped/,
    code: (...args) => right(...args).clamp(-5, 5),
  },
  {
    name: "a gradient clipped at 10",
    check: "langevin-unbounded",
    says: /nothing is clipped/,
    code: (energy, x, stepSize, noiseScale, noise) => {
      const slope = inputGradient(energy, x).clamp(-10, 10);
      return x.sub(slope.mul(stepSize)).add(noise.mul(noiseScale)).detach();
    },
  },
  {
    name: "a wide clamp",
    check: "langevin-unbounded",
    says: /nothing is clipped/,
    code: (...args) => right(...args).clamp(-1000, 1000),
  },
  {
    name: "noise clipped at four standard deviations",
    check: "langevin-unbounded",
    says: /nothing is clipped/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, noiseScale, noise.clamp(-4, 4)),
  },
  {
    name: "the gradient of a quadratic energy for any",
    check: "langevin-downhill",
    says: /moves to where the energy is lower/,
    code: (_, x, stepSize, noiseScale, noise) =>
      x.sub(x.mul(stepSize)).add(noise.mul(noiseScale)).detach(),
  },
  {
    name: "the slope measured along one line, as if it were straight",
    check: "langevin-values",
    says: /energies of any kind/,
    code: (energy, x, stepSize, noiseScale, noise) => {
      // Right where the energy is quadratic: the gradient half way to the next point and back.
      const slope = inputGradient(energy, x);
      const mirrored = inputGradient(energy, x.add(slope)).sub(slope);
      const straight = inputGradient(energy, x.sub(slope)).add(mirrored);
      return x.sub(straight.mul(stepSize)).add(noise.mul(noiseScale)).detach();
    },
  },
  {
    name: "not detached",
    check: "langevin-detached",
    says: /the next x is detached[^]*gradient by x\[\d, \d\] = 0, received/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      x.sub(inputGradient(energy, x).mul(stepSize)).add(noise.mul(noiseScale)),
  },
  {
    name: "x detached, and not the gradient",
    check: "langevin-detached",
    says: /gradient by x|gradient by the energy's parameters/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      x.detach().sub(inputGradient(energy, x).mul(stepSize)).add(noise.mul(noiseScale)),
  },
  {
    name: "x detached first, and the result not",
    check: "langevin-detached",
    says: /gradient by the energy's parameters\[[\d, ]+\] = 0, received/,
    code: (energy, x, stepSize, noiseScale, noise) => {
      const at = x.detach();
      return at.sub(inputGradient(energy, at).mul(stepSize)).add(noise.mul(noiseScale));
    },
  },
  {
    name: "the gradient detached, and not x",
    check: "langevin-detached",
    says: /gradient by x\[0, 0\] = 0, received 1/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      x.sub(inputGradient(energy, x).detach().mul(stepSize)).add(noise.mul(noiseScale)),
  },
];
