/**
 * The checks of exercise B that students have.
 *
 * @module
 */
import type { Check } from "../../lib/course/check.ts";
import { forwardChecks } from "./checks/forward.ts";
import { scoreChecks } from "./checks/score.ts";
import { sigmaChecks } from "./checks/sigma.ts";

/** In the order in which a student meets them. */
export const checks: readonly Check[] = [...sigmaChecks, ...forwardChecks, ...scoreChecks];
