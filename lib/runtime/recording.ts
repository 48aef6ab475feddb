/**
 * What a compiled function does, recorded by running it once on symbols.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import { arrange, type Program } from "../onnx/program.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Trace } from "../tensor/trace.ts";
import type { Draw } from "../tensor/random.ts";
import type { Variable } from "../tensor/variable.ts";
import { leavesOf, mapTree, type Tree } from "./tree.ts";

/** Constants up to this many elements become part of the model, where ORT can fold them. */
const EMBED_UP_TO = 64;

/** A function as it was traced. */
export interface Recording<R> {
  readonly program: Program;
  /** The symbols that stand for the arguments' tensors, in order. */
  readonly parameters: readonly Tensor[];
  /** The draws it makes, in order, and the symbols that stand for them. */
  readonly draws: readonly { readonly symbol: Tensor; readonly draw: Draw }[];
  /** The variables that stand behind symbols. */
  readonly variables: ReadonlyMap<Tensor, Variable>;
  /** The variables it sets, in the order of the program's first outputs. */
  readonly written: readonly Variable[];
  /** Puts results in the place of the tensors it returned. */
  rebuild(results: readonly Tensor[]): R;
  /** Every tensor whose values a call needs. */
  known(args: unknown): readonly Tensor[];
}

/** Traces a function. `repeated` makes a loop of it. */
export function record<A extends readonly Tree[], R extends Tree>(
  fn: (...args: A) => R,
  args: A,
  repeated: boolean,
): Recording<R> {
  const parameters: Tensor[] = [];
  const symbols = mapTree(args, (tensor) => {
    const symbol = Tensor.symbol(tensor);
    parameters.push(symbol);
    return symbol;
  });
  const trace = new Trace("a compiled function");
  const result = trace.run(() => fn(...symbols));
  if (result instanceof Promise) {
    // It may have failed on its way, which is no news now.
    result.catch(() => undefined);
    throw new GenlabError(
      "compile: the function is asynchronous; it runs on symbols, so there is nothing to wait for: " +
        "leave out async and await",
    );
  }
  const returned = leavesOf(result);

  const written = [...trace.writes.keys()];
  const before = (variable: Variable) => trace.reads.get(variable) ?? Tensor.symbol(variable);
  const carried = written.map((variable) => ({
    before: before(variable),
    after: trace.writes.get(variable)!,
  }));
  const draws = trace.draws.map(({ symbol }) => symbol);
  const program = repeated
    ? arrange({ outputs: returned, loop: { carried, draws }, embedUpTo: EMBED_UP_TO })
    : arrange({
      outputs: [...carried.map(({ after }) => after), ...returned],
      embedUpTo: EMBED_UP_TO,
    });
  const variables = new Map([...trace.reads].map(([variable, symbol]) => [symbol, variable]));
  const stands = new Set([...parameters, ...draws, ...variables.keys()]);
  const constants = program.feeds.filter((feed) => !stands.has(feed));
  return {
    program,
    parameters,
    draws: trace.draws,
    variables,
    written,
    rebuild: (results) => {
      let next = 0;
      return mapTree(result, () => results[next++]);
    },
    known: (args) => [
      ...leavesOf(args),
      ...constants,
      ...[...variables.values(), ...written].map(({ value }) => value),
    ],
  };
}
