/**
 * The noise of Langevin chains.
 *
 * @module
 */
import { ShapeError } from "../../../errors.ts";
import type { Generator } from "../../../random/mod.ts";
import { randint, randn } from "../../../tensor/random.ts";
import { format, sameShape, type Shape } from "../../../tensor/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";

/** Gives standard normal noise of a shape; called once for each step, or while a step is traced. */
export type NoiseSource = (shape: Shape) => Tensor;

/** Rows of a table of noise. Of images of 28 by 28 pixels they take 13 MB. */
const ROWS = 4096;

/**
 * A table of standard normal noise for {@linkcode noiseBank}, float32 `[4096, ...]`.
 *
 * @param example the shape of an example, such as `[1, 28, 28]`
 * @param generator where it is drawn from
 */
export function noiseTable(example: Shape, generator: Generator): Tensor {
  return randn([ROWS, ...example], { generator });
}

/**
 * Noise from a table of it: each example takes a row at random (a shared noise table: Salimans et al.
 * 2017, section 2.1). A step of 128 chains of 784 pixels then costs 128 random numbers in place of
 * 100,352, which would take as long as half the step itself. Two examples share their noise once in as
 * many draws as there are rows; within a row, and from one step to the next, it is independent.
 *
 * @param table standard normal noise, `[R, ...]`, a row in the shape of an example
 * @param generator where rows are chosen from
 * @throws {ShapeError} when noise of another shape is asked for
 *
 * @example
 * ```ts
 * import { noiseBank, noiseTable } from "./noise.ts";
 * import { Generator } from "genlab";
 * import { assertEquals } from "@std/assert";
 *
 * const generator = new Generator(0);
 * const noise = noiseBank(noiseTable([1, 28, 28], generator), generator);
 * assertEquals(noise([16, 1, 28, 28]).shape, [16, 1, 28, 28]);
 * ```
 */
export function noiseBank(table: Tensor, generator: Generator): NoiseSource {
  const [rows, ...example] = table.shape;
  return (shape) => {
    if (!sameShape(shape.slice(1), example)) {
      throw new ShapeError(
        `noiseBank: the table ${format(table.shape)} has no noise for ${format(shape)}; its rows ` +
          "must have the shape of an example",
      );
    }
    return table.indexSelect(0, randint(0, rows, [shape[0]], { generator }));
  };
}
