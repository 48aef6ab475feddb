/**
 * Many samples, drawn a batch at a time.
 *
 * @module
 */
import type { Context } from "../../lib/course/program.ts";
import { showProgress } from "../../lib/course/progress.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { toBytes } from "./files.ts";

/** Images that are drawn at once. */
const BATCH = 100;
const PIXELS = 28 * 28;

/**
 * Draws images in batches.
 *
 * @param draw draws those from `first` to before `end`, in [-1, 1], `[end - first, 1, 28, 28]`
 * @returns bytes `[count, 28, 28]`, and the seconds it took
 * @throws the signal's reason after Ctrl-C
 */
export async function drawInBatches(
  count: number,
  draw: (first: number, end: number) => Promise<Tensor>,
  { say, signal }: Pick<Context, "say" | "signal">,
): Promise<{ images: Uint8Array; seconds: number }> {
  const images = new Uint8Array(count * PIXELS);
  const start = performance.now();
  const progress = showProgress("drawing", count, say);
  try {
    for (let first = 0; first < count; first += BATCH) {
      const end = Math.min(first + BATCH, count);
      images.set(toBytes(await (await draw(first, end)).data()), first * PIXELS);
      progress.update(end, "");
      // Lets signals arrive, which wait while images are computed.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
  } finally {
    progress.stop();
  }
  return { images, seconds: (performance.now() - start) / 1000 };
}
