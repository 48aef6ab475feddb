/**
 * Variables: the only thing about tensors that changes. A layer's weights and an optimizer's moments
 * are variables; the tensors they hold are immutable.
 *
 * @module
 */
import { DTypeError, GenlabError, ShapeError } from "../errors.ts";
import type { DType } from "./dtype.ts";
import { requireTensor } from "./node.ts";
import type { Signature } from "./primitives/rule.ts";
import { format, sameShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { currentTrace } from "./trace.ts";

/**
 * Variables that were set to tensors not yet computed. The next evaluation of anything computes
 * them too, in the same run; otherwise the graph behind a weight would grow with every step.
 */
const pending = new Set<Variable>();

/**
 * A place for a tensor. Its shape and dtype never change.
 *
 * Inside a compiled function, reading `value` gives a symbol and setting it is recorded: each call
 * then starts from the variables' present values and leaves the new ones behind.
 *
 * @example Count up
 * ```ts
 * import { tensor, Variable } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const count = new Variable(tensor([1, 2]));
 * count.value = count.value.add(1);
 * assertEquals(await count.value.tolist(), [2, 3]);
 * ```
 */
export class Variable implements Signature {
  #value: Tensor;

  /**
   * A variable with its first value, which fixes shape and dtype.
   *
   * @param initial the first value
   * @throws {GenlabError} inside a compiled function
   */
  constructor(initial: Tensor) {
    requireTensor("Variable", initial, "value");
    const trace = currentTrace();
    if (trace !== undefined) {
      throw new GenlabError(
        `Variable: none can be made inside ${trace.purpose}, which runs once, on symbols; make it ` +
          `outside`,
      );
    }
    this.#value = initial.detach();
    if (initial.values === undefined) pending.add(this);
  }

  /** Sizes of the dimensions. */
  get shape(): readonly number[] {
    return this.#value.shape;
  }

  /** Type of the elements. */
  get dtype(): DType {
    return this.#value.dtype;
  }

  /** The present value. */
  get value(): Tensor {
    const trace = currentTrace();
    if (trace === undefined) return this.#value;
    const written = trace.writes.get(this);
    if (written !== undefined) return written;
    let symbol = trace.reads.get(this);
    if (symbol === undefined) {
      symbol = Tensor.symbol(this.#value);
      trace.reads.set(this, symbol);
    }
    return symbol;
  }

  set value(value: Tensor) {
    requireTensor("Variable", value, "value");
    if (!sameShape(value.shape, this.#value.shape)) {
      throw new ShapeError(
        `Variable: holds shape ${format(this.#value.shape)} and was set to ${
          format(value.shape)
        }; ` +
          `a variable's shape does not change`,
      );
    }
    if (value.dtype !== this.#value.dtype) {
      throw new DTypeError(
        `Variable: holds ${this.#value.dtype} and was set to ${value.dtype}; ` +
          `convert with to("${this.#value.dtype}")`,
      );
    }
    const trace = currentTrace();
    if (trace !== undefined) {
      trace.writes.set(this, value);
      return;
    }
    // Gradients end at a variable, whether or not its value has been computed.
    this.#value = value.detach();
    if (value.values === undefined) pending.add(this);
    else pending.delete(this);
  }

  /** What it holds, in short: `Variable(float32 [2, 3])`. */
  toString(): string {
    return `Variable(${this.dtype} ${format(this.shape)})`;
  }

  /** Shows the variable in `console.log`, by itself or in its layer. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}

/** The variables an evaluation has to bring up to date. */
export function pendingVariables(): readonly Variable[] {
  return [...pending];
}

/** Takes note that a variable is up to date, unless it was set anew in the meantime. */
export function settle(variable: Variable): void {
  if (variable.value.values !== undefined) pending.delete(variable);
}

/** Leaves a variable as it is until it is read itself, since computing it failed. */
export function abandon(variable: Variable): void {
  pending.delete(variable);
}
