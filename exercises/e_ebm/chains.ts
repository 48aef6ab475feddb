/**
 * Langevin chains of many steps, made with a student's `langevinStep`.
 *
 * @module
 */
import { CheckFailure } from "../../lib/course/check.ts";
import { expectTensor } from "../../lib/course/expect.ts";
import { bind } from "../../lib/course/graph/bind.ts";
import type { Student } from "../../lib/course/student.ts";
import type { Generator } from "../../lib/random/mod.ts";
import { compile } from "../../lib/runtime/mod.ts";
import { randn } from "../../lib/tensor/random.ts";
import { format } from "../../lib/tensor/shape.ts";
import type { Tensor } from "../../lib/tensor/tensor.ts";
import { Variable } from "../../lib/tensor/variable.ts";
import type { Landscape } from "./energies.ts";
import type { Scales } from "./oracles.ts";

/** Chains to be made. */
export interface Chains extends Scales {
  readonly landscape: Landscape;
  /** Where they start `[B, ...]`, one for each example. */
  readonly start: Tensor;
  /** How many steps they make. */
  readonly steps: number;
  /** What is done to x after each step; nothing unless given. */
  readonly after?: (x: Tensor) => Tensor;
}

/**
 * Where chains are after each step, `[steps, B, ...]`. The function is traced once, and all steps run
 * in one call.
 *
 * @throws {CheckFailure} if it draws noise of its own, or does not give an x
 * @throws {StudentError} if it cannot be called
 */
export async function runChains(
  student: Student,
  { landscape, start, steps, stepSize, noiseScale, after = (x) => x }: Chains,
  generator: Generator,
): Promise<Tensor> {
  const argumentsAt = (x: Tensor, noise: Tensor) =>
    [landscape.energy, x, stepSize, noiseScale, noise] as const;
  const where = `for x of shape ${format(start.shape)} and ${landscape.name}`;
  const graph = await student.trace("langevinStep", argumentsAt(start, start));
  if (graph.draws.length > 0) {
    throw new CheckFailure({
      expected: "chains of the noise that is given",
      received: "noise that langevinStep draws itself",
      where,
    });
  }
  const x = new Variable(start);
  const advance = compile(() => {
    const next = bind(graph, argumentsAt(x.value, randn(start.shape, { generator })));
    x.value = after(expectTensor(next, "the next x", start.shape, where));
    return x.value;
  }, { repeat: steps });
  return await advance();
}
