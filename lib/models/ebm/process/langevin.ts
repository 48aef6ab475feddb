/**
 * Sampling from an energy with Langevin dynamics: a whole chain in one session.
 *
 * @module
 */
import { GenlabError, ShapeError } from "../../../errors.ts";
import { compile } from "../../../runtime/compile.ts";
import { grad } from "../../../tensor/autodiff.ts";
import { zeros } from "../../../tensor/creation.ts";
import { requireTensor } from "../../../tensor/node.ts";
import { randn } from "../../../tensor/random.ts";
import type { Shape } from "../../../tensor/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { Variable } from "../../../tensor/variable.ts";
import type { NoiseSource } from "./noise.ts";

/** Gives every example of `[B, ...]` a number, `[B]`, which no other example has a part in. */
export type Energy = (x: Tensor) => Tensor;

/** How chains move. */
export interface LangevinOptions {
  /** How many steps they make. */
  readonly steps: number;
  /** eta: what the gradient is multiplied by. */
  readonly stepSize: number;
  /** Standard deviation of the noise that a step adds; sqrt(2 eta) samples exp(-E) itself. */
  readonly noiseScale: number;
  /** What each number of a gradient is clamped to, from below and above; nothing by default. */
  readonly gradientLimit?: number;
  /** What x is clamped to, after going downhill and after the noise; nothing by default. */
  readonly bounds?: readonly [number, number];
  /** Where noise comes from; `randn` with the default generator by default. */
  readonly noise?: NoiseSource;
}

/**
 * The chains of images in [-1, 1] (Du & Mordatch 2019). Their noise is far below that of the energy's
 * own density: they sample at a temperature near 1e-6, which is to say that they look for valleys.
 */
export const IMAGE_CHAIN = {
  stepSize: 10,
  noiseScale: 0.005,
  gradientLimit: 0.03,
  bounds: [-1, 1],
} as const;

/**
 * The temperature T of a chain of small steps, which samples exp(-E / T): sigma² / (2 eta). It is 1
 * where sigma is sqrt(2 eta). Where gradients are clamped they are smaller than E's, and it says what
 * the chain does where they are not.
 *
 * @example The chains of images are cold
 * ```ts
 * import { IMAGE_CHAIN, langevinTemperature } from "./langevin.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(langevinTemperature(IMAGE_CHAIN), 1.25e-6, 1e-12);
 * ```
 */
export function langevinTemperature(
  { stepSize, noiseScale }: Pick<LangevinOptions, "stepSize" | "noiseScale">,
): number {
  return noiseScale ** 2 / (2 * stepSize);
}

/**
 * Chains that start from x and make all their steps:
 *
 *     x = x - eta dE/dx + sigma z
 *
 * without the correction of Metropolis and Hastings. So they sample exp(-E / T) only as eta goes to
 * 0; of a standard normal density they have the variance 1 / (1 - eta / 2), where sigma is
 * sqrt(2 eta).
 *
 * @param start where they start, `[B, ...]`
 * @returns where they end, in that shape, detached from what they went through
 * @throws {ShapeError} if the number of steps is no whole number of at least 1
 * @throws {GenlabError} if a step size, noise or limit is no number of at least 0, or the bounds are not
 * in order
 * @throws {DTypeError} if the energy gives no tensor
 *
 * @example Down into the valley of x² / 2, without noise
 * ```ts
 * import { langevin } from "./langevin.ts";
 * import { tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const energy = (x: ReturnType<typeof tensor>) => x.square().sum(1).mul(0.5);
 * const options = { steps: 3, stepSize: 0.5, noiseScale: 0 };
 * assertEquals(await (await langevin(energy, tensor([[8], [-16]]), options)).tolist(), [[1], [-2]]);
 * ```
 */
export async function langevin(
  energy: Energy,
  start: Tensor,
  options: LangevinOptions,
): Promise<Tensor> {
  return await langevinSampler(energy, start.shape, options)(start);
}

/**
 * As {@linkcode langevin}, and keeps where the chains were after each step, `[steps, B, ...]`.
 *
 * @throws as `langevin`
 */
export async function langevinPath(
  energy: Energy,
  start: Tensor,
  options: LangevinOptions,
): Promise<Tensor> {
  checkOptions(options);
  const x = new Variable(start);
  const run = compile(() => advance(energy, x, options), { repeat: options.steps });
  return await run();
}

/**
 * Chains to be made over and over, from other starts or while the energy is trained: traced once.
 *
 * @param shape of the starts, `[B, ...]`
 * @returns a function from a start to where the chains end
 * @throws as `langevin`
 */
export function langevinSampler(
  energy: Energy,
  shape: Shape,
  options: LangevinOptions,
): (start: Tensor) => Promise<Tensor> {
  checkOptions(options);
  const x = new Variable(zeros(shape));
  const run = compile(() => {
    advance(energy, x, options);
    return [];
  }, { repeat: options.steps });
  return async (start) => {
    x.value = start;
    await run();
    return x.value;
  };
}

function checkOptions(
  { steps, stepSize, noiseScale, gradientLimit, bounds }: LangevinOptions,
): void {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new ShapeError(
      `langevin: steps is ${steps}; chains make a whole number of steps, at least 1`,
    );
  }
  for (const [name, value] of Object.entries({ stepSize, noiseScale })) {
    if (value >= 0 && Number.isFinite(value)) continue;
    throw new GenlabError(`langevin: ${name} is ${value}; it is a finite number of at least 0`);
  }
  if (gradientLimit !== undefined && !(gradientLimit >= 0)) {
    throw new GenlabError(
      `langevin: gradientLimit is ${gradientLimit}; it is a number of at least 0`,
    );
  }
  if (bounds !== undefined && !(bounds[0] <= bounds[1])) {
    throw new GenlabError(
      `langevin: the bounds are [${bounds.join(", ")}]; the lower one comes first`,
    );
  }
}

/** Makes a step, to be traced, and gives where it leads. */
function advance(energy: Energy, chains: Variable, options: LangevinOptions): Tensor {
  const { stepSize, noiseScale, gradientLimit = Infinity, bounds, noise = randn } = options;
  const bounded = (x: Tensor) => bounds === undefined ? x : x.clamp(...bounds);
  const x = chains.value;
  const [slope] = grad(requireTensor("langevin", energy(x), "energy").sum(), [x]);
  const limited = gradientLimit === Infinity ? slope : slope.clamp(-gradientLimit, gradientLimit);
  const downhill = bounded(x.sub(limited.mul(stepSize)));
  // Without noise none is drawn.
  const next = noiseScale === 0
    ? downhill
    : bounded(downhill.add(noise(x.shape).to(x.dtype).mul(noiseScale)));
  chains.value = next;
  return next;
}
