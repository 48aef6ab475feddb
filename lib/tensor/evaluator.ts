/**
 * The one thread between tensors and whatever computes them. The tensor layer builds graphs and
 * knows no runtime; a runtime, once loaded, says how graphs are evaluated.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import { currentTrace } from "./trace.ts";
import type { Tensor } from "./tensor.ts";

/** Computes tensors and sets their `values`. */
export type Evaluator = (tensors: readonly Tensor[]) => Promise<void>;

let evaluator: Evaluator | undefined;

/** Names the function that computes tensors. */
export function setEvaluator(evaluate: Evaluator): void {
  evaluator = evaluate;
}

/**
 * Computes tensors that have no values yet, all in one run.
 *
 * @throws {GenlabError} at once, on the caller's line, while a function is being traced
 */
export function evaluate(tensors: readonly Tensor[]): Promise<void> {
  const trace = currentTrace();
  if (trace !== undefined) {
    throw new GenlabError(
      `values cannot be read inside ${trace.purpose}: it runs on symbols, to record what is ` +
        `computed, before there is any data; use tensor operations (where instead of if), and ` +
        `read the result outside`,
    );
  }
  if (tensors.every((tensor) => tensor.values !== undefined)) return Promise.resolve();
  if (evaluator === undefined) {
    throw new GenlabError(
      "values cannot be read here: no runtime is loaded; import genlab's mod.ts",
    );
  }
  return evaluator(tensors);
}
