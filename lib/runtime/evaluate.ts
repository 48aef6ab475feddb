/**
 * Computes lazy tensors.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import { arrange } from "../onnx/program.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { abandon, pendingVariables, settle } from "../tensor/variable.ts";
import { inTurn } from "./queue.ts";
import { run } from "./session.ts";

/**
 * Computes tensors, and with them every variable that was set to something not yet computed, in one
 * run.
 *
 * @throws {GenlabError} if a tensor depends on a symbol, which has no values, or cannot be computed
 */
export function evaluateTensors(tensors: readonly Tensor[]): Promise<void> {
  return inTurn(() => evaluateNow(tensors));
}

/** The same for those whose turn it is. */
export async function evaluateNow(tensors: readonly Tensor[]): Promise<void> {
  const variables = pendingVariables();
  if (variables.length === 0) return await compute(tensors);
  try {
    await compute([...tensors, ...variables.map(({ value }) => value)]);
    variables.forEach(settle);
  } catch {
    // The fault may be a variable's: reading that one says so, and other reads must go on.
    variables.forEach(abandon);
    await compute(tensors);
  }
}

async function compute(tensors: readonly Tensor[]): Promise<void> {
  const outputs = [...new Set(tensors)].filter(({ values }) => values === undefined);
  if (outputs.length === 0) return;
  const program = arrange({ outputs });
  const feeds = program.feeds.map((signature) => ({ values: known(signature), signature }));
  const results = await run(program, feeds);
  outputs.forEach((output, i) => output.resolve(results[i]));
}

function known({ values }: Tensor): NonNullable<Tensor["values"]> {
  if (values === undefined) {
    throw new GenlabError(
      "a tensor made inside a compiled function cannot be read outside it: return it from the " +
        "function, and read what the call gives",
    );
  }
  return values;
}
