/**
 * A student's file, as checks see it: functions that can be applied to tensors. Every function is
 * traced on symbols and only the recorded graph meets the data, wherever the file itself runs.
 *
 * @module
 */
import type { Generator } from "../random/mod.ts";
import type { Tree } from "../runtime/tree.ts";
import { bind } from "./graph/bind.ts";
import { type Argument, type PlainGraph, signatureOf } from "./graph/plain.ts";
import { readGraph } from "./graph/read.ts";
import { traceFunction } from "./graph/trace.ts";

export type { Argument, CallableArgument } from "./graph/plain.ts";
export { inRunner, type RunnerOptions } from "./runner/process.ts";
export { StudentError, type StudentErrorKind } from "./student_error.ts";

/** The functions of a student's file. */
export interface Student {
  /**
   * Traces a function for the arguments' shapes and dtypes, and gives what it does as a graph.
   *
   * @throws {StudentError} if it cannot be traced
   */
  trace(name: string, args: readonly Argument[]): Promise<PlainGraph>;
  /**
   * Applies a function: traces it, and applies the graph to the arguments. The results are lazy, and
   * gradients flow through them to the arguments. Random values are drawn from `generator`, by
   * default the one `manualSeed` seeds, in the order of the calls in the function.
   *
   * @throws {StudentError} if it cannot be traced
   */
  call(name: string, args: readonly Argument[], generator?: Generator): Promise<Tree>;
  /** Lets go of what stands behind. */
  close(): Promise<void>;
}

/**
 * The functions of a module that is trusted: they run in this process.
 *
 * @example
 * ```ts
 * import { inProcess } from "./student.ts";
 * import { Tensor, tensor } from "genlab";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const student = inProcess({ double: (x: Tensor) => x.mul(2) });
 * const result = await student.call("double", [tensor([1, 2])]);
 * assert(result instanceof Tensor);
 * assertEquals(await result.tolist(), [2, 4]);
 * ```
 */
export function inProcess(module: Readonly<Record<string, unknown>>): Student {
  const trace: Student["trace"] = async (name, args) => {
    const asked = args.map(signatureOf);
    return await Promise.resolve(readGraph(traceFunction(module, name, asked), asked));
  };
  return {
    trace,
    call: async (name, args, generator) => bind(await trace(name, args), args, generator),
    close: () => Promise.resolve(),
  };
}
