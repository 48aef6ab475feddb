/**
 * Evaluators at work side by side.
 *
 * @module
 */
import { Evaluator } from "./evaluator.ts";

/**
 * Does work side by side, with an evaluator for each that is going on. Results come as they are ready.
 *
 * @param size how many work at once
 * @param signal ends it: what goes on is given up
 * @param work is given its input and what hands out its evaluator, a fresh one after an end
 */
export async function* inPool<T, R>(
  inputs: readonly T[],
  size: number,
  work: (input: T, use: () => Promise<Evaluator>) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, void> {
  signal?.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal?.reason);
  aborted.catch(() => undefined);
  signal?.addEventListener("abort", abort, { once: true });
  const queue = inputs.values();
  const lanes = Array.from(
    { length: Math.min(size, inputs.length) },
    () => new Lane(queue, work),
  );
  const running = new Map(lanes.map((lane) => [lane, lane.next()]));
  try {
    while (running.size > 0) {
      const { lane, result } = await Promise.race([aborted, ...running.values()]);
      if (result === undefined) running.delete(lane);
      else {
        // It goes on while the result is used.
        running.set(lane, lane.next());
        yield result.value;
      }
    }
  } finally {
    signal?.removeEventListener("abort", abort);
    await Promise.all(lanes.map((lane) => lane.close()));
    await Promise.allSettled(running.values());
  }
}

/** One evaluator, and what is done with it. */
class Lane<T, R> {
  #evaluator: Promise<Evaluator> | undefined;
  #isClosed = false;

  constructor(
    private readonly queue: Iterator<T>,
    private readonly work: (input: T, use: () => Promise<Evaluator>) => Promise<R>,
  ) {}

  /** Does the next work of the queue. */
  async next(): Promise<{ lane: Lane<T, R>; result?: { value: R } }> {
    const { done, value: input } = this.queue.next();
    if (done || this.#isClosed) return { lane: this };
    return { lane: this, result: { value: await this.work(input, () => this.#use()) } };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const evaluator = await this.#evaluator?.catch(() => undefined);
    await evaluator?.close();
  }

  async #use(): Promise<Evaluator> {
    if (this.#isClosed) throw new DOMException("the batch has ended", "AbortError");
    const evaluator = await this.#evaluator;
    if (evaluator?.alive) return evaluator;
    // What ends one while it starts says nothing of the next.
    this.#evaluator = Evaluator.start().catch(() => Evaluator.start());
    return await this.#evaluator;
  }
}
