/**
 * How the runner and whoever started it talk: a line of JSON asks, a marked line of JSON answers.
 * Whatever else the runner prints was printed by the student's file.
 *
 * @module
 */
import type { Fault } from "../student_error.ts";
import type { PlainArgument } from "../graph/plain.ts";

/** What the lines that are answers begin with. */
export const MARK = "genlab-answer:";

/** What is said instead of an answer, once, when nothing is left to do but loading the file. */
export const READY = "ready";

/** The number of the answer that says how loading the file went; nobody asks for it. */
export const LOADED = 0;

/** Asks for a function's graph. */
export interface Request {
  /** Counted from 1. */
  readonly id: number;
  readonly name: string;
  readonly args: readonly PlainArgument[];
}

/** Answers a request. Whoever reads it believes nothing of it. */
export type Answer =
  | { readonly id: number; readonly graph: unknown }
  | { readonly id: number; readonly fault: Fault };

/**
 * Puts lines together from the chunks of a stream.
 *
 * @param limit how long a line may get, in bytes
 * @throws {RangeError} if one gets longer
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const [first, ...rest] = decoder.decode(chunk, { stream: true }).split("\n");
    parts.push(first);
    length += first.length;
    for (const line of rest) {
      yield parts.join("");
      parts = [line];
      length = line.length;
    }
    if (length > limit) throw new RangeError(`a line of more than ${limit} bytes`);
  }
  if (length > 0) yield parts.join("");
}
