/**
 * How much images of one class differ from each other.
 *
 * @module
 */
import { ShapeError } from "../../errors.ts";

/** Images of a class that are compared with each other, at most. */
const COMPARED = 100;

/**
 * The mean distance between the features of two images of one class, over all such pairs among the
 * first hundred images of each class. It falls towards 0 as a model draws the same image again.
 *
 * @param features `[N, D]`, row after row
 * @param classes `[N]`
 * @returns NaN if no class has two images
 * @throws {ShapeError} if there is no class for each row
 *
 * @example
 * ```ts
 * import { diversity } from "./diversity.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // Of class 0 there are two, 5 apart; of class 1 there is one.
 * assertEquals(diversity([0, 0, 3, 4, 9, 9], [0, 0, 1]), 5);
 * ```
 */
export function diversity(features: ArrayLike<number>, classes: ArrayLike<number>): number {
  const dim = features.length / classes.length;
  if (!Number.isSafeInteger(dim)) {
    throw new ShapeError(
      `diversity: ${features.length} features do not belong to ${classes.length} classes; give ` +
        "as many for each image",
    );
  }
  let sum = 0;
  let pairs = 0;
  for (const members of Map.groupBy(Array.from(classes).keys(), (i) => classes[i]).values()) {
    const compared = members.slice(0, COMPARED);
    for (const [at, i] of compared.entries()) {
      for (const j of compared.slice(at + 1)) {
        sum += distance(features, i * dim, j * dim, dim);
        pairs++;
      }
    }
  }
  return sum / pairs;
}

function distance(values: ArrayLike<number>, i: number, j: number, dim: number): number {
  let squares = 0;
  for (let k = 0; k < dim; k++) squares += (values[i + k] - values[j + k]) ** 2;
  return Math.sqrt(squares);
}
