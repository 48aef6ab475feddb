/**
 * What optimizers have in common: the parameters, the learning rate, and the way to a step.
 *
 * @module
 */
import { DTypeError, GenlabError, ShapeError } from "../errors.ts";
import { grad } from "../tensor/autodiff.ts";
import { isFloat } from "../tensor/dtype.ts";
import { full, zeros } from "../tensor/creation.ts";
import { describe } from "../tensor/guard.ts";
import { format, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { currentTrace } from "../tensor/trace.ts";
import { Variable } from "../tensor/variable.ts";

/** Changes parameters so that a loss becomes smaller. */
export abstract class Optimizer {
  /** The variables it changes. */
  readonly parameters: readonly Variable[];
  /** 0-d float64; a variable, so that compiled steps follow when it changes. */
  readonly #lr: Variable;

  /**
   * An optimizer of the parameters.
   *
   * @param name what messages and saved states call it
   * @throws {GenlabError} if there are no parameters, one comes twice, or the rate is negative
   * @throws {DTypeError} if a parameter is no variable, or not of a floating dtype
   */
  constructor(protected readonly name: string, parameters: readonly Variable[], lr: number) {
    requireVariables(name, parameters);
    if (parameters.length === 0) {
      throw new GenlabError(`${name}: there are no parameters; pass model.parameters()`);
    }
    if (new Set(parameters).size !== parameters.length) {
      throw new GenlabError(`${name}: a parameter comes twice in the list; pass each once`);
    }
    const integral = parameters.findIndex(({ dtype }) => !isFloat(dtype));
    if (integral >= 0) {
      throw new DTypeError(
        `${name}: parameter ${integral} is ${parameters[integral].dtype}; only floating dtypes ` +
          `have gradients`,
      );
    }
    this.parameters = [...parameters];
    this.#lr = new Variable(scalar(this.checkRate(lr)));
  }

  /**
   * The learning rate. It may be changed between steps and between calls of a compiled function;
   * nothing is compiled anew.
   *
   * @throws {GenlabError} inside a compiled function, or if it is set to no number of at least 0
   */
  get lr(): number {
    this.refuseTrace();
    return this.#lr.value.values![0];
  }

  set lr(lr: number) {
    this.refuseTrace();
    this.#lr.value = scalar(this.checkRate(lr));
  }

  /**
   * One step down the gradient of the loss. Inside a compiled function it becomes part of it;
   * outside, the parameters are computed with whatever is read next.
   *
   * @param loss a scalar made from the parameters' present values
   * @throws {GenlabError} if the loss depends on no parameter
   */
  step(loss: Tensor): void {
    const gradients = grad(loss, this.parameters.map(({ value }) => value));
    if (gradients.every(isZero)) {
      throw new GenlabError(
        `${this.name}.step: the loss depends on none of the ${this.parameters.length} ` +
          `parameters as they are now; compute it anew after every step, without detach()`,
      );
    }
    this.apply(gradients);
  }

  /**
   * One step along gradients that were computed, and perhaps clipped, elsewhere.
   *
   * @param gradients one for each parameter, in their order and shapes
   * @throws {ShapeError} if there are more or fewer, or a shape differs
   */
  apply(gradients: readonly Tensor[]): void {
    if (gradients.length !== this.parameters.length) {
      throw new ShapeError(
        `${this.name}.apply: there are ${gradients.length} gradients for ` +
          `${this.parameters.length} parameters; give one for each, in their order`,
      );
    }
    gradients.forEach(({ shape }, i) => {
      if (!sameShape(shape, this.parameters[i].shape)) {
        throw new ShapeError(
          `${this.name}.apply: gradient ${i} has shape ${format(shape)} and its parameter ` +
            `${format(this.parameters[i].shape)}; give one for each, in their order`,
        );
      }
    });
    this.update(gradients, this.#lr.value);
  }

  /**
   * Everything a step depends on besides the parameters, with names to save it by: with the
   * parameters saved as well, training goes on as if it had not stopped.
   */
  stateVariables(): [string, Variable][] {
    const state: [string, Variable][] = [["lr", this.#lr], ...this.ownState()];
    return state.map(([name, variable]) => [`${this.name.toLowerCase()}.${name}`, variable]);
  }

  /** Sets the parameters, given gradients in their shapes and the learning rate, 0-d float64. */
  protected abstract update(gradients: readonly Tensor[], lr: Tensor): void;

  /** What the optimizer remembers from step to step. */
  protected abstract ownState(): [string, Variable][];

  /** The rate, if it can be one. */
  private checkRate(lr: number): number {
    if (Number.isFinite(lr) && lr >= 0) return lr;
    throw new GenlabError(
      `${this.name}: the learning rate is ${lr}; it takes a number of at least 0, such as 1e-3`,
    );
  }

  /** Throws while a function is being traced. */
  private refuseTrace(): void {
    if (currentTrace() === undefined) return;
    throw new GenlabError(
      `${this.name}: lr cannot be read or set inside a compiled function, which runs it once, to ` +
        `record; set it between calls`,
    );
  }
}

/** Throws unless the parameters are an array of variables. */
export function requireVariables(operation: string, parameters: readonly Variable[]): void {
  const wrong = [parameters].flat().filter((parameter) => !(parameter instanceof Variable));
  if (Array.isArray(parameters) && wrong.length === 0) return;
  throw new DTypeError(
    `${operation}: takes an array of variables, not ${describe(wrong[0])}; pass ` +
      "model.parameters(), and make tensors variables with new Variable(...)",
  );
}

/** A variable of zeros for each parameter, in its shape and dtype. */
export function zerosFor(parameters: readonly Variable[]): Variable[] {
  return parameters.map(({ shape, dtype }) => new Variable(zeros(shape, { dtype })));
}

/** Variables of one kind under numbered names. */
export function numbered(kind: string, variables: readonly Variable[]): [string, Variable][] {
  return variables.map((variable, i) => [`${kind}.${i}`, variable]);
}

/** A number in the dtype in which rates and counts are kept. */
export function scalar(value: number): Tensor {
  return full([], value, { dtype: "float64" });
}

/** Whether a gradient is 0 because nothing flows, which is known without computing. */
function isZero({ values }: Tensor): boolean {
  return values !== undefined && values.every((value) => value === 0);
}
