/**
 * Tracing: running a function once on symbols to record what it computes. While a trace is open,
 * random draws and variables belong to it, so that nothing is frozen into the graph.
 *
 * @module
 */
import type { Draw } from "./random.ts";
import type { Tensor } from "./tensor.ts";
import type { Variable } from "./variable.ts";

/** What a function did while it was traced. */
export class Trace {
  /** The random draws it made, in order, each with the symbol that stands for its values. */
  readonly draws: { readonly symbol: Tensor; readonly draw: Draw }[] = [];
  /** The variables it read, with the symbol for the value each had before. */
  readonly reads: Map<Variable, Tensor> = new Map();
  /** The variables it set, with the tensor each was last set to. */
  readonly writes: Map<Variable, Tensor> = new Map();

  /** @param purpose what is traced, as error messages name it: "a compiled function" */
  constructor(readonly purpose: string) {}

  /** Runs a function with this trace open. Traces do not nest. */
  run<R>(traced: () => R): R {
    if (current !== undefined) throw new Error("a trace is already open");
    current = this;
    try {
      return traced();
    } finally {
      current = undefined;
    }
  }
}

let current: Trace | undefined;

/** The trace that is open, if any. */
export function currentTrace(): Trace | undefined {
  return current;
}
