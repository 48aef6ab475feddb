/**
 * Many samples of a DDPM, drawn in batches.
 *
 * @module
 */
import type { Context } from "../../lib/course/program.ts";
import { showProgress } from "../../lib/course/progress.ts";
import type { Ddpm } from "../../lib/models/ddpm/checkpoint.ts";
import { sampleDdpm, type SampleOptions } from "../../lib/models/ddpm/process/sampler.ts";
import { Generator } from "../../lib/random/mod.ts";
import { toBytes } from "./files.ts";

/** Images that are drawn at once. */
const BATCH = 100;

/**
 * Draws an image for each label.
 *
 * @returns bytes `[N, 28, 28]`, and the seconds it took
 * @throws the signal's reason after Ctrl-C
 */
export async function drawSamples(
  ddpm: Ddpm,
  labels: readonly number[],
  options: Omit<SampleOptions, "generator" | "size">,
  seed: number,
  { say, signal }: Pick<Context, "say" | "signal">,
): Promise<{ images: Uint8Array; seconds: number }> {
  const generator = new Generator(seed);
  const images = new Uint8Array(labels.length * 28 * 28);
  const start = performance.now();
  const progress = showProgress("drawing", labels.length, say);
  try {
    for (let done = 0; done < labels.length; done += BATCH) {
      const batch = labels.slice(done, done + BATCH);
      const samples = await sampleDdpm(ddpm, batch, { ...options, generator });
      images.set(toBytes(await samples.data()), done * 28 * 28);
      progress.update(done + batch.length, "images");
      // Lets signals arrive, which wait while images are computed.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
  } finally {
    progress.stop();
  }
  return { images, seconds: (performance.now() - start) / 1000 };
}
