/**
 * Numbers of exercise D that are known from elsewhere: from the papers, or because everything about the
 * data is known.
 *
 * @module
 */
import { CheckFailure } from "../../lib/course/check.ts";
import { digits, expectTensor, read } from "../../lib/course/expect.ts";
import type { Student } from "../../lib/course/student.ts";
import { Generator } from "../../lib/random/mod.ts";
import { tensor } from "../../lib/tensor/creation.ts";
import type { TypedArray } from "../../lib/tensor/dtype.ts";
import { randn } from "../../lib/tensor/random.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { exactNoise, sampleWith } from "./sampling.ts";

/** The two schedules of the exercise. */
export const SCHEDULES = ["linear", "cosine"] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** The limits of the linear schedule with 1000 steps; other numbers of steps take as much in all. */
const BETA_MIN = 1e-4;
const BETA_MAX = 0.02;
const PAPER_STEPS = 1000;

/** Data whose noise is known exactly: N(0.5, 0.5²). */
const GAUSSIAN = { means: [[0.5]], std: 0.5 };
const SAMPLES = 2000;
const SAMPLING_STEPS = 100;

/** What the student's functions come to. */
export interface DdpmMetrics {
  /** What is left of the signal's variance after all of 1000 steps. */
  readonly alphaBarEnd: Readonly<Record<Schedule, number>>;
  /** The first of 1000 steps after which there is more noise than signal. */
  readonly snrBelowOne: Readonly<Record<Schedule, number>>;
  /** Largest difference between DDIM's step with eta = 1 and DDPM's, at every one of 1000 steps. */
  readonly posteriorError: number;
  /** Mean of 2,000 samples of data N(0.5, 0.5²), drawn in 100 steps with their exact noise. */
  readonly sampleMean: Readonly<Record<"ddim" | "ddpm", number>>;
  /** Standard deviation of the same. */
  readonly sampleStd: Readonly<Record<"ddim" | "ddpm", number>>;
}

/** Calls a function that gives a list over time. */
async function listOf(
  student: Student,
  name: string,
  args: readonly (Tensor | number)[],
  T: number,
): Promise<{ tensor: Tensor; values: TypedArray }> {
  const result = await student.call(name, args);
  const tensor = expectTensor(result, `what ${name} gives`, [T], `for ${T} steps`);
  const [values] = await read(tensor);
  return { tensor: tensor.detach(), values };
}

/** A schedule of the student's, over T steps. */
export interface Steps {
  readonly betas: Tensor;
  readonly alphaBars: Tensor;
  /** The values of alphaBars. */
  readonly left: TypedArray;
}

/**
 * The student's schedule of some number of steps, which take as much of the signal as 1000 would.
 *
 * @throws {CheckFailure} if the functions return something else than they should, or alphaBars are no
 * shares
 * @throws {StudentError} if one cannot be called
 */
export async function stepsOf(student: Student, schedule: Schedule, T: number): Promise<Steps> {
  const scale = PAPER_STEPS / T;
  const { tensor: betas } = schedule === "linear"
    ? await listOf(student, "linearBetas", [T, BETA_MIN * scale, BETA_MAX * scale], T)
    : await listOf(student, "cosineBetas", [T], T);
  const { tensor, values } = await listOf(student, "alphaBars", [betas], T);
  const wrong = values.findIndex((left) => !(left >= 0 && left <= 1));
  if (wrong >= 0) {
    throw new CheckFailure({
      expected: `alphaBars[${wrong}] from 0 to 1`,
      received: digits(values[wrong]),
      where: `for the ${schedule} schedule of ${T} steps`,
    });
  }
  return { betas, alphaBars: tensor, left: values };
}

/** A list over time of the student's: `snr` or `posteriorVariance`. */
export async function overTime(
  student: Student,
  name: "snr" | "posteriorVariance",
  list: Tensor,
): Promise<TypedArray> {
  return (await listOf(student, name, [list], list.size)).values;
}

/**
 * The exercise's numbers, from the student's functions.
 *
 * @throws {CheckFailure} if a function returns something else than it should
 * @throws {StudentError} if one cannot be called
 */
export async function ddpmMetrics(student: Student, seed: number): Promise<DdpmMetrics> {
  const generator = new Generator(seed);
  const [alphaBarEnd, snrBelowOne] = [{ linear: 0, cosine: 0 }, { linear: 0, cosine: 0 }];
  for (const schedule of SCHEDULES) {
    const { alphaBars, left } = await stepsOf(student, schedule, PAPER_STEPS);
    alphaBarEnd[schedule] = left[PAPER_STEPS - 1];
    const ratios = await overTime(student, "snr", alphaBars);
    snrBelowOne[schedule] = ratios.findIndex((ratio) => ratio < 1) + 1;
  }
  const posteriorError = await compareSteps(student, generator);
  const [sampleMean, sampleStd] = [{ ddim: 0, ddpm: 0 }, { ddim: 0, ddpm: 0 }];
  const { left } = await stepsOf(student, "linear", SAMPLING_STEPS);
  const alphaBars = left.toReversed();
  for (const [sampler, eta] of [["ddim", 0], ["ddpm", 1]] as const) {
    const path = await sampleWith(student, alphaBars, exactNoise(GAUSSIAN, alphaBars), {
      eta,
      generator,
      start: [SAMPLES, 1],
    });
    const samples = path[path.length - 1].to("float64");
    const [[mean], [variance]] = await read(samples.mean(), samples.var());
    [sampleMean[sampler], sampleStd[sampler]] = [mean, Math.sqrt(variance)];
  }
  return { alphaBarEnd, snrBelowOne, posteriorError, sampleMean, sampleStd };
}

/**
 * The largest difference of the two ways to take a step, with an example for each step of time. In
 * float64: in float32 what is lost at first, 1e-4 of the signal's variance, has three digits.
 */
async function compareSteps(student: Student, generator: Generator): Promise<number> {
  const T = PAPER_STEPS;
  const { betas: betas32 } = await stepsOf(student, "linear", T);
  const betas = betas32.to("float64").detach();
  const { tensor: alphaBars, values: left } = await listOf(student, "alphaBars", [betas], T);
  const variances = await overTime(student, "posteriorVariance", betas);
  const column = (list: Tensor) => list.reshape(T, 1);
  const before = column(tensor(Float64Array.of(1, ...left.subarray(0, T - 1))));
  const shape = [T, 4];
  const draw = () => randn(shape, { dtype: "float64", generator });
  const [xt, epsHat, noise] = [draw(), draw(), draw()];
  const where = `for float64 xt of shape [${shape.join(", ")}]`;
  const mean = expectTensor(
    await student.call("reverseMean", [xt, epsHat, column(betas), column(alphaBars)]),
    "the mean",
    shape,
    where,
  );
  const ddim = expectTensor(
    await student.call("ddimStep", [xt, epsHat, column(alphaBars), before, 1, noise]),
    "x at the earlier time",
    shape,
    where,
  );
  const deviations = column(tensor(Float64Array.from(variances, Math.sqrt)));
  const [[largest]] = await read(mean.add(noise.mul(deviations)).sub(ddim).abs().amax());
  return largest;
}

/** The metrics in a few lines. */
export function describeDdpm(metrics: DdpmMetrics): string {
  const { alphaBarEnd, snrBelowOne, posteriorError, sampleMean, sampleStd } = metrics;
  const samples = (sampler: "ddim" | "ddpm") =>
    `mean ${sampleMean[sampler].toFixed(3)} and standard deviation ${
      sampleStd[sampler].toFixed(3)
    }`;
  return [
    "After 1000 steps the share of the signal is " +
    SCHEDULES.map((name) => `${alphaBarEnd[name].toExponential(2)} (${name})`).join(" and ") +
    "; noise outweighs it from step " +
    SCHEDULES.map((name) => `${snrBelowOne[name]} (${name})`).join(" and ") + " on",
    `DDIM with eta=1 against DDPM's step: max abs difference ${posteriorError.toExponential(2)}`,
    "Samples of N(0.5, 0.5²) with its exact noise: " +
    `${samples("ddim")} (eta=0), ${samples("ddpm")} (eta=1)`,
  ].join("\n");
}
