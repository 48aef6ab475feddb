/**
 * The base of everything that has parameters.
 *
 * @module
 */
import type { Tensor } from "../tensor/tensor.ts";
import { Variable } from "../tensor/variable.ts";

/**
 * A network or a part of one. Its parameters are found by themselves: properties that are variables,
 * modules, or arrays of them count, under PyTorch's names (`net.0.weight`). `#private` properties do
 * not. A module that maps one tensor to one is a {@linkcode Layer}; others take what they need.
 *
 * @example A network of one's own
 * ```ts
 * import { Linear, Module, relu, type Tensor } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * class Encoder extends Module {
 *   readonly hidden = new Linear(784, 400);
 *   readonly mu = new Linear(400, 20);
 *   forward(x: Tensor): Tensor {
 *     return this.mu.forward(relu(this.hidden.forward(x)));
 *   }
 * }
 * assertEquals(
 *   new Encoder().namedParameters().map(([name]) => name),
 *   ["hidden.weight", "hidden.bias", "mu.weight", "mu.bias"],
 * );
 * ```
 */
export abstract class Module {
  /**
   * The parameters with their names, each once, in PyTorch's order: a module's own in the order they
   * were defined, then those of its parts.
   */
  namedParameters(): [string, Variable][] {
    return [...this.walk("", new Set())];
  }

  /** The parameters, in the order of `namedParameters`; what an optimizer takes. */
  parameters(): Variable[] {
    return this.namedParameters().map(([, variable]) => variable);
  }

  /** What is searched for parameters, with the names it goes by. */
  protected members(): [string, unknown][] {
    return Object.entries(this);
  }

  /** Its own variables first, then those of its parts; what was seen before is passed over. */
  private *walk(prefix: string, seen: Set<unknown>): Generator<[string, Variable]> {
    seen.add(this);
    yield* search(this.members(), prefix);

    function* search(members: [string, unknown][], prefix: string): Generator<[string, Variable]> {
      for (const [name, member] of members) {
        if (!(member instanceof Variable) || seen.has(member)) continue;
        seen.add(member);
        yield [prefix + name, member];
      }
      for (const [name, member] of members) {
        if (seen.has(member)) continue;
        if (member instanceof Module) yield* member.walk(`${prefix}${name}.`, seen);
        if (Array.isArray(member)) yield* search(Object.entries(member), `${prefix}${name}.`);
      }
    }
  }
}

/** What maps one tensor to one: a module with `forward`, or a plain function such as `relu`. */
export type Layer = (Module & { forward(x: Tensor): Tensor }) | ((x: Tensor) => Tensor);
