/**
 * The checks of exercise A that students have.
 *
 * @module
 */
import type { Check } from "../../lib/course/check.ts";
import { klChecks } from "./checks/kl.ts";
import { lossChecks } from "./checks/loss.ts";
import { nllChecks } from "./checks/nll.ts";
import { reparameterizeChecks } from "./checks/reparameterize.ts";

/** In the order in which a student meets them. */
export const checks: readonly Check[] = [
  ...reparameterizeChecks,
  ...klChecks,
  ...nllChecks,
  ...lossChecks,
];
