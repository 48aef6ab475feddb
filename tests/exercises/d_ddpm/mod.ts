/**
 * Mistakes in exercise D's functions, and right ways to write them, by the functions' names.
 *
 * @module
 */
import { barsMistakes, posteriorMistakes } from "./cumulative_mistakes.ts";
import { meanMistakes, sampleMistakes } from "./data_mistakes.ts";
import { ddimMistakes } from "./ddim_mistakes.ts";
import { embeddingMistakes } from "./embedding_mistakes.ts";
import { guidedMistakes, lossMistakes } from "./noise_mistakes.ts";
import * as right from "./right_solutions.ts";
import { cosineMistakes, linearMistakes } from "./schedule_mistakes.ts";
import { snrMistakes } from "./snr_mistakes.ts";

/** Each is caught by the check that it names. */
export const MISTAKES = {
  linearBetas: linearMistakes,
  cosineBetas: cosineMistakes,
  alphaBars: barsMistakes,
  posteriorVariance: posteriorMistakes,
  snr: snrMistakes,
  qSample: sampleMistakes,
  reverseMean: meanMistakes,
  timeEmbedding: embeddingMistakes,
  epsilonLoss: lossMistakes,
  guidedEpsilon: guidedMistakes,
  ddimStep: ddimMistakes,
};

/** Each is right for the public checks' data alone. */
export { overfitted as OVERFITTED } from "./overfitted.ts";

/** Each passes every check. */
export const RIGHT = {
  linearBetas: right.rightLinears,
  cosineBetas: right.rightCosines,
  alphaBars: right.rightBars,
  posteriorVariance: right.rightPosteriors,
  snr: right.rightRatios,
  qSample: right.rightSamples,
  reverseMean: right.rightMeans,
  timeEmbedding: right.rightEmbeddings,
  epsilonLoss: right.rightLosses,
  guidedEpsilon: right.rightGuidances,
  ddimStep: right.rightSteps,
};
