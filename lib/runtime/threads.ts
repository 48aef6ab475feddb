/**
 * How many threads compute.
 *
 * @module
 */
import type { Program } from "../onnx/program.ts";
import { multiplyAddsOf } from "../tensor/cost.ts";

/** Multiply-adds in one product from which a second thread pays for waking it. */
const THREADING_THRESHOLD = 5e7;

let limit = navigator.hardwareConcurrency;

/** How many threads a computation on the CPU may take; as many as there are cores by default. */
export function threadLimit(): number {
  return limit;
}

/** Sets how many threads a computation on the CPU may take. */
export function setThreadLimit(count: number): void {
  limit = count;
}

/** How many threads a program is computed with. */
export function threadsFor(program: Program): number {
  const isLarge = program.steps.some((step) =>
    multiplyAddsOf(step.primitive, step.inputs, step) >= THREADING_THRESHOLD
  );
  return isLarge ? limit : 1;
}
