/**
 * What an exercise's functions throw until a student has written them.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";

/**
 * A function that is still to be written. Exercises report it as such, with the file and line of the
 * `throw`, and not as a mistake.
 *
 * @example
 * ```ts
 * import { NotImplemented, tensor, type Tensor } from "genlab";
 * import { assertThrows } from "@std/assert";
 *
 * function reparameterize(_mu: Tensor, _logvar: Tensor): Tensor {
 *   throw new NotImplemented("reparameterize");
 * }
 * const x = tensor(0);
 * assertThrows(() => reparameterize(x, x), NotImplemented, "not written yet: reparameterize");
 * ```
 */
export class NotImplemented extends GenlabError {
  /** The function that is to be written. */
  readonly functionName: string;

  /**
   * What the body of a function throws until it is written.
   *
   * @param functionName the function that is to be written
   */
  constructor(functionName: string) {
    super(`not written yet: ${functionName}`);
    this.functionName = functionName;
  }
}
