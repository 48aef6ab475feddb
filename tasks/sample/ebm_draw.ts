/**
 * Many samples of an energy.
 *
 * @module
 */
import type { Context } from "../../lib/course/program.ts";
import type { ConvEnergy } from "../../lib/models/ebm/networks.ts";
import { IMAGE_CHAIN, langevinSampler } from "../../lib/models/ebm/process/langevin.ts";
import { noiseBank, noiseTable } from "../../lib/models/ebm/process/noise.ts";
import { Generator } from "../../lib/random/mod.ts";
import { rand } from "../../lib/tensor/random.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { memoize } from "../memoize.ts";
import { drawInBatches } from "./batches.ts";

/** Steps of chains that are made in one go: between two looks at Ctrl-C there are as many. */
const STRETCH = 50;

/** The options of chains, their noise from a generator. */
export function chainOptions(energy: ConvEnergy, generator: Generator) {
  const table = noiseTable(exampleShape(energy), generator);
  return { ...IMAGE_CHAIN, noise: noiseBank(table, generator) };
}

/** Where chains of images start: uniformly between -1 and 1. */
export function startOf(energy: ConvEnergy, count: number, generator: Generator): Tensor {
  return rand([count, ...exampleShape(energy)], { generator }).mul(2).sub(1);
}

function exampleShape({ size }: ConvEnergy): number[] {
  return [1, size, size];
}

/**
 * Draws images with chains that begin at noise.
 *
 * @returns bytes `[count, 28, 28]`, and the seconds it took
 * @throws the signal's reason after Ctrl-C
 */
export async function drawSamples(
  energy: ConvEnergy,
  count: number,
  steps: number,
  seed: number,
  context: Pick<Context, "say" | "signal">,
): Promise<{ images: Uint8Array; seconds: number }> {
  const generator = new Generator(seed);
  const options = chainOptions(energy, generator);
  const samplers = memoize((size) =>
    memoize((stretch) =>
      langevinSampler((x) => energy.forward(x), [size, ...exampleShape(energy)], {
        ...options,
        steps: stretch,
      })
    )
  );
  return await drawInBatches(count, {
    label: "steps of the chains",
    workOf: () => steps,
    async draw(first, end, advance) {
      let x = startOf(energy, end - first, generator);
      for (let done = 0; done < steps; done += STRETCH) {
        const stretch = Math.min(STRETCH, steps - done);
        x = await samplers(end - first)(stretch)(x);
        await advance(stretch);
      }
      return x;
    },
  }, context);
}
