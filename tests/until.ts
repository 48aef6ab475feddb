/**
 * Waiting for what other processes do.
 *
 * @module
 */
import { assert } from "@std/assert";

/** Milliseconds between two looks. */
const PAUSE = 5;
/** Milliseconds after which nothing will come any more, however busy the machine is. */
const END = 120_000;

/**
 * Waits until something holds; fails if it never does.
 *
 * @param fact what is waited for, as a sentence
 */
export async function until(
  fact: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = performance.now() + END;
  while (!await holds()) {
    assert(performance.now() < end, `it never came about: ${fact}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
