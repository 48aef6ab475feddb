import { assertAlmostEquals, assertEquals } from "@std/assert";
import { LossByT } from "../../../tasks/train/loss_by_t.ts";
import { rateAt } from "../../../tasks/train/rate.ts";

Deno.test("losses are averaged by tenths of the time steps", () => {
  const losses = new LossByT(20);
  losses.add([1, 2, 3, 20], [1, 3, 5, 7]);
  const ranges = losses.ranges();
  assertEquals(ranges, [
    { from: 1, to: 2, loss: 2 },
    { from: 3, to: 4, loss: 5 },
    { from: 19, to: 20, loss: 7 },
  ]);
});

Deno.test("every time step has one range, also where they do not divide", () => {
  for (const T of [3, 10, 25, 200]) {
    const all = Array.from({ length: T }, (_, i) => i + 1);
    const losses = new LossByT(T);
    losses.add(all, all);
    const covered = losses.ranges().flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i)
    );
    assertEquals(covered, all);
  }
});

Deno.test("losses before the last turn but one are forgotten", () => {
  const losses = new LossByT(10);
  losses.add([1], [100]);
  losses.turn();
  losses.add([1], [2]);
  assertEquals(losses.ranges()[0].loss, 51);
  losses.turn();
  losses.add([1], [4]);
  assertEquals(losses.ranges()[0].loss, 3);
});

Deno.test("the learning rate rises in a line, and falls along half a cosine to 2 %", () => {
  assertAlmostEquals(rateAt(0, 10000, 1), 1 / 200, 1e-12);
  assertAlmostEquals(rateAt(199, 1e9, 1), 1, 1e-6);
  assertAlmostEquals(rateAt(5000, 10000, 1), 0.51, 1e-12);
  assertAlmostEquals(rateAt(10000, 10000, 1), 0.02, 1e-12);
});
