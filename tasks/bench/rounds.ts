/**
 * The same work in genlab and in PyTorch, round by round, because machines are noisy and drift.
 *
 * @module
 */
import { median } from "../median.ts";
import type { PyTorch } from "./pytorch.ts";

/** What work takes. */
export interface WorkTime {
  /** In genlab and, where it is there, in PyTorch; medians. Seconds, or what they are scaled to. */
  readonly ours: number;
  readonly theirs?: number;
  /** The median of the rounds' ratios. */
  readonly ratio?: number;
}

/**
 * Times work and, right after it, PyTorch's.
 *
 * @param work gives the seconds it took
 */
export async function inRounds(
  rounds: number,
  work: () => Promise<number>,
  pytorch: PyTorch | undefined,
  signal: AbortSignal,
): Promise<WorkTime> {
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first round warms caches and clocks up.
  for (let round = 0; round <= rounds; round++) {
    signal.throwIfAborted();
    const time = await work();
    const reference = await pytorch?.measure();
    if (round === 0) continue;
    ours.push(time);
    if (reference !== undefined) theirs.push(reference);
  }
  if (theirs.length === 0) return { ours: median(ours) };
  const ratio = median(ours.map((time, i) => time / theirs[i]));
  return { ours: median(ours), theirs: median(theirs), ratio };
}

/** Work that gives the seconds it took. */
export function timed(work: () => Promise<unknown>): () => Promise<number> {
  return async () => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
}

/** Times in another unit: seconds times a factor. */
export function scaled({ ours, theirs, ratio }: WorkTime, factor: number): WorkTime {
  return { ours: ours * factor, theirs: theirs && theirs * factor, ratio };
}
