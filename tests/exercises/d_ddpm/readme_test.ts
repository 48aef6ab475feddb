import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { ddpmMetrics } from "../../../exercises/d_ddpm/metrics.ts";
import * as solution from "../../../exercises/d_ddpm/solution.ts";
import { inProject } from "../../../lib/course/paths.ts";
import { inProcess } from "../../../lib/course/student.ts";

Deno.test("the numbers that the README promises are those of the solution with seed 0", async () => {
  const text = await Deno.readTextFile(inProject("exercises", "d_ddpm", "README.md"));
  const [, ...stated] = text.replaceAll(/\s+/g, " ").match(
    /noise outweighs the signal, (\d+) or (\d+)\..* means are ([\d.]+) and ([\d.]+) and the deviations ([\d.]+) and ([\d.]+)\./,
  ) ?? [];
  assertEquals(stated.length, 6);
  const { snrBelowOne, sampleMean, sampleStd, posteriorError } = await ddpmMetrics(
    inProcess({ ...solution }),
    0,
  );
  const received = [snrBelowOne, sampleMean, sampleStd].flatMap((pair) => Object.values(pair));
  // Half of the last digit, and what another machine's rounding makes of it.
  received.forEach((value, i) => assertAlmostEquals(value, Number(stated[i]), 6e-4));
  assert(text.includes("up to $10^{-13}$") && posteriorError < 1e-13, `${posteriorError}`);
});
