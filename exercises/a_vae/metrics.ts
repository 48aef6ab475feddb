/**
 * The numbers that the notebook prints of exercise A.
 *
 * @module
 */
import { expectFields, read } from "../../lib/course/expect.ts";
import type { Student } from "../../lib/course/student.ts";
import { Generator } from "../../lib/random/mod.ts";
import { full } from "../../lib/tensor/creation.ts";
import { bernoulli, randn } from "../../lib/tensor/random.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";

const [B, D, P] = [64, 5, 32];

/** Mean divergence, in nats, from which a latent dimension counts as used. */
const ACTIVE_FROM = 0.05;

/** Losses of the example batch in nats an example, and how much of the latent space it uses. */
export interface VaeMetrics {
  readonly recon: number;
  readonly kl: number;
  /** Mean divergence in each latent dimension. */
  readonly klPerDim: readonly number[];
  /** How many dimensions have more than 0.05. */
  readonly activeDims: number;
}

/** The example batch: pixels x and logits `[64, 32]`, mu and logvar `[64, 5]`. */
export function exampleBatch(seed: number): Record<"x" | "logits" | "mu" | "logvar", Tensor> {
  const generator = new Generator(seed);
  // In the notebook's order.
  const x = bernoulli(full([B, P], 0.3), { generator });
  const logits = randn([B, P], { generator }).mul(2);
  const mu = randn([B, D], { generator });
  const logvar = randn([B, D], { generator }).mul(0.3);
  return { x, logits, mu, logvar };
}

/**
 * The example batch's metrics, from the student's `vaeLoss`.
 *
 * @throws {CheckFailure} if it returns something else than it should
 * @throws {StudentError} if it cannot be called
 */
export async function vaeMetrics(student: Student, seed: number): Promise<VaeMetrics> {
  const { x, logits, mu, logvar } = exampleBatch(seed);
  const fields = expectFields(
    await student.call("vaeLoss", [logits, x, mu, logvar]),
    { loss: [], recon: [], kl: [], klPerDim: [D] },
    "for the example batch",
  );
  const [[recon], [kl], klPerDim] = await read(fields.recon, fields.kl, fields.klPerDim);
  const activeDims = klPerDim.filter((nats) => nats > ACTIVE_FROM).length;
  return { recon, kl, klPerDim: [...klPerDim], activeDims };
}

/** The metrics as the notebook prints them. */
export function describeVae({ recon, kl, klPerDim, activeDims }: VaeMetrics): string {
  return `Example batch metrics: recon=${recon.toFixed(3)}, kl=${kl.toFixed(3)}, ` +
    `active_dims=${activeDims}/${klPerDim.length}`;
}
