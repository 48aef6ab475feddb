/**
 * The numbers of exercise E, each beside what theory says.
 *
 * @module
 */
import { expectTensor, read } from "../../lib/course/expect.ts";
import { normals, sampleOf } from "../../lib/course/samples.ts";
import type { Student } from "../../lib/course/student.ts";
import { Generator } from "../../lib/random/mod.ts";
import { randn } from "../../lib/tensor/random.ts";
import { runChains } from "./chains.ts";
import { bowl, landscapes } from "./energies.ts";
import {
  matchingNoise,
  type Scales,
  slopesOf,
  stationaryVariance,
  temperature,
} from "./oracles.ts";

/** Step sizes of the table, as they are printed. */
const STEP_SIZES = ["0.1", "0.5", "1.0", "1.5"];
/** So many chains, looked at so many times, leave their variance an error of 0.5 to 1.5 %. */
const CHAINS = 4096;
const LOOKS = 24;
/** Before the first look: of where it began, the slowest chain's variance has kept 0.9^48, 0.6 %. */
const STEPS_BEFORE = 24;

/** Step and noise as image models have them (Du and Mordatch 2019), on the scale of the pixels. */
const RECIPE: Scales = { stepSize: 10, noiseScale: 0.005 };
/** The curvature of the energy it is tried on: a step of 10 leaves 90 % of an x. */
const FLAT = 0.01;

/** Weight of the squares in the example of the loss. */
const ALPHA = 0.1;

/** Energy-based sampling and training in numbers. */
export interface EbmMetrics {
  /** The slope of x² + 3x at 2. */
  readonly slopeAt2: number;
  /** Largest difference between gradients and slopes, of a network's energy at 128 points. */
  readonly gradientError: number;
  /** Variance of chains on N(0, 1), by their step size, with noise sqrt(2 eta). */
  readonly variance: Readonly<Record<string, number>>;
  /** The same in closed form: 1 / (1 - eta / 2). */
  readonly targetVariance: Readonly<Record<string, number>>;
  /** The temperature of eta = 10 and noise 0.005, as chains have it. */
  readonly temperature: number;
  /** The same in closed form. */
  readonly targetTemperature: number;
  /** The contrastive loss of an example, with alpha = 0.1. */
  readonly loss: number;
  /** The same with alpha = 0: mean energy of data less that of samples. */
  readonly gap: number;
}

/** How steep energies are, by the student's function. */
async function slopes(student: Student): Promise<Pick<EbmMetrics, "slopeAt2" | "gradientError">> {
  const [B, D] = [128, 8];
  const [, , , network] = landscapes(D, new Generator(1));
  const x = normals(new Generator(2), [B, D]);
  const gradient = await student.call("inputGradient", [network.energy, x.tensor]);
  const at2 = await student.call("inputGradient", [
    bowl(1, 2, -1.5).energy,
    sampleOf([2], [1, 1]).tensor,
  ]);
  const [received, [slopeAt2]] = await read(
    expectTensor(gradient, "dE/dx", [B, D], `for x [${B}, ${D}]`),
    expectTensor(at2, "dE/dx", [1, 1], "for x [1, 1]"),
  );
  const expected = slopesOf(network, x.values);
  const gradientError = expected.reduce(
    (most, slope, i) => Math.max(most, Math.abs(received[i] - slope)),
    0,
  );
  return { slopeAt2, gradientError };
}

/**
 * The variance of chains on an energy of a curvature. They start from exp(-E / T), which they would
 * sample if their steps were small.
 */
async function varianceOf(
  student: Student,
  scales: Scales,
  curvature: number,
  generator: Generator,
): Promise<number> {
  const std = Math.sqrt(temperature(scales) / curvature);
  const start = randn([CHAINS, 1], { generator }).mul(std);
  const steps = STEPS_BEFORE + LOOKS;
  const chains = { landscape: bowl(1, curvature), start, steps, ...scales };
  const path = await runChains(student, chains, generator);
  const looks = path.narrow(0, STEPS_BEFORE, LOOKS);
  const [[variance]] = await read(looks.to("float64").square().mean());
  return variance;
}

/** The contrastive loss of 256 energies of data and as many of samples. */
async function losses(
  student: Student,
  generator: Generator,
): Promise<Pick<EbmMetrics, "loss" | "gap">> {
  const B = 256;
  const real = normals(generator, [B], 0.5, -1).tensor;
  const fake = normals(generator, [B], 0.5, 0.5).tensor;
  const of = async (alpha: number) => {
    const result = await student.call("contrastiveLoss", [real, fake, alpha]);
    return expectTensor(result, "the loss", [], `for energies [${B}] and [${B}]`);
  };
  const [[loss], [gap]] = await read(await of(ALPHA), await of(0));
  return { loss, gap };
}

/**
 * The exercise's numbers, from the student's functions.
 *
 * @throws {CheckFailure} if a function returns something else than it should
 * @throws {StudentError} if one cannot be called
 */
export async function ebmMetrics(student: Student, seed: number): Promise<EbmMetrics> {
  const generator = new Generator(BigInt(seed));
  const variance: Record<string, number> = {};
  const targetVariance: Record<string, number> = {};
  for (const eta of STEP_SIZES) {
    const stepSize = Number(eta);
    const scales = { stepSize, noiseScale: matchingNoise(stepSize) };
    variance[eta] = await varianceOf(student, scales, 1, generator);
    targetVariance[eta] = stationaryVariance(scales);
  }
  // A chain of temperature T on a flat bowl has this variance for each unit of T.
  const perUnit = stationaryVariance({
    ...RECIPE,
    noiseScale: matchingNoise(RECIPE.stepSize),
  }, FLAT);
  return {
    ...await slopes(student),
    variance,
    targetVariance,
    temperature: await varianceOf(student, RECIPE, FLAT, generator) / perUnit,
    targetTemperature: temperature(RECIPE),
    ...await losses(student, generator),
  };
}

/** The metrics in a few lines. */
export function describeEbm(metrics: EbmMetrics): string {
  const { slopeAt2, gradientError, variance, targetVariance, loss, gap } = metrics;
  const table = Object.entries(variance).map(([eta, value]) =>
    `eta=${eta}: ${threeDigits(value)} (theory ${targetVariance[eta].toFixed(3)})`
  );
  const { stepSize, noiseScale } = RECIPE;
  return [
    `Slope of x^2 + 3x at 2: ${slopeAt2.toFixed(3)}; of a network's energy: max abs error ` +
    gradientError.toExponential(2),
    `Variance of chains on N(0, 1): ${table.join(", ")}`,
    `Temperature of step ${stepSize} and noise ${noiseScale}: ` +
    `${metrics.temperature.toExponential(2)} (theory ${
      metrics.targetTemperature.toExponential(2)
    })`,
    `Contrastive loss: ${loss.toFixed(3)}, of which the gap between data and samples is ` +
    gap.toFixed(3),
  ].join("\n");
}

/** Chains that go up leave for numbers that have no end of digits. */
function threeDigits(value: number): string {
  return Math.abs(value) < 1e6 ? value.toFixed(3) : value.toExponential(3);
}
