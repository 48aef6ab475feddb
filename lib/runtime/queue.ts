/**
 * The order of computations: one after the other, as they were asked for. ONNX Runtime computes one
 * at a time in any case; the queue keeps a call from starting with what the one before it has yet to
 * write.
 *
 * @module
 */

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a task when those before it have ended, well or not. A task must not wait for another that it
 * queues itself.
 */
export function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = last.then(task);
  last = result.catch(() => undefined);
  return result;
}
