/**
 * Mistakes in exercise B's functions, and right ways to write them, by the functions' names.
 *
 * @module
 */
import { cornerForwards, cornerSchedules, cornerScores } from "./corner_mistakes.ts";
import { forwardMistakes } from "./forward_mistakes.ts";
import { rightForwards, rightSchedules, rightScores } from "./right_solutions.ts";
import { scoreMistakes } from "./score_mistakes.ts";
import { sigmaMistakes } from "./sigma_mistakes.ts";

/** Each is caught by the check that it names. */
export const MISTAKES = {
  sigmaVe: [...sigmaMistakes, ...cornerSchedules],
  veForward: [...forwardMistakes, ...cornerForwards],
  conditionalScoreXtGivenX0: [...scoreMistakes, ...cornerScores],
};

/** Each is right for the public checks' data alone. */
export { overfitted as OVERFITTED } from "./overfitted.ts";

/** Each passes every check. */
export const RIGHT = {
  sigmaVe: rightSchedules,
  veForward: rightForwards,
  conditionalScoreXtGivenX0: rightScores,
};
