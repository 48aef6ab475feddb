/**
 * Stochastic gradient descent.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";
import { numbered, Optimizer, zerosFor } from "./optimizer.ts";

/** PyTorch's choices, with its defaults. */
export interface SGDOptions {
  /** The learning rate. */
  readonly lr: number;
  /** How much of the last direction is kept; 0 by default. */
  readonly momentum?: number;
  /** Times the parameter, added to its gradient; 0 by default. */
  readonly weightDecay?: number;
}

/**
 * Gradient descent, as `torch.optim.SGD`:
 *
 *     b = momentum b + g
 *     p = p - lr b
 *
 * @example
 * ```ts
 * import { SGD, tensor, Variable } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new Variable(tensor(1));
 * new SGD([x], { lr: 0.25 }).step(x.value.square());
 * assertEquals(await x.value.item(), 0.5);
 * ```
 */
export class SGD extends Optimizer {
  /** One for each parameter; none without momentum. */
  readonly #directions: readonly Variable[];
  readonly #momentum: number;
  readonly #weightDecay: number;

  /**
   * An optimizer that has made no step.
   *
   * @throws {GenlabError} if a number is negative
   */
  constructor(
    parameters: readonly Variable[],
    { lr, momentum = 0, weightDecay = 0 }: SGDOptions,
  ) {
    super("SGD", parameters, lr);
    if (!(momentum >= 0 && weightDecay >= 0)) {
      throw new GenlabError(
        `SGD: momentum is ${momentum} and weightDecay ${weightDecay}; they are numbers of at ` +
          `least 0`,
      );
    }
    this.#directions = momentum === 0 ? [] : zerosFor(parameters);
    this.#momentum = momentum;
    this.#weightDecay = weightDecay;
  }

  /** With momentum b = momentum b + g, else b = g; then p = p - lr b. */
  protected override update(gradients: readonly Tensor[], lr: Tensor): void {
    gradients.forEach((gradient, i) => {
      const p = this.parameters[i];
      const b = this.#directions[i];
      let g = this.#weightDecay === 0 ? gradient : gradient.add(p.value.mul(this.#weightDecay));
      if (b !== undefined) {
        g = b.value.mul(this.#momentum).add(g);
        b.value = g;
      }
      p.value = p.value.sub(g.mul(lr.to(p.dtype)));
    });
  }

  /** The directions b. */
  protected override ownState(): [string, Variable][] {
    return numbered("directions", this.#directions);
  }
}
