/**
 * The checks of exercise D that students have.
 *
 * @module
 */
import type { Check } from "../../lib/course/check.ts";
import { barsChecks, posteriorChecks, snrChecks } from "./checks/cumulative.ts";
import { ddimChecks } from "./checks/ddim.ts";
import { embeddingChecks } from "./checks/embedding.ts";
import { forwardChecks } from "./checks/forward.ts";
import { noiseChecks } from "./checks/noise.ts";
import { reverseChecks } from "./checks/reverse.ts";
import { scheduleChecks } from "./checks/schedules.ts";

/** In the order in which a student meets them. */
export const checks: readonly Check[] = [
  ...scheduleChecks,
  ...barsChecks,
  ...forwardChecks,
  ...reverseChecks,
  ...posteriorChecks,
  ...snrChecks,
  ...embeddingChecks,
  ...noiseChecks,
  ...ddimChecks,
];
