import { assertAlmostEquals, assertEquals } from "@std/assert";
import { energyLoss, grad, tensor } from "../../../../mod.ts";

Deno.test("the loss is the gap and alpha times both mean squares", async () => {
  const real = tensor([-2, 1, 0]);
  const fake = tensor([3, 1]);
  const { loss, gap, squares } = energyLoss(real, fake, 0.1);
  assertAlmostEquals(await gap.item(), -1 / 3 - 2, 1e-6);
  assertAlmostEquals(await squares.item(), 5 / 3 + 5, 1e-6);
  assertAlmostEquals(await loss.item(), -1 / 3 - 2 + 0.1 * (5 / 3 + 5), 1e-6);
  assertEquals(loss.shape, []);
});

Deno.test("its descent presses data down and samples up, by alpha less where they are far", async () => {
  const real = tensor([0, -5]);
  const fake = tensor([0, 5, 1]);
  const [down, up] = grad(energyLoss(real, fake, 0.1).loss, [real, fake]);
  // 1/2 (1 + 2 alpha E) and 1/3 (-1 + 2 alpha E)
  (await down.data()).forEach((slope, i) => assertAlmostEquals(slope, [0.5, 0][i], 1e-6));
  (await up.data()).forEach((slope, i) =>
    assertAlmostEquals(slope, [-1 / 3, 0, -0.8 / 3][i], 1e-6)
  );
});
