/**
 * The numbers that the notebook computes in exercise B.
 *
 * @module
 */
import { expectFields, expectTensor, read } from "../../lib/course/expect.ts";
import type { Student } from "../../lib/course/student.ts";
import { Generator } from "../../lib/random/mod.ts";
import { grad } from "../../lib/tensor/autodiff.ts";
import { zeros } from "../../lib/tensor/creation.ts";
import { rand, randn } from "../../lib/tensor/random.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";

/** The times of the table, as they are printed. */
const TIMES = ["0.0", "0.1", "0.25", "0.3", "0.5", "0.75", "0.9", "1.0"];
/** The notebook's statistics start from this much more than its seed. */
const RESEED = 123;
const WHERE = "for the notebook's example";

/** The forward process in numbers. */
export interface ScoreMetrics {
  /** sigma(t) by t. */
  readonly sigma: Readonly<Record<string, number>>;
  /** Variance of xt in each of 2 dimensions, over 40,000 examples of x0 = 0 at t = 0.3. */
  readonly variance: readonly number[];
  /** sigma(0.3)^2, which it should be near. */
  readonly targetVariance: number;
  /** Largest difference between the score and the gradient of log q(xt | x0), over 2,048 examples. */
  readonly scoreError: number;
}

/** A batch as the forward process makes it, `[B, 2]`. */
export type Perturbation = Record<"xt" | "eps" | "sigmaT", Tensor>;

/** A student's forward process on data `[B, d]`. */
export async function perturb(
  student: Student,
  x0: Tensor,
  t: Tensor | number,
  generator: Generator,
): Promise<Perturbation> {
  const shapes = { xt: x0.shape, eps: x0.shape, sigmaT: [x0.shape[0], 1] };
  return expectFields(await student.call("veForward", [x0, t], generator), shapes, WHERE);
}

/**
 * The notebook's numbers, from the student's functions; draws are made in its order.
 *
 * @throws {CheckFailure} if a function returns something else than it should
 * @throws {StudentError} if one cannot be called
 */
export async function scoreMetrics(student: Student, seed: number): Promise<ScoreMetrics> {
  const sigma: Record<string, number> = {};
  for (const time of TIMES) {
    const result = await student.call("sigmaVe", [Number(time)]);
    const [[value]] = await read(expectTensor(result, "sigma", [], WHERE));
    sigma[time] = value;
  }
  const generator = new Generator(BigInt(seed) + BigInt(RESEED));
  const noise = await perturb(student, zeros([40_000, 2]), 0.3, generator);
  // In double precision, as PyTorch adds up: 40,000 values leave float32 5 digits.
  const [variance] = await read(noise.xt.to("float64").var(0, false));

  const x0 = randn([2048, 2], { generator });
  const t = rand([2048], { generator });
  const { xt: noisy, sigmaT } = await perturb(student, x0, t, generator);
  const xt = noisy.detach();
  // The normalization of log q does not depend on xt.
  const logq = xt.sub(x0).square().div(sigmaT.square()).sum().mul(-0.5);
  const [gradient] = grad(logq, [xt]);
  const score = expectTensor(
    await student.call("conditionalScoreXtGivenX0", [xt, x0, sigmaT]),
    "the score",
    [2048, 2],
    WHERE,
  );
  const [[scoreError]] = await read(score.sub(gradient).abs().amax());
  return {
    sigma,
    variance: [...variance],
    targetVariance: Math.fround(sigma["0.3"] ** 2),
    scoreError,
  };
}

/** The metrics in a few lines. */
export function describeScore(
  { sigma, variance, targetVariance, scoreError }: ScoreMetrics,
): string {
  const table = Object.entries(sigma).map(([t, value]) => `sigma(${t})=${value.toPrecision(4)}`);
  return [
    table.join(", "),
    `Variance of x_t at t=0.3: ${variance.map((v) => v.toFixed(5)).join(" and ")}, ` +
    `sigma(t)^2=${targetVariance.toFixed(5)}`,
    `Score against automatic differentiation: max abs error ${scoreError.toExponential(2)}`,
  ].join("\n");
}
