/**
 * The sheet: its 30 answers in their order.
 *
 * @module
 */
import type { Claim } from "./claim.ts";
import { conditioning } from "./claims/conditioning.ts";
import { costs } from "./claims/costs.ts";
import { embedding, example } from "./claims/embedding.ts";
import { objective, signal } from "./claims/energies.ts";
import { failures } from "./claims/failures.ts";
import { accumulation, check, detach, needed, withWeights } from "./claims/gradients.ts";
import { clamp, tradeoff, update } from "./claims/langevin.ts";
import { downsampling, loss, unet, whyTime } from "./claims/network.ts";
import { noise } from "./claims/noise.ts";
import { forward, product, signalToNoise } from "./claims/noising.ts";
import { posteriorVariance, reverseMean } from "./claims/posterior.ts";
import { cost, deterministic, guidance, schedules } from "./claims/sampling.ts";
import { updated } from "./claims/updated.ts";

/** The answers, from 1 to 30. */
export const SHEET: readonly Claim[] = [
  ...[forward, product, reverseMean, posteriorVariance, loss, embedding, example, whyTime],
  ...[signalToNoise, downsampling, unet, guidance, schedules, cost, deterministic],
  ...[objective, update, needed, noise, accumulation, check, withWeights, detach, clamp],
  ...[tradeoff, updated, signal, costs, conditioning, failures],
];
