/**
 * Many samples, drawn a batch at a time.
 *
 * @module
 */
import type { Context } from "../../lib/course/program.ts";
import { nextTurn, showProgress } from "../../lib/course/progress.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { toBytes } from "./files.ts";

/** Images that are drawn at once. */
const BATCH = 100;
const PIXELS = 28 * 28;

/**
 * Says that a batch is further by so much of its work. It lets signals arrive, which wait while
 * images are computed.
 *
 * @throws the signal's reason after Ctrl-C
 */
export type Advance = (work: number) => Promise<void>;

/** How images are drawn, and how far that is. */
export interface BatchDrawing {
  /** What is shown of the work, in a word or two. */
  readonly label: string;
  /** The work of a batch of so many images, as it is counted. */
  workOf(size: number): number;
  /** Draws the images from `first` to before `end`, in [-1, 1], `[end - first, 1, 28, 28]`. */
  draw(first: number, end: number, advance: Advance): Promise<Tensor>;
}

/**
 * Draws images in batches.
 *
 * @returns bytes `[count, 28, 28]`, and the seconds it took
 * @throws the signal's reason after Ctrl-C
 */
export async function drawInBatches(
  count: number,
  { label, workOf, draw }: BatchDrawing,
  { say, signal }: Pick<Context, "say" | "signal">,
): Promise<{ images: Uint8Array; seconds: number }> {
  const images = new Uint8Array(count * PIXELS);
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, i) => {
    return { first: i * BATCH, end: Math.min((i + 1) * BATCH, count) };
  });
  const total = batches.reduce((sum, { first, end }) => sum + workOf(end - first), 0);
  const start = performance.now();
  const progress = showProgress(label, total, say);
  let done = 0;
  try {
    for (const { first, end } of batches) {
      const batch = await draw(first, end, async (work) => {
        progress.update(done += work, "");
        await nextTurn();
        signal.throwIfAborted();
      });
      images.set(toBytes(await batch.data()), first * PIXELS);
    }
  } finally {
    progress.stop();
  }
  return { images, seconds: (performance.now() - start) / 1000 };
}
