/**
 * Many samples of a DDPM, drawn in batches.
 *
 * @module
 */
import type { Context } from "../../lib/course/program.ts";
import type { Ddpm } from "../../lib/models/ddpm/checkpoint.ts";
import { sampleDdpm, type SampleOptions } from "../../lib/models/ddpm/process/sampler.ts";
import { Generator } from "../../lib/random/mod.ts";
import { drawInBatches } from "./batches.ts";

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
  context: Pick<Context, "say" | "signal">,
): Promise<{ images: Uint8Array; seconds: number }> {
  const generator = new Generator(seed);
  return await drawInBatches(labels.length, {
    label: "drawing",
    workOf: (size) => size,
    async draw(first, end, advance) {
      const samples = await sampleDdpm(ddpm, labels.slice(first, end), { ...options, generator });
      await advance(end - first);
      return samples;
    },
  }, context);
}
