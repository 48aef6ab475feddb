/**
 * Runs claims one after the other.
 *
 * @module
 */
import { Generator } from "../../lib/random/mod.ts";
// Claims read tensors, which this makes possible.
import "../../lib/runtime/mod.ts";
import type { Claim, Outcome } from "./claim.ts";
import type { Models } from "./models.ts";

/** A claim with what running it gave. */
export interface Answer extends Outcome {
  readonly claim: Claim;
  readonly seconds: number;
}

/** Spreads the streams of claims: 2^32 over the golden ratio (Knuth, TAOCP 3, section 6.4). */
const SPREAD = 0x9E3779B1n;

/** Runs a claim: what it draws depends on the seed and its number, and on no other claim. */
export async function runClaim(claim: Claim, seed: number, models: Models): Promise<Answer> {
  const stream = BigInt.asUintN(32, BigInt(seed) * SPREAD + BigInt(claim.number));
  const start = performance.now();
  const outcome = await claim.run({ generator: new Generator(stream), models });
  return { claim, seconds: (performance.now() - start) / 1000, ...outcome };
}
