/**
 * How many threads compute.
 *
 * @module
 */
import type { Program } from "../onnx/program.ts";
import { sizeOf } from "../tensor/shape.ts";

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
  const work = program.steps.map(({ primitive, inputs, size }) => {
    switch (primitive) {
      case "matmul":
        return size * inputs[0].shape.at(-1)!;
      case "conv2d":
        return size * sizeOf(inputs[1].shape.slice(1));
      case "convTranspose2d":
        return inputs[0].size * sizeOf(inputs[1].shape.slice(1));
      case "conv2dWeight":
        return inputs[1].size * size / inputs[1].shape[1];
      default:
        return 0;
    }
  });
  return Math.max(0, ...work) < THREADING_THRESHOLD ? 1 : limit;
}
