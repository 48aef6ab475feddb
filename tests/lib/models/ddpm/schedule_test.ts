import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { GenlabError, noiseSchedule, ShapeError, timeTable } from "../../../../mod.ts";

Deno.test("the linear schedule at T = 1000 has the paper's betas", () => {
  const { betas, alphaBars } = noiseSchedule("linear", 1000);
  assertEquals([betas[0], betas[999]], [1e-4, 0.02]);
  assertAlmostEquals(betas[1] - betas[0], (0.02 - 1e-4) / 999, 1e-15);
  assertEquals(alphaBars[0], 1);
  // torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64), 0)[-1]
  assertAlmostEquals(alphaBars[1000], 4.035829765375694e-5, 1e-15);
});

Deno.test("with other T the linear schedule reaches as much noise, as betas grow by 1000 / T", () => {
  for (const T of [100, 200, 400]) {
    const { betas, alphaBars } = noiseSchedule("linear", T);
    assertAlmostEquals(betas[0], 0.1 / T, 1e-15);
    assertAlmostEquals(betas[T - 1], 20 / T, 1e-15);
    assertEquals(alphaBars[T] < 5e-5, true, `abar_T is ${alphaBars[T]} at T = ${T}`);
  }
  assertThrows(() => noiseSchedule("linear", 20), GenlabError, "more than 20 steps");
});

Deno.test("the cosine schedule's cumulative products are f(t/T) / f(0), but for the last", () => {
  const T = 200;
  const { betas, alphaBars } = noiseSchedule("cosine", T);
  const f = (u: number) => Math.cos((u + 0.008) / 1.008 * Math.PI / 2) ** 2;
  for (let t = 0; t < T; t++) assertAlmostEquals(alphaBars[t], f(t / T) / f(0), 1e-12);
  assertEquals(betas[T - 1], 0.999);
  assertAlmostEquals(alphaBars[T], alphaBars[T - 1] * 0.001, 1e-15);
});

Deno.test("a schedule has at least one step", () => {
  assertThrows(() => noiseSchedule("cosine", 0), ShapeError, "T is 0");
  assertThrows(() => noiseSchedule("linear", 30.5), ShapeError, "T is 30.5");
  assertEquals(noiseSchedule("cosine", 1).betas, Float64Array.of(0.999));
  const unknown = "quadratic" as "linear";
  assertThrows(() => noiseSchedule(unknown, 10), GenlabError, '"quadratic"; use linear or cosine');
});

Deno.test("time vectors hold sines, then cosines, of t / period^(k / half)", async () => {
  const table = await timeTable(1000, 8).tolist() as number[][];
  // The sheet's frequencies for dim 8: 1, 0.1, 0.01, 0.001.
  const angles = [1000, 100, 10, 1];
  [...angles.map(Math.sin), ...angles.map(Math.cos)].forEach((value, i) => {
    assertAlmostEquals(table[1000][i], value, 1e-6);
  });
  assertThrows(() => timeTable(10, 7), ShapeError, "dim is 7");
  assertThrows(() => timeTable(2.5, 8), ShapeError, "T is 2.5");
  assertThrows(() => timeTable(10, 8, 0), GenlabError, "period is 0");
});
