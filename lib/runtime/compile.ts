/**
 * Compiled functions: traced once, then run as one session, over and over.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../errors.ts";
import { currentTrace } from "../tensor/trace.ts";
import { evaluateNow } from "./evaluate.ts";
import { inTurn } from "./queue.ts";
import { record, type Recording } from "./recording.ts";
import { replay } from "./replay.ts";
import { signatureOf, type Tree } from "./tree.ts";

/** How a function is compiled. */
export interface CompileOptions {
  /**
   * Runs the function this many times in one call, each time from the variables as the last left
   * them. What it returns comes back stacked, with a first dimension of this size.
   */
  readonly repeat?: number;
}

/**
 * A function that is traced at its first call and from then on runs as one ONNX Runtime session, with
 * its gradients, random draws and changes of variables. It is traced again when the shapes or dtypes
 * of its arguments change.
 *
 * While it is traced it runs on symbols: it cannot read values, and what is no tensor (a number, a
 * condition) keeps the value it had then. Tensors from outside are constants; variables are not.
 *
 * Calls run one after the other in the order they were made, and draw random numbers when their turn
 * comes: await a call before changing what it uses.
 *
 * @throws {GenlabError} at the call, if the function is asynchronous or returns something other than
 * tensors
 *
 * @example Ten steps of gradient descent in one call
 * ```ts
 * import { compile, grad, tensor, Variable } from "genlab";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const x = new Variable(tensor(1));
 * const descend = compile(() => {
 *   const loss = x.value.square();
 *   const [slope] = grad(loss, [x.value]);
 *   x.value = x.value.sub(slope.mul(0.25));
 *   return loss;
 * }, { repeat: 10 });
 * const losses = await descend();
 * assertEquals(losses.shape, [10]);
 * assertAlmostEquals(await x.value.item(), 0.5 ** 10);
 * ```
 */
export function compile<A extends readonly Tree[], R extends Tree>(
  fn: (...args: A) => R,
  { repeat }: CompileOptions = {},
): (...args: A) => Promise<R> {
  if (repeat !== undefined && (!Number.isSafeInteger(repeat) || repeat < 1)) {
    throw new ShapeError(`compile: repeat is ${repeat}; it takes a whole number of at least 1`);
  }
  const recordings = new Map<string, Recording<R>>();
  const call = async (args: A): Promise<R> => {
    const signature = signatureOf(args);
    let recording = recordings.get(signature);
    if (recording === undefined) {
      recording = record(fn, args, repeat !== undefined);
      recordings.set(signature, recording);
    }
    return await inTurn(async () => {
      // Variables, arguments and constants may be lazy still.
      await evaluateNow(recording.known(args));
      return await replay(recording, args, repeat);
    });
  };
  return (...args) => {
    if (currentTrace() !== undefined) {
      throw new GenlabError(
        "compile: a compiled function cannot be called inside another; call the function it was " +
          "made from",
      );
    }
    return call(args);
  };
}
