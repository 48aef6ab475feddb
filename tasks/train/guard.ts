/**
 * A way back for trainings that diverge now and then.
 *
 * @module
 */
import { full } from "../../lib/tensor/creation.ts";
import { Variable } from "../../lib/tensor/variable.ts";

/** What is left of the learning rate after going back. */
const SLOWER = 0.5;

/** Keeps variables as they were when all was well. */
export class Guard {
  readonly #variables: readonly Variable[];
  readonly #kept: readonly Variable[];
  readonly #rate = new Variable(full([], 1, { dtype: "float64" }));

  /** Keeps the variables as they are. */
  constructor(variables: readonly Variable[]) {
    this.#variables = variables;
    this.#kept = variables.map(({ value }) => new Variable(value));
  }

  /** What learning rates are multiplied by: 1, and half of it each time there was a way back. */
  get rate(): number {
    return this.#rate.value.values![0];
  }

  /** Takes the variables as they are for good. */
  keep(): void {
    this.#kept.forEach((kept, i) => kept.value = this.#variables[i].value);
  }

  /** Sets the variables to what was kept, and goes on more slowly. */
  goBack(): void {
    this.#variables.forEach((variable, i) => variable.value = this.#kept[i].value);
    this.#rate.value = full([], this.rate * SLOWER, { dtype: "float64" });
  }

  /** What was kept, and the rate, with names to save them by. */
  stateVariables(): [string, Variable][] {
    const kept = this.#kept.map((variable, i): [string, Variable] => [`guard.${i}`, variable]);
    return [["guard.rate", this.#rate], ...kept];
  }
}
