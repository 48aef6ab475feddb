/**
 * Moving averages of parameters.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import { minimum } from "../tensor/functions.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Variable } from "../tensor/variable.ts";
import { numbered, requireVariables, scalar } from "./optimizer.ts";

/** How averages begin. */
export interface EMAOptions {
  /**
   * Whether the n-th update keeps at most n / (n + 9) of the average, so that what it began with is
   * soon forgotten; false by default.
   */
  readonly warmUp?: boolean;
}

/**
 * Exponential moving averages of parameters, from which diffusion models are sampled: after each
 * step, average = decay average + (1 - decay) p. They begin as the parameters are when it is made.
 *
 * @example
 * ```ts
 * import { EMA, tensor, Variable } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new Variable(tensor(0));
 * const ema = new EMA([x], 0.75);
 * x.value = tensor(8);
 * ema.update();
 * ema.copyTo([x]);
 * assertEquals(await x.value.item(), 2);
 * ```
 */
export class EMA {
  readonly #parameters: readonly Variable[];
  readonly #averages: readonly Variable[];
  /** Updates made, 0-d, where the decay depends on them. */
  readonly #updates: Variable | undefined;

  /**
   * Averages that begin at the parameters' present values.
   *
   * @param parameters the variables to follow
   * @param decay how much of the average is kept at each update, in [0, 1]
   * @throws {GenlabError} if the decay is outside [0, 1]
   * @throws {DTypeError} if a parameter is no variable
   */
  constructor(
    parameters: readonly Variable[],
    readonly decay: number,
    { warmUp = false }: EMAOptions = {},
  ) {
    if (!(decay >= 0 && decay <= 1)) {
      throw new GenlabError(`EMA: the decay is ${decay}; it lies in [0, 1], such as 0.999`);
    }
    requireVariables("EMA", parameters);
    this.#parameters = [...parameters];
    this.#averages = parameters.map(({ value }) => new Variable(value));
    this.#updates = warmUp ? new Variable(scalar(0)) : undefined;
  }

  /** Takes the parameters' present values into the averages. Call it after each step. */
  update(): void {
    const decay = this.#nextDecay();
    this.#averages.forEach((average, i) => {
      const p = this.#parameters[i].value;
      const kept = typeof decay === "number" ? decay : decay.to(p.dtype);
      const taken = typeof kept === "number" ? 1 - kept : kept.neg().add(1);
      average.value = average.value.mul(kept).add(p.mul(taken));
    });
  }

  /** How much this update keeps. */
  #nextDecay(): number | Tensor {
    if (this.#updates === undefined) return this.decay;
    const n = this.#updates.value.add(1);
    this.#updates.value = n;
    return minimum(n.div(n.add(9)), this.decay);
  }

  /** The averages, in the order and shapes of the parameters. */
  get values(): Tensor[] {
    return this.#averages.map(({ value }) => value);
  }

  /**
   * Sets parameters to the averages: those of another model of the same form, or those followed,
   * whose own values are then lost.
   *
   * @throws {GenlabError} if there are more or fewer parameters than averages
   * @throws {ShapeError} if a shape differs
   */
  copyTo(parameters: readonly Variable[]): void {
    if (parameters.length !== this.#averages.length) {
      throw new GenlabError(
        `EMA.copyTo: there are ${this.#averages.length} averages for ${parameters.length} ` +
          `parameters; give those of a model of the same form`,
      );
    }
    parameters.forEach((parameter, i) => parameter.value = this.#averages[i].value);
  }

  /** The averages, and what they depend on, with names to save them by. */
  stateVariables(): [string, Variable][] {
    const averages = numbered("ema", this.#averages);
    return this.#updates === undefined ? averages : [["ema.updates", this.#updates], ...averages];
  }
}
