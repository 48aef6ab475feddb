/**
 * The checks of exercise E that students have.
 *
 * @module
 */
import type { Check } from "../../lib/course/check.ts";
import { clampChecks } from "./checks/clamp.ts";
import { contrastiveChecks } from "./checks/contrastive.ts";
import { gradientChecks } from "./checks/gradient.ts";
import { langevinChecks } from "./checks/langevin.ts";

/** In the order in which a student meets them. */
export const checks: readonly Check[] = [
  ...gradientChecks,
  ...langevinChecks,
  ...clampChecks,
  ...contrastiveChecks,
];
