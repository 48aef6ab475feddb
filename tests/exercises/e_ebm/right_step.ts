/**
 * The right `langevinStep`, from which mistakes in it are made.
 *
 * @module
 */
import type { Tensor } from "genlab";
import { type Energy, inputGradient } from "../../../exercises/e_ebm/solution.ts";

/** What stands for the function, whatever it gives. */
export type Step = (
  energy: Energy,
  x: Tensor,
  stepSize: number,
  noiseScale: number,
  noise: Tensor,
) => unknown;

/** The right step. */
export const right = (
  energy: Energy,
  x: Tensor,
  stepSize: number,
  noiseScale: number,
  noise: Tensor,
): Tensor => x.sub(inputGradient(energy, x).mul(stepSize)).add(noise.mul(noiseScale)).detach();
