/**
 * Adam.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import { pow } from "../tensor/functions.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Variable } from "../tensor/variable.ts";
import { numbered, Optimizer, scalar, zerosFor } from "./optimizer.ts";

/** PyTorch's choices, with its defaults. */
export interface AdamOptions {
  /** The learning rate; 1e-3 by default. */
  readonly lr?: number;
  /** How much of the averages of the gradient and of its square is kept at each step; 0.9, 0.999. */
  readonly betas?: readonly [number, number];
  /** Added to the denominator; 1e-8 by default. */
  readonly eps?: number;
  /** Times the parameter, added to its gradient; 0 by default. */
  readonly weightDecay?: number;
}

/**
 * Adam (Kingma & Ba 2015), as `torch.optim.Adam`:
 *
 *     m = beta1 m + (1 - beta1) g
 *     v = beta2 v + (1 - beta2) g^2
 *     p = p - lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps)
 *
 * @example
 * ```ts
 * import { Adam, tensor, Variable } from "genlab";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Variable(tensor(1));
 * const adam = new Adam([x], { lr: 0.1 });
 * adam.step(x.value.square());
 * assertAlmostEquals(await x.value.item(), 0.9, 1e-6); // the first step is lr long
 * ```
 */
export class Adam extends Optimizer {
  /** Steps made, 0-d. float64, as 1 - 0.999^t would lose digits in float32. */
  readonly #steps = new Variable(scalar(0));
  /** m / (1 - beta1) */
  readonly #gradientSums: readonly Variable[];
  /** v / (1 - beta2) */
  readonly #squareSums: readonly Variable[];
  readonly #betas: readonly [number, number];
  readonly #eps: number;
  readonly #weightDecay: number;

  /**
   * An optimizer that has made no step.
   *
   * @throws {GenlabError} if a beta is outside [0, 1), or another number is negative
   */
  constructor(
    parameters: readonly Variable[],
    { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 }: AdamOptions = {},
  ) {
    super("Adam", parameters, lr);
    if (!betas.every((beta) => beta >= 0 && beta < 1)) {
      throw new GenlabError(`Adam: betas are [${betas.join(", ")}]; they lie in [0, 1)`);
    }
    if (!(eps >= 0 && weightDecay >= 0)) {
      throw new GenlabError(
        `Adam: eps is ${eps} and weightDecay ${weightDecay}; they are numbers of at least 0`,
      );
    }
    this.#gradientSums = zerosFor(parameters);
    this.#squareSums = zerosFor(parameters);
    this.#betas = betas;
    this.#eps = eps;
    this.#weightDecay = weightDecay;
  }

  /**
   * With M = m / (1 - beta1), V = v / (1 - beta2) and s = sqrt(1 - beta2) / sqrt(1 - beta2^t), the
   * formula reads
   *
   *     M = beta1 M + g
   *     V = beta2 V + g^2
   *     p = p - lr (1 - beta1) / ((1 - beta1^t) s) * M / (sqrt(V) + eps / s)
   *
   * which takes 10 passes over a parameter where the textbook's form takes 13.
   */
  protected override update(gradients: readonly Tensor[], lr: Tensor): void {
    const [beta1, beta2] = this.#betas;
    const t = this.#steps.value.add(1);
    this.#steps.value = t;
    const s = pow(beta2, t).neg().add(1).pow(-0.5).mul(Math.sqrt(1 - beta2));
    const rate = lr.mul(1 - beta1).div(pow(beta1, t).neg().add(1).mul(s));
    const eps = pow(s, -1).mul(this.#eps);
    gradients.forEach((gradient, i) => {
      const p = this.parameters[i];
      const g = this.#weightDecay === 0 ? gradient : gradient.add(p.value.mul(this.#weightDecay));
      const M = this.#gradientSums[i].value.mul(beta1).add(g);
      const V = this.#squareSums[i].value.mul(beta2).add(g.square());
      this.#gradientSums[i].value = M;
      this.#squareSums[i].value = V;
      const direction = M.div(V.sqrt().add(eps.to(p.dtype)));
      p.value = p.value.sub(direction.mul(rate.to(p.dtype)));
    });
  }

  /** The steps made, and the sums of gradients and of their squares. */
  protected override ownState(): [string, Variable][] {
    return [
      ["steps", this.#steps],
      ...numbered("gradientSums", this.#gradientSums),
      ...numbered("squareSums", this.#squareSums),
    ];
  }
}
