/**
 * Mistakes in exercise A's functions, and right ways to write them, by the functions' names.
 *
 * @module
 */
import {
  cornerDivergences,
  cornerLikelihoods,
  cornerReparameterizations,
} from "./corner_mistakes.ts";
import { klMistakes } from "./kl_mistakes.ts";
import { lossMistakes } from "./loss_mistakes.ts";
import { nllMistakes } from "./nll_mistakes.ts";
import { noiseMistakes } from "./noise_mistakes.ts";
import { reparameterizeMistakes } from "./reparameterize_mistakes.ts";
import { rightDivergences, rightLikelihoods, rightReparameterizations } from "./right_solutions.ts";

/** Each is caught by the check that it names. */
export const MISTAKES = {
  reparameterize: [...reparameterizeMistakes, ...noiseMistakes, ...cornerReparameterizations],
  klDiagGaussianToStandard: [...klMistakes, ...cornerDivergences],
  bernoulliNllFromLogits: [...nllMistakes, ...cornerLikelihoods],
  vaeLoss: lossMistakes,
};

/** Each is right for the public checks' data alone. */
export { overfitted as OVERFITTED } from "./overfitted.ts";

/** Each passes every check. */
export const RIGHT = {
  reparameterize: rightReparameterizations,
  klDiagGaussianToStandard: rightDivergences,
  bernoulliNllFromLogits: rightLikelihoods,
};
