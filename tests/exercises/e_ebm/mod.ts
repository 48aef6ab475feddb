/**
 * Mistakes in exercise E's functions, and right ways to write them, by the functions' names.
 *
 * @module
 */
import { clampMistakes } from "./clamp_mistakes.ts";
import { contrastiveMistakes } from "./contrastive_mistakes.ts";
import { gradientMistakes } from "./gradient_mistakes.ts";
import { langevinMistakes } from "./langevin_mistakes.ts";
import { langevinNoiseMistakes } from "./langevin_noise_mistakes.ts";
import { rightClamps, rightGradients, rightLosses, rightSteps } from "./right_solutions.ts";

/** Each is caught by the check that it names. */
export const MISTAKES = {
  inputGradient: gradientMistakes,
  langevinStep: [...langevinMistakes, ...langevinNoiseMistakes],
  clampToBounds: clampMistakes,
  contrastiveLoss: contrastiveMistakes,
};

/** Each is right for the public checks' data alone. */
export { overfitted as OVERFITTED } from "./overfitted.ts";

/** Each passes every check. */
export const RIGHT = {
  inputGradient: rightGradients,
  langevinStep: rightSteps,
  clampToBounds: rightClamps,
  contrastiveLoss: rightLosses,
};
