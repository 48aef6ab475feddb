/**
 * Parts of a batch, for machines that work on it side by side and know nothing of each other.
 *
 * @module
 */
import { sha256 } from "./digest.ts";

/** A part of a batch. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  /** How many parts there are. */
  readonly count: number;
}

/** The whole batch, as its only part. */
export const WHOLE: Shard = { index: 1, count: 1 };

/**
 * Whether a student is in a part of a batch. It depends on the id alone: submissions that come or go
 * between the start of one part and the next move nobody else.
 *
 * @example
 * ```ts
 * import { isInShard } from "./shard.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const parts = [1, 2, 3].filter((index) => isInShard("ana", { index, count: 3 }));
 * assertEquals(parts.length, 1);
 * ```
 */
export function isInShard(student: string, { index, count }: Shard): boolean {
  return Number(BigInt(`0x${sha256(student)}`) % BigInt(count)) === index - 1;
}
