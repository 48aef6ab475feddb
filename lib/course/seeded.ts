/**
 * The random numbers of checks: many streams, all from the one seed of a run.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { Generator, manualSeed } from "../random/mod.ts";

/** The seed of the run that a check is part of; where there is none it is 0. */
const seedOfRun = new AsyncLocalStorage<number>();

/**
 * Runs a check with the seed of a run: streams that it asks for depend on it, and the default
 * generator begins anew, so that nothing depends on what ran before.
 */
export async function withSeed<T>(seed: number, check: () => Promise<T>): Promise<T> {
  return await seedOfRun.run(seed, () => {
    manualSeed(seed);
    return check();
  });
}

/**
 * A generator at the beginning of a stream, such as one set of inputs. In a run with seed 0 it is
 * that of `new Generator(stream)`; other seeds are spread by a multiplication that is one to one on
 * the 32 bits that count, by 2^32 over the golden ratio (Knuth, The Art of Computer Programming 3,
 * section 6.4).
 *
 * @example
 * ```ts
 * import { seeded, withSeed } from "./seeded.ts";
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * const draw = () => Promise.resolve(seeded(51).float());
 * assertEquals(await withSeed(0, draw), await withSeed(0, draw));
 * assertNotEquals(await withSeed(0, draw), await withSeed(1, draw));
 * ```
 */
export function seeded(stream: number): Generator {
  const seed = BigInt(seedOfRun.getStore() ?? 0);
  return new Generator(BigInt.asUintN(32, seed * 0x9E3779B1n + BigInt(stream)));
}
