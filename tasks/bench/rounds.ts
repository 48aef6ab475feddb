/**
 * The same work in genlab and in PyTorch, round by round, because machines are noisy and drift.
 *
 * @module
 */
import { median } from "./median.ts";
import type { PyTorch } from "./pytorch.ts";

/** What work takes. */
export interface WorkTime {
  /** Seconds in genlab and, where it is there, in PyTorch; medians. */
  readonly ours: number;
  readonly theirs?: number;
  /** The median of the rounds' ratios. */
  readonly ratio?: number;
}

/** Times work and, right after it, PyTorch's. */
export async function inRounds(
  rounds: number,
  work: () => Promise<unknown>,
  pytorch: PyTorch | undefined,
  signal: AbortSignal,
): Promise<WorkTime> {
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first round warms caches and clocks up.
  for (let round = 0; round <= rounds; round++) {
    signal.throwIfAborted();
    const start = performance.now();
    await work();
    const time = (performance.now() - start) / 1000;
    const reference = await pytorch?.measure();
    if (round === 0) continue;
    ours.push(time);
    if (reference !== undefined) theirs.push(reference);
  }
  if (theirs.length === 0) return { ours: median(ours) };
  const ratio = median(ours.map((time, i) => time / theirs[i]));
  return { ours: median(ours), theirs: median(theirs), ratio };
}
