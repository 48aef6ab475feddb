/**
 * Mistakes in `langevinStep`: where its noise comes from, and how much of it is added.
 *
 * @module
 */
import { randn, randnLike } from "genlab";
import { inputGradient } from "../../../exercises/e_ebm/solution.ts";
import type { Mistake } from "../corpus.ts";
import { right, type Step } from "./right_step.ts";

/** Each names the check that has to catch it. */
export const langevinNoiseMistakes: readonly Mistake<Step>[] = [
  {
    name: "noise of its own",
    check: "langevin-given-noise",
    says: /nothing random inside the function, received noise that it draws itself/,
    code: (energy, x, stepSize, noiseScale) => right(energy, x, stepSize, noiseScale, randnLike(x)),
  },
  {
    name: "noise of its own on top",
    check: "langevin-given-noise",
    says: /noise that it draws itself/,
    code: (...args) => right(...args).add(randn(args[1].shape).mul(args[3])),
  },
  {
    name: "noise of its own where there is little",
    check: "langevin-given-noise",
    says: /noise that it draws itself/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, noiseScale, noise.add(randnLike(x).mul(1e-6))),
  },
  {
    name: "no noise",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize) => right(energy, x, stepSize, 0, x),
  },
  {
    name: "the noise as it is",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, _, noise) => right(energy, x, stepSize, 1, noise),
  },
  {
    name: "noise of the root of two steps",
    check: "langevin-noise",
    says: /whatever stepSize is/,
    code: (energy, x, stepSize, _, noise) =>
      right(energy, x, stepSize, Math.sqrt(2 * stepSize), noise),
  },
  {
    name: "noise of that root times the noise scale",
    check: "langevin-noise",
    says: /whatever stepSize is/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, Math.sqrt(2 * stepSize) * noiseScale, noise),
  },
  {
    name: "that root where the noise scale is 0",
    check: "langevin-noise",
    says: /stepSize = 0\.02 and noiseScale = 0,/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, noiseScale || Math.sqrt(2 * stepSize), noise),
  },
  {
    name: "noise times the step",
    check: "langevin-noise",
    says: /whatever stepSize is/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, stepSize * noiseScale, noise),
  },
  {
    name: "noise within the brackets of the step",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      x.sub(inputGradient(energy, x).add(noise.mul(noiseScale)).mul(stepSize)).detach(),
  },
  {
    name: "the noise scale as a variance",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, Math.sqrt(noiseScale), noise),
  },
  {
    name: "the squared noise scale",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, noiseScale ** 2, noise),
  },
  {
    name: "a fixed noise scale",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, _, noise) => right(energy, x, stepSize, 0.005, noise),
  },
  {
    name: "the noise taken away",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, -noiseScale, noise),
  },
  {
    name: "the noise added twice",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, noiseScale, noise).add(noise.mul(noiseScale)),
  },
  {
    name: "the first example's noise for all",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, noiseScale, noise.narrow(0, 0, 1).expand(x.shape)),
  },
  {
    name: "noise before the gradient is taken",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x.add(noise.mul(noiseScale)), stepSize, 0, noise),
  },
  {
    name: "noise of mean 0 and variance 1 over the batch",
    check: "langevin-noise",
    says: /is added once, times noiseScale/,
    code: (energy, x, stepSize, noiseScale, noise) =>
      right(energy, x, stepSize, noiseScale, noise.sub(noise.mean())),
  },
];
